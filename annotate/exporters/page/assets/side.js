// What stands beside the article: its speakers, entities, dates and numbers, and facts about it.

function drawSpeakers(article) {
  const list = clear(byId("speakers"));
  for (const speaker of article.speakers) {
    const button = h(
      "button",
      { type: "button", class: `speaker tone${speaker.tone}`, "aria-pressed": String(wanted.speaker === speaker.key) },
      h("span", { class: "swatch", "aria-hidden": "true" }),
      h("bdi", null, visible(speaker.name)),
      h("span", { class: "count" }, number(speaker.count)),
    );
    button.addEventListener("click", () => {
      want({ speaker: wanted.speaker === speaker.key ? "" : speaker.key });
    });
    button.speaker = speaker;
    list.append(h("li", null, button));
  }
  byId("speakers-box").hidden = article.speakers.length === 0;
}

/** Entities by kind, the most mentioned first; a button lights up its mentions. */
function drawEntities(article) {
  article.mentions();
  const box = clear(byId("entities"));
  const order = Object.keys(CONFIG.strings[language].kinds);
  const used = article.entities.filter((entity) => entity.mentions.length);
  for (const kind of order) {
    const members = used.filter((entity) => entity.kind === kind);
    if (members.length === 0) continue;
    members.sort((a, b) => b.mentions.length - a.mentions.length);
    const list = h("ul");
    box.append(h("h3", { class: "k-" + kind }, h("span", { class: `m is-name k-${kind}` }, t("kinds." + kind))), list);
    growing(list, members, drawEntity);
  }
  byId("entities-box").hidden = used.length === 0;
}

function drawEntity(entity) {
  const button = h(
    "button",
    { type: "button", class: "entity", "aria-pressed": "false" },
    h("bdi", null, visible(entity.name)),
    h("span", { class: "count" }, number(entity.mentions.length)),
  );
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") === "true";
    pointOut(on ? null : entity, button);
  });
  const links = Object.entries(entity.links).flatMap(([key, value]) => [" ", h("span", { class: "link" }, `${key} `, linked(key, value))]);
  return h("li", null, button, ...links);
}

/** Lights up all mentions of an entity, or of none. */
function pointOut(entity, button) {
  for (const other of document.querySelectorAll('.entity[aria-pressed="true"]')) other.setAttribute("aria-pressed", "false");
  for (const element of document.querySelectorAll(".m.pointed")) element.classList.remove("pointed");
  if (!entity) return;
  button.setAttribute("aria-pressed", "true");
  let first = null;
  for (const element of open.paper.querySelectorAll(".m")) {
    if (element.mention && element.mention.entity === entity.place) {
      element.classList.add("pointed");
      first = first || element;
    }
  }
  if (first) first.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
}

function drawDates(article) {
  const body = clear(byId("dates"));
  const known = article.mentions().filter((mention) => mention.value);
  for (const mention of known.slice(0, 300)) {
    const text = visible(article.text.slice(mention.start, mention.end).replace(/\s+/g, " "));
    const meaning = valueWords(mention.value);
    const words = mention.value[0] === "date" ? dateWords(String(mention.value[1] || ""), "short") : meaning;
    body.append(h("tr", null, h("td", { lang: article.language, dir: "auto" }, text), h("td", { title: meaning }, words || meaning)));
  }
  byId("dates-box").hidden = known.length === 0;
}

function drawAbout(article) {
  const list = clear(byId("about"));
  const rows = [
    ["file", t("file"), article.id],
    ["date", t("date"), dateWords(article.date)],
    ...Object.entries(article.metadata).map(([key, value]) => [key, visible(key), value]),
    ["model", t("model"), article.model.join(" ")],
    ["warnings", t("warnings"), article.warnings.join("; ")],
  ];
  for (const [key, name, value] of rows) {
    if (value === null || value === "") continue;
    list.append(h("dt", null, name), h("dd", { dir: "auto" }, linked(key, value)));
  }
}

/** A note at a mention: its entity, kind and value, and how it was found. */
function showTip(element) {
  const { mention } = element;
  const tip = byId("tip");
  const entity = open.article.entities[mention.entity];
  const lines = [h("strong", null, h("bdi", null, entity ? visible(entity.name) : element.textContent))];
  lines.push(h("span", null, [t("kind." + mention.group), mention.label].filter(Boolean).join(" · ")));
  if (entity) lines.push(h("span", null, entity.mentions.length === 1 ? t("oneMention") : t("mentions", { n: number(entity.mentions.length) })));
  if (mention.value) lines.push(h("span", null, valueWords(mention.value)));
  for (const [key, value] of Object.entries(entity ? entity.links : {})) lines.push(h("span", null, `${key} `, linked(key, value)));
  const found = [mention.rule, mention.confidence === null ? null : percent(mention.confidence)].filter(Boolean);
  lines.push(h("small", null, `${t("rule")} ${found.join(" · ")}`));
  clear(tip).append(...lines);
  tip.hidden = false;
  const [box] = element.getClientRects();
  if (!box) return;
  const left = Math.min(Math.max(8, box.left), innerWidth - tip.offsetWidth - 8);
  const below = box.bottom + 4 + tip.offsetHeight < innerHeight;
  tip.style.left = `${left}px`;
  tip.style.top = `${below ? box.bottom + 4 : box.top - tip.offsetHeight - 4}px`;
}

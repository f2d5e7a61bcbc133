// Puts the page together: language, filters, addresses, keys and pointers.

const layers = { entities: true, statements: true, dates: false, how: false };
const shows = (name) => layers[name];
const wide = matchMedia("(min-width: 92rem)"); // as in page.css: three columns

function setLayer(name, on) {
  layers[name] = on;
  root.classList.toggle("hide-" + name, !on);
  if (name === "how") for (const details of document.querySelectorAll(".card details")) details.open = on;
  alignSoon();
}

/** Texts of the page itself in the chosen language. */
function translate() {
  root.lang = language;
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
  for (const element of document.querySelectorAll("[data-t-label]")) element.setAttribute("aria-label", t(element.dataset.tLabel));
  for (const element of document.querySelectorAll("[data-t-hint]")) element.placeholder = t(element.dataset.tHint);
}

function report(text) {
  byId("report").textContent = text;
}

/** Changes the filters and shows what answers them. */
function want(change) {
  Object.assign(wanted, change);
  if (open) fillArticle();
  else fillFront();
  showWanted();
}

/** Puts the state of the filters into their controls. */
function showWanted() {
  for (const name of ["denied", "unsourced", "direct"]) byId("f-" + name).checked = wanted[name];
  byId("f-source").value = wanted.source;
  byId("f-speaker").value = wanted.speaker;
  if (byId("f-query").value !== wanted.query) byId("f-query").value = wanted.query;
  byId("f-clear").hidden = !isFiltered();
  for (const button of document.querySelectorAll(".speaker")) button.setAttribute("aria-pressed", String(wanted.speaker === button.speaker.key));
}

function fillOptions(speakers) {
  const select = clear(byId("f-speaker"));
  select.append(h("option", { value: "" }, t("everySpeaker")));
  for (const { key, name, count } of speakers) select.append(h("option", { value: key }, `${visible(name)} (${number(count)})`));
  if (wanted.speaker && !speakers.some((speaker) => speaker.key === wanted.speaker)) {
    select.append(h("option", { value: wanted.speaker }, wanted.speaker));
  }
  const sources = clear(byId("f-source"));
  sources.append(h("option", { value: "" }, t("everySource")));
  for (const source of CONFIG.sources) sources.append(h("option", { value: source }, t("sources." + source)));
}

function allSpeakers() {
  const counts = new Map();
  for (const article of articles) {
    for (const speaker of article.speakers) {
      const entry = counts.get(speaker.key) || { key: speaker.key, name: speaker.name, count: 0 };
      entry.count += speaker.count;
      counts.set(speaker.key, entry);
    }
  }
  return Array.from(counts.values()).sort((a, b) => b.count - a.count).slice(0, 300);
}

function openArticle(article) {
  if (open && open.article === article) return;
  release();
  root.dataset.view = "article";
  const { blocks, pieces } = drawArticle(article);
  const paper = clear(byId("paper"));
  open = { article, paper, pieces, listed: [] };
  const [first, ...others] = blocks;
  const headed = first && first.tagName === "H1" ? first : null;
  const title = article.title && (!headed || article.title !== blockText(article, 0).trim()) ? article.title : null;
  const head = h("header", { class: "head" }, h("p", { class: "kicker" }, kicker(article)));
  if (title || !headed) head.append(h("h1", { dir: "auto", lang: article.language }, visible(title || article.id)));
  if (headed && title) headed.replaceWith((blocks[0] = renamed(headed, "h2")));
  else if (headed) head.append(headed);
  head.append(h("p", { class: "byline" }, byline(article)));
  paper.append(head, h("div", { class: "body" }, ...(headed && !title ? others : blocks)));
  drawSpeakers(article);
  drawEntities(article);
  drawDates(article);
  drawAbout(article);
  fillOptions(article.speakers);
  byId("entities-box").open = wide.matches;
  fillArticle();
  showWanted();
  const many = articles.length > 1;
  byId("turn").hidden = !many;
  if (many) {
    turnLink("previous", articles[article.place - 1]);
    turnLink("next", articles[article.place + 1]);
  }
  document.title = `${headline(article)} · ${t("pageTitle")}`;
}

function renamed(element, name) {
  const other = h(name, { dir: "auto", lang: element.getAttribute("lang") });
  other.append(...element.childNodes);
  return other;
}

function turnLink(name, article) {
  const link = byId("turn-" + name);
  link.hidden = !article;
  if (article) {
    link.href = `#${article.place + 1}`;
    link.title = headline(article);
  }
}

function kicker(article) {
  const section = article.metadata.section || article.metadata.rubriek;
  return typeof section === "string" ? visible(section) : counted("Statements", article.statements.length);
}

function byline(article) {
  const { author } = article.metadata;
  const parts = [typeof author === "string" ? visible(author) : null, dateWords(article.date), counted("Speakers", article.speakers.length)];
  return parts.filter(Boolean).join(" · ");
}

/** Cards and colours of the open article as the filters say. */
function fillArticle() {
  const { article, pieces } = open;
  const statements = answering(article);
  const left = statements.length === article.statements.length ? null : new Set(statements.map((s) => s.place));
  release();
  for (const piece of pieces) paint(piece, article, left);
  for (const link of open.paper.querySelectorAll(".number")) link.classList.toggle("out", left !== null && !left.has(link.statement.place));
  drawCards(statements);
  markFound();
  report(t("count", { n: number(statements.length), all: counted("Statements", article.statements.length) }));
}

/** Follows the address: "#12" is an article, "#12.3" a statement of it. */
function follow() {
  const parts = /^#(\d+)(?:\.(\d+))?$/.exec(location.hash);
  const article = articles[parts ? parts[1] - 1 : articles.length === 1 ? 0 : -1];
  if (!article) {
    openFront();
    fillOptions(allSpeakers());
    showWanted();
    return;
  }
  const turned = !open || open.article !== article;
  openArticle(article);
  const statement = parts && parts[2] ? article.statements[parts[2] - 1] : null;
  if (!statement) {
    if (turned && articles.length > 1) scrollTo(0, 0);
    return;
  }
  if (!open.listed.includes(statement)) want({ ...EMPTY });
  light(statement, "address");
  keep(statement);
  bringText(statement);
}

/**
 * Lights up what the mouse is moved to. What scrolls or slides under a mouse at rest is not pointed
 * at: browsers tell of it as if the reader had moved, but at the place where the mouse already was.
 */
function listenMouse() {
  let [x, y, target, place] = [-1, -1, null, null];
  const enter = (element) => {
    const from = place;
    target = element;
    place = element && open ? element.closest("#paper, #cards") : null;
    if (from && from.id === "paper" && place !== from) leaveTip();
    if (place && place.id === "paper") pointInPaper(element);
    else if (place && element.closest(".card")) light(element.closest(".card").statement, "card");
    else if (from && !place) leave();
  };
  document.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse" || (event.clientX === x && event.clientY === y)) return;
    [x, y] = [event.clientX, event.clientY];
    if (event.target !== target) enter(event.target);
  });
  root.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && enter(null));
}

let tipping = 0;

function pointInPaper(target) {
  const holder = target.closest("a.number");
  const owner = target.closest("span.said, span.source, span.cue");
  const statement = holder ? holder.statement : owner && owner.piece.first !== undefined ? open.article.statements[owner.piece.first] : null;
  if (statement && shows("statements")) light(statement, "text");
  else leave();
  const element = target.closest(".m");
  clearTimeout(tipping);
  if (element && element.mention && shows("entities")) {
    tipping = setTimeout(() => open && element.isConnected && showTip(element), 700);
  } else {
    tipping = setTimeout(() => (byId("tip").hidden = true), 200);
  }
}

function leaveTip() {
  clearTimeout(tipping);
  tipping = setTimeout(() => byId("tip").matches(":hover") || (byId("tip").hidden = true), 300);
}

function listenPaper() {
  const paper = byId("paper");
  byId("tip").addEventListener("pointerleave", () => (byId("tip").hidden = true));
  paper.addEventListener("focusin", (event) => {
    const holder = event.target.closest("a.number");
    if (holder) light(holder.statement, "text");
  });
  paper.addEventListener("focusout", leave);
  paper.addEventListener("click", (event) => {
    const holder = event.target.closest("a.number");
    const owner = event.target.closest("span.said, span.source, span.cue");
    if (holder) {
      event.preventDefault();
      choose(holder.statement, "text");
      if (beside.matches && holder.statement.card) holder.statement.card.firstChild.focus({ preventScroll: true });
    } else if (owner && owner.piece.first !== undefined && shows("statements")) {
      choose(open.article.statements[owner.piece.first], "text");
    } else {
      release();
    }
  });
}

/** A click: keeps the statement lit, or lets it go when it already was. */
function choose(statement, from) {
  if (kept === statement) {
    release();
    return;
  }
  keep(null);
  light(statement, from);
  keep(statement);
  if (from === "card") bringText(statement);
}

function listenCards() {
  const list = byId("cards");
  const card = (event) => event.target.closest(".card");
  list.addEventListener("focusin", (event) => card(event) && light(card(event).statement, "card"));
  list.addEventListener("focusout", leave);
  list.addEventListener("click", (event) => {
    if (event.target.closest("a, details") || !card(event)) return;
    choose(card(event).statement, "card");
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !event.target.matches(".head")) return;
    const at = open.listed.indexOf(card(event).statement) + step;
    if (at < 0 || at >= open.listed.length) return;
    event.preventDefault();
    cards.until(at);
    open.listed[at].card.firstChild.focus({ preventScroll: true });
    bringText(open.listed[at]);
    open.listed[at].card.scrollIntoView({ block: "nearest" });
  });
}

function listenFilters() {
  const form = byId("filters");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    want({
      query: byId("f-query").value,
      speaker: byId("f-speaker").value,
      source: byId("f-source").value,
      denied: byId("f-denied").checked,
      unsourced: byId("f-unsourced").checked,
      direct: byId("f-direct").checked,
    });
  });
  byId("f-clear").addEventListener("click", () => {
    want({ ...EMPTY });
    byId("f-query").focus();
  });
}

function listenDisplay() {
  for (const name of Object.keys(layers)) {
    const box = byId("layer-" + name);
    box.checked = layers[name];
    box.addEventListener("change", () => setLayer(name, box.checked));
    root.classList.toggle("hide-" + name, !layers[name]);
  }
  const theme = byId("theme");
  theme.value = root.dataset.theme || "";
  theme.addEventListener("change", () => {
    if (theme.value) root.dataset.theme = theme.value;
    else delete root.dataset.theme;
    memory.set("theme", theme.value);
  });
  const languages = byId("language");
  for (const code of Object.keys(CONFIG.strings)) languages.append(h("option", { value: code, lang: code }, CONFIG.strings[code].languageName));
  languages.value = language;
  languages.addEventListener("change", () => {
    language = languages.value;
    memory.set("language", language);
    restart();
  });
}

/** Draws everything anew, in another language. */
function restart() {
  const article = open && open.article;
  release();
  open = null;
  front = null;
  translate();
  for (const one of articles) {
    for (const statement of one.statements) delete statement.haystack;
  }
  if (article) openArticle(article);
  else follow();
}

function listenPage() {
  addEventListener("hashchange", follow);
  let frame = 0;
  const redraw = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(redrawLines);
  };
  addEventListener("scroll", redraw, { passive: true });
  byId("cards").addEventListener("transitionend", redraw);
  new ResizeObserver(alignSoon).observe(byId("paper"));
  beside.addEventListener("change", release);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      byId("tip").hidden = true;
      byId("display").open = false;
      if (open) {
        pointOut(null);
        release();
      }
    }
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#display")) byId("display").open = false;
  });
}

root.dataset.articles = articles.length > 1 ? "many" : "one";
translate();
listenDisplay();
listenFilters();
listenMouse();
listenPaper();
listenCards();
listenPage();
byId("fallback").remove();
byId("app").hidden = false;
follow();
root.classList.add("ready");
if (articles.length > 1) prepareSearch();

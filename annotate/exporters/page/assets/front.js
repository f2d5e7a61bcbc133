// The front page of many articles: a timeline, the most quoted speakers, and the articles.

const BINS = 72;
const QUOTED = 12;
let front = null;

/** The finest steps of time in which all dates fit on the screen. */
function timeSteps() {
  const dates = articles.map((article) => article.date || "").filter((date) => /^\d{4}(-\d\d){0,2}$/.test(date));
  for (const [size, step] of [[10, nextDay], [7, nextMonth], [4, nextYear], [3, nextDecade]]) {
    const keys = dates.filter((date) => date.length >= size).map((date) => date.slice(0, size)).sort();
    if (keys.length < dates.length * 0.8 || keys.length === 0) continue;
    const steps = [];
    const last = keys[keys.length - 1];
    for (let key = keys[0]; key <= last && steps.length <= BINS; key = step(key)) steps.push(key);
    if (steps.length <= BINS) return { size, steps };
  }
  return { size: 0, steps: [] };
}

function nextDay(key) {
  const date = new Date(key + "T00:00:00Z");
  if (Number.isNaN(date.getTime())) return "~";
  return new Date(date.getTime() + 86400000).toISOString().slice(0, 10);
}

function nextMonth(key) {
  const [year, month] = key.split("-").map(Number);
  return month >= 12 ? nextYear(String(year)) + "-01" : key.slice(0, 5) + String(month + 1).padStart(2, "0");
}

const nextYear = (key) => String(+key + 1).padStart(4, "0");
const nextDecade = (key) => String(+key + 1).padStart(3, "0");

const stepWords = (key) => (key.length === 3 ? key + "0–" + key + "9" : dateWords(key, "long"));

function openFront() {
  release();
  open = null;
  root.dataset.view = "front";
  if (!front) front = buildFront();
  fillFront();
  document.title = `${t("pageTitle")} · ${counted("Articles", articles.length)}`;
}

function buildFront() {
  const all = articles.reduce((sum, article) => sum + article.statements.length, 0);
  const keys = new Set(articles.flatMap((article) => article.speakers.map((speaker) => speaker.key)));
  byId("front-title").textContent = t("pageTitle");
  byId("front-sum").textContent = articles.length
    ? [counted("Articles", articles.length), counted("Statements", all), counted("Speakers", keys.size), years()].filter(Boolean).join(" · ")
    : t("emptyPage");
  return { ...timeSteps(), all, bars: [] };
}

function years() {
  const dated = articles.map((article) => (article.date || "").slice(0, 4)).filter((year) => /^\d{4}$/.test(year)).sort();
  const [first, last] = [dated[0], dated[dated.length - 1]];
  return first === last ? first : `${first}–${last}`;
}

/** Everything on the front page that depends on the filters. */
function fillFront() {
  const found = answeringArticles();
  fillTimeline(found);
  fillQuoted(found);
  fillList(found);
  const statements = found.reduce((sum, item) => sum + item.statements.length, 0);
  report(`${counted("Articles", found.length)} · ${counted("Statements", statements)}`);
}

function fillTimeline(found) {
  const { size, steps } = front;
  byId("timeline-box").hidden = steps.length < 2;
  if (steps.length < 2) return;
  const totals = new Map(steps.map((key) => [key, { all: 0, answer: 0, articles: 0 }]));
  let rest = 0;
  for (const article of articles) {
    const bin = totals.get((article.date || "").slice(0, size));
    if (bin) {
      bin.all += article.statements.length;
      bin.articles += 1;
    } else rest += 1;
  }
  for (const { article, statements } of found) {
    const bin = totals.get((article.date || "").slice(0, size));
    if (bin) bin.answer += statements.length;
  }
  // Filtered bars have a scale of their own, else a rare speaker would be a flat line.
  const own = asksStatement() || wanted.query.trim() !== "";
  const most = Math.max(1, ...Array.from(totals.values(), (bin) => (own ? bin.answer : bin.all)));
  if (front.bars.length === 0) buildBars(steps);
  steps.forEach((key, i) => {
    const { all, answer, articles: n } = totals.get(key);
    const bar = front.bars[i];
    bar.style.setProperty("--all", own ? 0 : all / most);
    bar.style.setProperty("--answer", answer / most);
    bar.disabled = n === 0;
    bar.setAttribute("aria-pressed", String(wanted.period === key));
    const label = `${stepWords(key)}: ${counted("Articles", n)}, ${t("count", { n: number(answer), all: counted("Statements", all) })}`;
    bar.setAttribute("aria-label", label);
    bar.title = label;
  });
  byId("undated").textContent = rest ? t("undated", { n: counted("Articles", rest) }) : "";
}

function buildBars(steps) {
  const box = clear(byId("timeline"));
  front.bars = steps.map((key) => {
    const bar = h("button", { type: "button", class: "step" }, h("span", { class: "unseen" }, key));
    bar.addEventListener("click", () => want({ period: wanted.period === key ? "" : key }));
    return bar;
  });
  box.append(...front.bars);
  clear(byId("timeline-ends")).append(h("span", null, stepWords(steps[0])), h("span", null, stepWords(steps[steps.length - 1])));
}

/** Speakers of the statements that answer, most quoted first; the chosen one does not hide others. */
function fillQuoted(found) {
  const counts = new Map();
  for (const { statements } of found) {
    for (const { speaker } of statements) {
      if (!speaker) continue;
      const entry = counts.get(speaker.key) || { key: speaker.key, name: speaker.name, n: 0 };
      entry.n += 1;
      counts.set(speaker.key, entry);
    }
  }
  const ranked = Array.from(counts.values()).sort((a, b) => b.n - a.n || (a.key < b.key ? -1 : 1));
  const most = ranked.length ? ranked[0].n : 1;
  const list = clear(byId("quoted"));
  for (const entry of ranked.slice(0, QUOTED)) {
    const button = h(
      "button",
      { type: "button", class: "quoted", "aria-pressed": String(wanted.speaker === entry.key) },
      h("bdi", null, visible(entry.name)),
      h("span", { class: "count" }, number(entry.n)),
    );
    button.style.setProperty("--share", entry.n / most);
    button.addEventListener("click", () => want({ speaker: wanted.speaker === entry.key ? "" : entry.key }));
    list.append(h("li", null, button));
  }
  byId("quoted-box").hidden = ranked.length === 0;
}

let rows = null;

function fillList(found) {
  if (rows) rows.stop();
  rows = growing(byId("list"), found, drawRow, 30);
  byId("no-rows").hidden = found.length > 0;
  byId("no-rows").textContent = t(articles.length ? "nothing" : "emptyPage");
}

function drawRow({ article, statements }) {
  const link = h("a", { href: `#${article.place + 1}`, lang: article.language, dir: "auto" }, headline(article) || "—");
  const speakers = article.speakers.slice(0, 3).map((speaker) => visible(speaker.name));
  const meta = [dateWords(article.date, "short"), counted("Statements", article.statements.length), speakers.join(", ")];
  const row = h("li", null, h("h3", null, link), h("p", { class: "meta" }, meta.filter(Boolean).join(" · ")));
  if (isFiltered() && statements.length && (asksStatement() || wanted.query.trim())) {
    const shown = statements.slice(0, 3).map((statement) =>
      h(
        "li",
        { class: "hit ink" + statement.tone },
        h("a", { href: address_of(statement) }, h("bdi", null, who(statement)), statement.act ? " " + t("acts." + statement.act) : ""),
        ...badges(statement).flatMap((badge) => [badge, " "]),
        h("span", { class: "what", lang: article.language, dir: "auto" }, joined(article.text, statement.content)),
      ),
    );
    row.append(h("ul", { class: "hits" }, shown));
    if (statements.length > 3) row.append(h("p", { class: "meta" }, t("moreStatements", { n: number(statements.length - 3) })));
  } else {
    const lead = article.blocks.findIndex(([kind]) => kind !== 0);
    if (lead >= 0) row.append(h("p", { class: "lead", lang: article.language, dir: "auto" }, visible(blockText(article, lead).slice(0, 240))));
  }
  return row;
}

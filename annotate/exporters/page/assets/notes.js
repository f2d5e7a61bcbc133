// The cards of the statements beside the text.

const CHUNK = 60;
const ALIGNED = 160; // with more cards than this they stand in a plain list

/**
 * A list that grows as the reader nears its end, so that 10,000 entries cost nothing at first.
 * An entry far away is shown with those around it, and a button leads to the ones before.
 */
function growing(list, items, draw, step = CHUNK) {
  for (const other of [list.previousElementSibling, list.nextElementSibling]) {
    if (other && other.classList.contains("more")) other.remove();
  }
  const button = (action) => h("button", { type: "button", class: "more", onclick: action }, t("more"));
  const before = button(() => show(Math.max(0, first - step), first));
  const after = button(() => show(last, last + step));
  const watcher = new IntersectionObserver((entries) => entries.some((e) => e.isIntersecting) && show(last, last + step), {
    rootMargin: "600px",
  });
  let first = 0;
  let last = 0;
  function show(from, to) {
    const drawn = items.slice(from, to).map(draw);
    if (from < first) list.prepend(...drawn);
    else list.append(...drawn);
    first = Math.min(first, from);
    last = Math.max(last, Math.min(to, items.length));
    if (first > 0) list.before(before);
    else before.remove();
    if (last < items.length) {
      list.after(after);
      watcher.observe(after);
    } else {
      watcher.unobserve(after);
      after.remove();
    }
    if (drawn.length && list.id === "cards") alignSoon();
  }
  function until(place) {
    if (place < 0 || (place >= first && place < last)) return;
    if (place >= last && place < last + 2 * step) {
      show(last, place + 1);
      return;
    }
    clear(list);
    first = last = Math.max(0, place - 10);
    show(first, place + step);
  }
  clear(list);
  show(0, step);
  return { until, stop: () => watcher.disconnect() };
}

function drawCard(statement) {
  const { article } = statement;
  const main = h(
    "button",
    { type: "button", class: "head", "aria-pressed": "false" },
    h("span", { class: "count" }, h("span", { class: "unseen" }, t("statement") + " "), String(statement.number)),
    h("bdi", { class: "who" }, who(statement)),
    statement.act ? h("span", { class: "act" }, t("acts." + statement.act)) : null,
    ...badges(statement),
  );
  const what = h("p", { class: "what", lang: article.language, dir: "auto" }, joined(article.text, statement.content));
  const card = h("li", { class: `card ink${statement.tone}` }, main, what, drawDetails(statement));
  card.statement = statement;
  statement.card = card;
  return card;
}

function badges(statement) {
  const found = [];
  if (statement.denied && statement.act !== "deny") found.push(["negated", t("negated")]);
  if (statement.kind === "direct" || statement.kind === "mixed") found.push([statement.kind, t("types." + statement.kind)]);
  if (["probable", "possible"].includes(statement.certainty)) {
    found.push(["certainty", t("certainties." + statement.certainty)]);
  }
  return found.map(([name, text]) => h("span", { class: "badge " + name }, text));
}

/** What is known of a statement, filled in when it is first opened. */
function drawDetails(statement) {
  const body = h("dl");
  const details = h("details", { ontoggle: () => fill() }, h("summary", { title: t("details") }, h("span", { class: "unseen" }, t("details")), h("span", { "aria-hidden": "true" }, "⋯")), body);
  const fill = () => {
    if (body.childElementCount === 0) body.append(...facts(statement));
    alignSoon();
  };
  if (shows("how")) details.open = true;
  return details;
}

function facts(statement) {
  const { article } = statement;
  const links = (places) => places.flatMap((i) => [h("a", { href: address_of(article.statements[i]) }, String(i + 1)), " "]);
  const rows = [
    ["sourceText", joined(article.text, statement.source)],
    ["kindOfSource", statement.kind === "hedged" ? null : t("sources." + statement.sourceKind)],
    ["cueText", cueWords(statement)],
    ["type", t("types." + statement.kind)],
    ["polarity", t(statement.denied ? "negative" : "positive")],
    ["certainty", statement.certainty && t("certainties." + statement.certainty)],
    ["aboutLabel", statement.about.map((i) => visible(article.entities[i].name)).join(" · ")],
    ["inside", statement.parent >= 0 ? links([statement.parent]) : null],
    ["holds", statement.holds.length ? links(statement.holds.slice(0, 20)) : null],
    ["confidence", statement.confidence === null ? null : percent(statement.confidence)],
    ["rule", statement.rule],
  ];
  return rows
    .filter(([, value]) => value !== null && value !== undefined && value !== "")
    .flatMap(([key, value]) => [h("dt", null, t(key)), h("dd", null, value)]);
}

function cueWords(statement) {
  const cue = joined(statement.article.text, statement.cue);
  return statement.lemma && statement.lemma !== cue ? `${cue} (${visible(statement.lemma)})` : cue;
}

let cards = null;

function drawCards(statements) {
  if (cards) cards.stop();
  const list = byId("cards");
  const { article } = open;
  open.listed = statements;
  cards = growing(list, statements, drawCard);
  byId("card-count").textContent =
    statements.length === article.statements.length
      ? number(statements.length)
      : t("count", { n: number(statements.length), all: number(article.statements.length) });
  const none = byId("no-cards");
  none.hidden = statements.length > 0;
  none.textContent = article.statements.length ? t("nothing") : t(article.blocks.length ? "noStatements" : "emptyArticle");
  alignSoon();
}

const beside = matchMedia("(min-width: 60rem)");

/** Moves every card down to the height of its statement, as far as the card before it allows. */
function align() {
  if (!open) return;
  const list = byId("cards");
  const all = Array.from(list.children);
  const aligned = beside.matches && open.listed.length <= ALIGNED;
  list.classList.toggle("aligned", aligned);
  list.style.transform = "";
  if (!aligned) {
    for (const card of all) card.style.marginTop = "";
    return;
  }
  const base = list.getBoundingClientRect().top;
  const sizes = all.map((card) => card.offsetHeight);
  const anchors = all.map((card) => anchorOf(card.statement) - base);
  const gap = 10;
  let bottom = -gap;
  all.forEach((card, i) => {
    const top = Math.max(anchors[i] - 6, bottom + gap);
    card.style.marginTop = `${top - Math.max(bottom, 0)}px`;
    card.shift = Math.max(anchors[i] - 6, 0) - top; // never under the heading
    bottom = top + sizes[i];
  });
}

function anchorOf(statement) {
  const [piece] = piecesIn([...statement.content, ...statement.cue, ...statement.source].slice(0, 1));
  if (!piece) return 0;
  const [first] = piece.element.getClientRects();
  return first ? first.top : 0;
}

let aligning = 0;

function alignSoon() {
  cancelAnimationFrame(aligning);
  aligning = requestAnimationFrame(() => {
    align();
    redrawLines();
  });
}

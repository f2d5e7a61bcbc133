// The statement that is lit up: its source, cue and content in the text, its card, and the lines.

let lit = null; // the statement on show
let kept = null; // the one that a click or the address keeps lit
let leaving = 0;
let returning = 0;

/** Lights a statement up; from says where the reader points: "text", "card" or "address". */
function light(statement, from) {
  clearTimeout(leaving);
  if (lit === statement) return;
  darken();
  if (!statement || !open || statement.article !== open.article) return;
  clearTimeout(returning);
  lit = statement;
  open.paper.classList.add("lit");
  for (const [name, spans] of [["content", statement.content], ["source", statement.source], ["cue", statement.cue]]) {
    for (const piece of piecesIn(spans)) piece.element.classList.add("on", "on-" + name, "tone" + statement.tone);
  }
  if (from !== "card") cards.until(open.listed.indexOf(statement));
  const { card } = statement;
  if (card && card.isConnected) {
    card.classList.add("on");
    if (from !== "card") bringBeside(card);
  }
  showDock(statement);
  redrawLines();
}

function darken() {
  clearTimeout(leaving);
  if (!lit) return;
  for (const name of ["on-content", "on-source", "on-cue"]) {
    for (const element of Array.from(document.getElementsByClassName(name))) {
      element.classList.remove("on", name, "tone" + lit.tone);
    }
  }
  if (lit.card) lit.card.classList.remove("on");
  open.paper.classList.remove("lit");
  returning = setTimeout(() => (byId("cards").style.transform = ""), 800); // not under a mouse on its way
  byId("dock").hidden = true;
  lit = null;
  redrawLines();
}

/** Keeps a statement lit until Escape, a click elsewhere or another one. */
function keep(statement) {
  if (kept && kept.card) kept.card.firstChild.setAttribute("aria-pressed", "false");
  kept = statement;
  if (statement && statement.card) statement.card.firstChild.setAttribute("aria-pressed", "true");
}

function release() {
  keep(null);
  darken();
}

/** The reader points elsewhere: after a moment the kept statement comes back, or none. */
function leave() {
  clearTimeout(leaving);
  leaving = setTimeout(() => (kept ? light(kept, "card") : darken()), 120);
}

/** Moves the column so that a card stands beside its text. */
function bringBeside(card) {
  if (beside.matches && open.listed.length <= ALIGNED) {
    byId("cards").style.transform = `translateY(${card.shift || 0}px)`;
  } else if (beside.matches) {
    card.scrollIntoView({ block: "nearest" });
  }
}

/** Brings the content of a statement on the screen. */
function bringText(statement) {
  const [piece] = piecesIn([...statement.content, ...statement.cue, ...statement.source]);
  if (piece) piece.element.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** On a narrow screen the lit statement stands at the foot of the screen. */
function showDock(statement) {
  const dock = byId("dock");
  if (beside.matches) return;
  const card = drawCard({ ...statement });
  card.classList.add("on");
  const content = h("div", { class: card.className }, ...card.children);
  clear(dock).append(content, h("button", { type: "button", class: "close", onclick: release, "aria-label": t("close") }, "×"));
  dock.hidden = false;
  const foot = Math.max(...boxes(statement.content).map((box) => box.bottom), 0);
  const hidden = foot - dock.getBoundingClientRect().top + 12;
  if (hidden > 0) scrollBy({ top: hidden, behavior: calm() ? "auto" : "smooth" });
}

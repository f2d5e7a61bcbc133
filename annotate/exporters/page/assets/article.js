// Draws the text of the open article from its blocks and segments.

// The article on the screen; null on the front page. `pieces` are its segments in text order.
let open = null;

function drawArticle(article) {
  const pieces = [];
  const blocks = article.blocks.map(([kind, start, segments], place) => {
    const inside = document.createDocumentFragment();
    let position = start;
    for (const raw of segments) {
      const parts = Array.isArray(raw) ? raw : [raw];
      const piece = drawPiece(article, parts, position);
      position += parts[0];
      pieces.push(piece);
      inside.append(piece.element);
      const ends = parts[5] || [];
      if (ends.length) inside.append(...ends.map((i) => numberLink(article.statements[i])));
    }
    const name = kind === 0 ? (place === 0 ? "h1" : "h2") : "p";
    const element = h(name, { lang: article.language, class: kind === 2 ? "lines" : null }, inside);
    element.dir = "auto"; // last: browsers look through the whole text again whenever it changes
    return element;
  });
  return { blocks, pieces };
}

function drawPiece(article, parts, start) {
  const [size, mentions, contents, sources, cues] = parts;
  const end = start + size;
  let inner = document.createTextNode(visible(article.text.slice(start, end)));
  const text = inner;
  // The innermost mention is drawn inside the others, and its line nearest to the letters.
  const shown = (mentions || []).map((i) => article.mentions()[i]);
  for (let depth = shown.length - 1; depth >= 0; depth -= 1) {
    const mention = shown[depth];
    const line = shown.length - 1 - depth;
    inner = h("span", { class: `m k-${mention.group} is-${mention.kind} line${line}` }, inner);
    inner.mention = mention;
    const date = mention.label === "DATE" || mention.label === "TIME";
    if (date && mention.value && end === mention.end) inner.dataset.value = valueWords(mention.value);
  }
  const element = h("span", null, inner);
  const piece = {
    element,
    text,
    start,
    end,
    mentions: mentions || [],
    contents: contents || [],
    sources: sources || [],
    cues: cues || [],
  };
  element.piece = piece;
  paint(piece, article, null);
  return piece;
}

/** Gives a piece its colours; answering is the set of places that the filters leave, or null. */
function paint(piece, article, answering) {
  const left = (places) => (answering ? places.filter((i) => answering.has(i)) : places);
  const tone = (i) => article.statements[i].tone;
  const names = [];
  const contents = left(piece.contents);
  if (contents.length) {
    names.push("said", "deep" + contents.length);
    contents.forEach((i, depth) => names.push("abc"[depth] + tone(i)));
  }
  const role = left(piece.cues).length ? "cue" : left(piece.sources).length ? "source" : null;
  if (role) {
    names.push(role, "ink" + tone(left(role === "cue" ? piece.cues : piece.sources)[0]));
  }
  piece.element.className = names.join(" ");
  piece.first = [...left(piece.cues), ...left(piece.sources), ...left(piece.contents).slice(-1)][0];
}

function numberLink(statement) {
  const label = `${t("statement")} ${statement.number}: ${who(statement)}`;
  const link = h(
    "a",
    { class: `number ink${statement.tone}`, href: address_of(statement), "aria-label": label },
    String(statement.number),
  );
  link.statement = statement;
  return link;
}

const address_of = (statement) => `#${statement.article.place + 1}.${statement.number}`;

/** The pieces of the open article inside spans, in text order. */
function piecesIn(spans) {
  const { pieces } = open;
  const found = [];
  for (const [start, end] of spans) {
    let low = 0;
    let high = pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pieces[middle].start < start) low = middle + 1;
      else high = middle;
    }
    while (low < pieces.length && pieces[low].start < end) {
      found.push(pieces[low]);
      low += 1;
    }
  }
  return found;
}

/** Marks the words of the search in the text, where the browser can do so without new elements. */
function markFound() {
  if (typeof CSS === "undefined" || !CSS.highlights) return;
  CSS.highlights.delete("found");
  const parts = words();
  if (!open || parts.length === 0) return;
  const ranges = [];
  const folded = fold(open.article.text);
  for (const part of parts) {
    let from = folded.indexOf(part);
    while (from >= 0 && ranges.length < 2000) {
      const range = rangeOf(from, from + part.length);
      if (range) ranges.push(range);
      from = folded.indexOf(part, from + part.length);
    }
  }
  CSS.highlights.set("found", new Highlight(...ranges));
}

function rangeOf(start, end) {
  const { pieces } = open;
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pieces[middle].end <= start) low = middle + 1;
    else high = middle;
  }
  let last = low;
  while (last + 1 < pieces.length && pieces[last + 1].start < end) last += 1;
  if (low >= pieces.length || pieces[low].start >= end) return null;
  const range = new Range();
  range.setStart(pieces[low].text, Math.max(0, start - pieces[low].start));
  range.setEnd(pieces[last].text, Math.min(end, pieces[last].end) - pieces[last].start);
  return range;
}

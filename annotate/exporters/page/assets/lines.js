// The lines that tie a lit statement together, drawn over the page.

const SVG = "http://www.w3.org/2000/svg";

function redrawLines() {
  const svg = clear(byId("lines"));
  if (!lit || !open) return;
  svg.setAttribute("class", "tone" + lit.tone);
  const content = boxes(lit.content);
  const source = boxes(lit.source);
  const cue = boxes(lit.cue);
  const chain = [source, cue, content].filter((part) => part.length);
  for (let i = 0; i + 1 < chain.length; i += 1) tie(svg, chain[i], chain[i + 1]);
  const card = lit.card && lit.card.isConnected && beside.matches ? lit.card.getBoundingClientRect() : null;
  if (card && card.width) bracket(svg, content.length ? content : chain[0] || [], card);
}

/** Boxes of the lines on which spans stand, left to right and top to bottom. */
function boxes(spans) {
  const found = [];
  for (const piece of piecesIn(spans)) {
    for (const box of piece.element.getClientRects()) {
      const last = found[found.length - 1];
      if (box.width < 1) continue;
      if (last && Math.abs(last.bottom - box.bottom) < box.height / 2 && box.left - last.right < 8 && box.left >= last.left) {
        last.right = box.right;
      } else {
        found.push({ left: box.left, right: box.right, top: box.top, bottom: box.bottom });
      }
    }
  }
  return found;
}

function draw(svg, name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  svg.append(element);
  return element;
}

/** An arc from one part to the nearest edge of the next: below the line, or down the page. */
function tie(svg, from, to) {
  const a = nearest(from, to);
  const b = nearest(to, [a]);
  const x1 = (a.left + a.right) / 2;
  const sameLine = Math.abs(a.bottom - b.bottom) < 6;
  const x2 = edgeToward(b, x1);
  const y1 = a.bottom;
  const y2 = sameLine || b.bottom < a.top ? b.bottom : b.top;
  const sag = sameLine ? Math.min(12, 5 + Math.abs(x2 - x1) / 30) : Math.max(10, Math.abs(y2 - y1) / 2);
  const second = sameLine || b.bottom < a.top ? y2 + sag : y2 - sag;
  draw(svg, "path", { d: `M${x1} ${y1}C${x1} ${y1 + sag} ${x2} ${second} ${x2} ${y2}`, class: "tie" });
  draw(svg, "circle", { cx: x1, cy: y1, r: 3 });
  draw(svg, "circle", { cx: x2, cy: y2, r: 3 });
}

function nearest(parts, others) {
  let best = parts[0];
  let least = Infinity;
  for (const part of parts) {
    for (const other of others) {
      const across = Math.max(0, other.left - part.right, part.left - other.right);
      const down = Math.abs(other.bottom - part.bottom) * 4;
      if (across + down < least) {
        least = across + down;
        best = part;
      }
    }
  }
  return best;
}

const edgeToward = (box, x) => Math.min(Math.max(x, box.left + 8), Math.max(box.left + 8, box.right - 8));

/** A bracket at the edge of the column along the content, and a curve from it to the card. */
function bracket(svg, parts, card) {
  if (!parts.length) return;
  const edge = open.paper.getBoundingClientRect().right + 8;
  const top = Math.min(...parts.map((part) => part.top));
  const bottom = Math.max(...parts.map((part) => part.bottom));
  const y = Math.min(Math.max(card.top + 18, top), bottom);
  const end = card.left;
  const at = card.top + 18;
  const middle = (edge + end) / 2;
  draw(svg, "path", { d: `M${edge - 5} ${top}H${edge}V${bottom}H${edge - 5}`, class: "bracket" });
  draw(svg, "path", { d: `M${edge} ${y}C${middle} ${y} ${middle} ${at} ${end} ${at}`, class: "leader" });
}

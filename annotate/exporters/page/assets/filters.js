// What the reader asks for, and which statements and articles answer it.

const EMPTY = { query: "", speaker: "", source: "", denied: false, unsourced: false, direct: false, period: "" };
const wanted = { ...EMPTY };

const isFiltered = () => Object.keys(EMPTY).some((key) => wanted[key] !== EMPTY[key]);

const words = () => fold(wanted.query).split(/\s+/).filter(Boolean);

function haystack(statement) {
  if (statement.haystack === undefined) {
    const { article } = statement;
    const said = [...statement.content, ...statement.source, ...statement.cue];
    const pieces = said.map(([start, end]) => article.text.slice(start, end).replace(/\s+/g, " "));
    statement.haystack = fold([who(statement), ...pieces].join("\n"));
  }
  return statement.haystack;
}

function articleHaystack(article) {
  if (article.haystack === undefined) {
    article.haystack = fold(`${headline(article)}\n${article.text}`);
  }
  return article.haystack;
}

/** Prepares the search while the browser has nothing else to do, so that its first letter is fast. */
function prepareSearch(place = 0) {
  if (place >= articles.length || typeof requestIdleCallback === "undefined") return;
  requestIdleCallback((idle) => {
    let next = place;
    while (next < articles.length && idle.timeRemaining() > 2) {
      articleHaystack(articles[next]);
      articles[next].statements.forEach(haystack);
      next += 1;
    }
    prepareSearch(next);
  });
}

const holdsAll = (text, parts) => parts.every((part) => text.includes(part));

const asksStatement = () =>
  wanted.speaker !== "" || wanted.source !== "" || wanted.denied || wanted.unsourced || wanted.direct;

function answers(statement, parts) {
  if (wanted.speaker && (!statement.speaker || statement.speaker.key !== wanted.speaker)) return false;
  if (wanted.source && (statement.kind === "hedged" || statement.sourceKind !== wanted.source)) return false;
  if (wanted.denied && !statement.denied) return false;
  if (wanted.unsourced && (statement.kind === "hedged" || statement.sourceKind !== "none")) return false;
  if (wanted.direct && statement.kind !== "direct") return false;
  return parts.length === 0 || holdsAll(haystack(statement), parts);
}

/** The statements of an article that answer the filters. */
function answering(article) {
  const parts = words();
  return article.statements.filter((statement) => answers(statement, parts));
}

/** Articles that answer, each with the statements that do. */
function answeringArticles() {
  const parts = words();
  const strict = asksStatement();
  const found = [];
  for (const article of articles) {
    if (wanted.period && !(article.date || "").startsWith(wanted.period)) continue;
    const statements = article.statements.filter((statement) => answers(statement, parts));
    const inText = !strict && holdsAll(articleHaystack(article), parts);
    if (statements.length || inText) found.push({ article, statements });
  }
  return found;
}

// Reads the compact records of the articles (annotate/exporters/page/record.py says what is where).

const pairs = (flat) => {
  const spans = [];
  for (let i = 0; i < (flat || []).length; i += 2) spans.push([flat[i], flat[i + 1]]);
  return spans;
};

const hundredth = (value) => (value ? (value - 1) / 100 : null);

function readArticle(raw, place) {
  const article = {
    place,
    id: raw.i || "",
    title: raw.t || null,
    date: raw.d || null,
    language: raw.l || null,
    text: raw.x,
    model: raw.v || ["", ""],
    warnings: raw.w || [],
    metadata: raw.o || {},
    blocks: raw.b || [],
    rules: raw.r || [],
  };
  article.entities = (raw.e || []).map(([label = 0, name = "", links], i) => ({
    place: i,
    label: label ? CONFIG.labels[label - 1] : null,
    kind: label ? CONFIG.kinds[label - 1] : "unnamed",
    name,
    links: links || {},
    mentions: [],
  }));
  article.speakers = (raw.p || []).map(([name, entity = 0, tone = 0], i) => ({
    place: i,
    name,
    key: name.toLowerCase(),
    entity: entity - 1,
    tone,
    count: 0,
  }));
  article.statements = (raw.s || []).map((parts, i) => readStatement(article, parts, i));
  for (const statement of article.statements) {
    if (statement.parent >= 0) article.statements[statement.parent].holds.push(statement.place);
  }
  // Mentions are many and only an open article needs them.
  article.mentions = () => {
    const mentions = (raw.m || []).map((parts, i) => readMention(article, parts, i));
    article.mentions = () => mentions;
    return mentions;
  };
  return article;
}

function readStatement(article, parts, place) {
  const [kind = 0, act = 0, denied = 0, source = 0, speaker = 0, tone = 0, rule = 0] = parts;
  const who = speaker ? article.speakers[speaker - 1] : null;
  if (who) who.count += 1;
  return {
    article,
    place,
    number: place + 1,
    kind: CONFIG.statements[kind],
    act: act ? CONFIG.acts[act - 1] : null,
    denied: denied === 1,
    sourceKind: CONFIG.sources[source],
    speaker: who,
    tone,
    rule: article.rules[rule],
    content: pairs(parts[7]),
    source: pairs(parts[8]),
    cue: pairs(parts[9]),
    confidence: hundredth(parts[10]),
    certainty: parts[11] ? CONFIG.certainties[parts[11] - 1] : null,
    parent: (parts[12] || 0) - 1,
    about: parts[13] || [],
    lemma: parts[14] || null,
    holds: [],
  };
}

function readMention(article, parts, place) {
  const [start = 0, size = 0, label = 0, kind = 0, entity = 0, rule = 0, confidence = 0] = parts;
  const mention = {
    place,
    start,
    end: start + size,
    label: label ? CONFIG.labels[label - 1] : null,
    kind: CONFIG.mentions[kind],
    entity: entity - 1,
    rule: article.rules[rule],
    confidence: hundredth(confidence),
    value: parts[7] || null,
  };
  const owner = article.entities[mention.entity];
  if (owner) owner.mentions.push(place);
  mention.group = label ? CONFIG.kinds[label - 1] : owner ? owner.kind : "unnamed";
  return mention;
}

const articles = Array.from(document.querySelectorAll("script.article"), (element, place) =>
  readArticle(JSON.parse(element.textContent), place),
);

const headline = (article) => {
  const first = article.blocks[0];
  if (article.title) return visible(article.title);
  if (first && first[0] === 0) return visible(blockText(article, 0).trim());
  return visible(article.id);
};

function blockText(article, place) {
  const [, start, segments] = article.blocks[place];
  const size = segments.reduce((sum, item) => sum + (Array.isArray(item) ? item[0] : item), 0);
  return article.text.slice(start, start + size);
}

/** Who says it, in words. */
function who(statement) {
  if (statement.speaker) return visible(statement.speaker.name);
  return statement.kind === "hedged" ? t("author") : t("noSource");
}

/** What the value of a mention says: "2024-02-20", "3.500.000 EUR". */
function valueWords(value) {
  const [type, meaning = 0, unit, mod] = value;
  const one = (item) => (typeof item === "number" ? number(item) : String(item));
  const words = Array.isArray(meaning) ? meaning.map(one).join("–") : one(meaning);
  return [mod, type === "ordinal" ? words + "." : words, unit].filter(Boolean).join(" ");
}

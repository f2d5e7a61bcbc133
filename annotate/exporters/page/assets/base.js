// Small helpers: elements, strings of the chosen language, text that can be compared and shown.

const CONFIG = JSON.parse(document.getElementById("config").textContent);
const root = document.documentElement;

const byId = (id) => document.getElementById(id);

/** An element with properties, and children that are nodes or texts; null children are left out. */
function h(name, properties, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "class") element.className = value;
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined) element.append(child);
  }
  return element;
}

function clear(element) {
  element.replaceChildren();
  return element;
}

// What the reader chose is kept where the browser allows it; a page from disk may not.
const memory = {
  get(key) {
    try {
      return localStorage.getItem("annotate." + key);
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem("annotate." + key, value);
    } catch {
      // private window or blocked storage: the choice lasts as long as the page
    }
  },
};

let language = memory.get("language");
if (!(language in CONFIG.strings)) {
  const wanted = (navigator.language || "en").slice(0, 2);
  language = wanted in CONFIG.strings ? wanted : "en";
}

/** The string of a key ("acts.say"), with {names} filled in. */
function t(key, values) {
  const found = key.split(".").reduce((table, part) => table[part], CONFIG.strings[language]);
  return found.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

const formats = new Map();

/** A formatter of Intl for the chosen language; making one is slow, so each is made once. */
function format(kind, options) {
  const key = language + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new kind(language, options));
  return formats.get(key);
}

const number = (value) => format(Intl.NumberFormat, {}).format(value);
const percent = (value) => format(Intl.NumberFormat, { style: "percent" }).format(value);

/** "1 article" or "12 articles"; what is the tail of a pair of keys, for example "Articles". */
function counted(what, n) {
  return n === 1 ? t("one" + what.slice(0, -1)) : t("n" + what, { n: number(n) });
}

/** Lower case without accents, code unit by code unit, so that offsets stay as they are. */
function fold(text) {
  return text
    .replace(/[^\x00-\x7f]/g, (unit) => (unit.normalize("NFD")[0] || unit).toLowerCase()[0])
    .toLowerCase();
}

/** Text for the eye: controls as visible signs, one code unit for one. */
function visible(text) {
  return text
    .replace(/[\x00-\x08\x0b-\x1f]/g, (unit) => String.fromCharCode(0x2400 + unit.charCodeAt(0)))
    .replace(/[\x7f-\x9f]/g, "\ufffd");
}

/** Pieces of a text in one line, with an ellipsis between them. */
function joined(text, spans) {
  const pieces = spans.map(([start, end]) => text.slice(start, end).replace(/\s+/g, " ").trim());
  return visible(pieces.join(" … "));
}

/** An ISO date in words, as precise as it is; as it stands where it is no date. */
function dateWords(iso, style = "long") {
  const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(iso || "");
  if (!parts) return iso || "";
  const [, year, month, day] = parts;
  const date = new Date(Date.UTC(+year, (month || 1) - 1, +(day || 1)));
  date.setUTCFullYear(+year);
  if (Number.isNaN(date.getTime())) return iso;
  const options = { timeZone: "UTC", year: "numeric" };
  if (month) options.month = style;
  if (day) options.day = "numeric";
  if (day && style === "long") options.weekday = "long";
  return format(Intl.DateTimeFormat, options).format(date);
}

/** The web page that a link of an entity or of the metadata means, or null. */
function address(key, value) {
  const text = String(value);
  if (/^https?:\/\/[^\s]+$/i.test(text)) return text;
  if (/^wikidata$/i.test(key) && /^Q\d+$/.test(text)) return "https://www.wikidata.org/wiki/" + text;
  return null;
}

function linked(key, value) {
  const href = address(key, value);
  const text = visible(typeof value === "object" && value !== null ? JSON.stringify(value) : String(value));
  return href ? h("a", { href, rel: "noopener noreferrer" }, text) : text;
}

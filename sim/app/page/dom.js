// Small helpers to build a page: elements, and texts that follow the language.

/**
 * An element. `say` is the key of its text, `label` the key of its accessible name: both follow the language.
 * @param {string} tag
 * @param {object} [about] properties; `on` holds listeners, `data` and `aria` attributes
 * @param {...(Node|string)} inside
 */
export function h(tag, about = {}, ...inside) {
  const { say, label, title, on = {}, data = {}, aria = {}, role, ...rest } = about;
  const made = Object.assign(document.createElement(tag), rest);
  if (say) made.dataset.say = say;
  if (label) made.dataset.label = label;
  if (title) made.title = title;
  if (role) made.setAttribute("role", role);
  for (const [name, value] of Object.entries(data)) made.dataset[name] = value;
  for (const [name, value] of Object.entries(aria)) made.setAttribute(`aria-${name}`, value);
  for (const [name, listener] of Object.entries(on)) made.addEventListener(name, listener);
  made.append(...inside);
  return made;
}

/** An option of a select. */
export const option = (value, text) => h("option", { value, textContent: text });

const formats = new Map();

/** How numbers are written: made once, as making it takes longer than writing a hundred numbers. */
function formatOf(language, least, most) {
  const key = `${language} ${least} ${most}`;
  if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(language, { minimumFractionDigits: least, maximumFractionDigits: most }));
  return formats.get(key);
}

/** The texts of a page in one language at a time. */
export class Texts {
  /** @param {Object<string, {en: string, nl: string}>} words @param {"en"|"nl"} language */
  constructor(words, language) {
    this.words = words;
    this.language = language;
  }

  /** The text under `key`, with what stands in braces filled in. */
  say = (key, fill = {}) =>
    (this.words[key]?.[this.language] ?? key).replace(/\{(\w+)\}/g, (_, name) => fill[name] ?? "");

  /** What has a name in both languages. */
  of = (named) => named?.[this.language] ?? "";

  /** A number as this language writes it. */
  number = (value, digits = 0) => formatOf(this.language, digits, digits).format(value);

  /** At most `digits` decimals. */
  short = (value, digits = 2) => formatOf(this.language, 0, digits).format(value);

  /** The date of a day, `start` being that of day 0. */
  date = (start, day) =>
    new Date(Date.parse(start) + day * 86400000).toLocaleDateString({ en: "en-GB", nl: "nl-NL" }[this.language], {
      day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
    });

  /** Write every text under `el` that has a key. */
  write(el) {
    for (const each of el.querySelectorAll("[data-say]")) each.textContent = this.say(each.dataset.say);
    for (const each of el.querySelectorAll("[data-label]")) each.setAttribute("aria-label", this.say(each.dataset.label));
  }
}

/** A table from its head and rows; the first cell of a row is its name. */
export function tableOf({ head, rows }, caption = "") {
  const row = (cells, tag) => h("tr", {}, ...cells.map((cell, i) => {
    const first = i === 0 || tag === "th";
    const made = h(first ? "th" : "td", { textContent: String(cell) });
    if (first) made.scope = tag === "th" ? "col" : "row";
    return made;
  }));
  const made = h("table", {}, h("thead", {}, row(head, "th")), h("tbody", {}, ...rows.map((each) => row(each, "td"))));
  if (caption) made.prepend(h("caption", { textContent: caption }));
  return made;
}

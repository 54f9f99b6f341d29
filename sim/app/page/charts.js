// Small charts of both worlds together, with what luck alone may do, and the day on screen as a line.

import { Picture } from "./chart.js";
import { Band, ENOUGH } from "./chart_band.js";
import { LOOKS } from "./chart_look.js";
import { dated, movesOf, numbers } from "./chart_scale.js";

const A_QUARTER = 13; // weeks
const MOVES_SAID = 8; // of levers; all of them have a tick

const skills = (weeks) => weeks.listening.map((each, i) => (each + weeks.courage[i] + weeks.creativity[i]) / 3);

/** What is shown: how it follows from the weeks of a world, digits behind the comma, the least range of its axis. */
export const KINDS = [
  { key: "wait", of: (weeks) => weeks.wait, digits: 0 },
  { key: "waiting", of: (weeks) => weeks.people_waiting, digits: 0 },
  { key: "handoffs", of: (weeks) => weeks.handoffs, digits: 1 },
  { key: "value", of: (weeks) => weeks.value, digits: 2 },
  { key: "in_care", of: (weeks) => weeks.in_care, digits: 0 },
  { key: "ownership", of: (weeks) => weeks.ownership, digits: 2, range: [0, 1] },
  { key: "skills", of: skills, digits: 2, range: [0, 1] },
  { key: "control", of: (weeks) => weeks.board_control, digits: 2, range: [0, 1] },
];

/**
 * The charts. A pointer or the arrow keys on one of them read off a week in all; a click or Enter asks for that day.
 */
export class Charts {
  /**
   * @param {HTMLElement} element where they come
   * @param {Object<string, {en: string, nl: string}>} words
   */
  constructor(element, words) {
    this.words = words;
    this.read = null;
    this.language = "en";
    this.day = 0;
    /** Called with a day that a visitor asks for. */
    this.onday = null;
    this.counters = { draws: 0, paints: 0, ms: 0, slowest: 0 };
    this.note = make("p", "charts-note");
    this.all = KINDS.map((kind) => this.#chart(kind));
    const grid = make("div", "charts");
    grid.append(...this.all.map((each) => each.figure));
    this.about = make("details", "charts-about");
    element.replaceChildren(grid, this.note, this.about);
    new ResizeObserver(() => this.#again(true)).observe(grid);
  }

  /**
   * Show two worlds.
   * @param {object} places what `open` answered: `start` and `days` are used
   * @param {object[]} worlds the table `weeks` of each
   * @param {string[]} titles what each is called, in the language of the page
   * @param {{day: number, lever: string}[][]} [changes] of each, which levers were moved and from which day on
   */
  show(places, worlds, titles, changes = [[], []]) {
    this.places = places;
    this.titles = titles;
    this.moves = movesOf(changes, places.days);
    this.worlds = worlds;
    this.runs = 0;
    for (const each of this.all) {
      each.values = worlds.map((weeks) => Array.from(each.kind.of(weeks)));
      each.bands = worlds.map(() => new Band());
    }
    this.#grow(worlds);
    this.weeks = this.all[0].values[0].length;
    this.read = null;
    this.#stale();
    this.all.forEach((each) => each.canvas.setAttribute("aria-valuemax", String(this.weeks)));
  }

  /**
   * Take in worlds with other luck; those that were there before cost nothing.
   * @param {object[][]} replications the tables `weeks` of both worlds of each
   */
  band(replications) {
    for (const worlds of replications.slice(this.runs - 1)) this.#grow(worlds);
    if (this.runs >= ENOUGH) this.all.forEach((each) => (each.picture.stale = true));
    this.#say(true);
    this.#again(false);
  }

  /** Draw a day; may be called every frame. */
  draw(day, language = this.language) {
    if (!this.worlds) return;
    const began = performance.now();
    this.day = day;
    if (language !== this.language) {
      this.language = language;
      this.#stale();
    }
    const painted = this.#paint();
    const week = this.#week();
    const at = this.read === null ? day : 7 * (week + 1);
    for (const each of this.all) if (!each.picture.stale) each.picture.mark(at, week);
    if (painted && this.all.some((each) => each.picture.stale)) this.#again(false);
    this.#say(false);
    const counters = this.counters;
    counters.draws += 1;
    counters.ms = performance.now() - began;
    counters.slowest = Math.max(counters.slowest, counters.ms);
  }

  /**
   * The numbers of a chart, a row for the end of each quarter.
   * @returns {{caption: string, head: string[], rows: string[][]}}
   */
  table(key, language) {
    const { kind, values, bands } = this.all.find((each) => each.kind.key === key);
    const said = numbers(language, kind.digits);
    const shown = (value) => (Number.isNaN(value) ? "–" : said.format(value));
    const weeks = Array.from({ length: this.weeks }, (_, week) => week);
    const kept = weeks.filter((week) => (week + 1) % A_QUARTER === 0 || week === this.weeks - 1);
    const to = this.#word("to", language);
    const spread = (band, week) => band.at(week)?.map((each) => said.format(each)).join(to) ?? "–";
    const [title, unit, about] = ["", "_unit", "_about"].map((part) => this.#word(key + part, language));
    return {
      caption: `${title}: ${unit}. ${about}`,
      head: [
        this.#word("until", language),
        ...this.titles,
        ...this.titles.map((title) => this.#word("band_of", language).replace("{title}", title)),
      ],
      rows: kept.map((week) => [
        dated(this.places.start, 7 * (week + 1) - 1, language),
        ...values.map((each) => shown(each[week])),
        ...bands.map((band) => spread(band, week)),
      ]),
    };
  }

  #word(key, language = this.language) {
    return this.words[`chart_${key}`][language];
  }

  #chart(kind) {
    const figure = make("figure", "chart");
    const [caption, title, unit, figures] = ["figcaption", "strong", "span", "p"].map((tag) => make(tag));
    const canvas = make("canvas", "chart-canvas");
    unit.className = "chart-unit";
    figures.className = "chart-figures";
    const each = { kind, figure, title, unit, figures, canvas, picture: new Picture(canvas) };
    caption.append(title, " ", unit);
    figure.append(caption, figures, canvas);
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "slider");
    canvas.setAttribute("aria-valuemin", "0");
    this.#listen(each);
    return each;
  }

  #listen({ canvas, picture }) {
    const weekOf = (event) => picture.weekAt(event.clientX - canvas.getBoundingClientRect().left);
    const read = (week) => {
      this.read = week;
      this.#again(false);
    };
    canvas.addEventListener("pointermove", (event) => this.worlds && read(weekOf(event)));
    canvas.addEventListener("pointerleave", () => read(null));
    canvas.addEventListener("pointercancel", () => read(null));
    canvas.addEventListener("blur", () => read(null));
    canvas.addEventListener("click", (event) => this.worlds && this.onday?.(7 * (weekOf(event) + 1)));
    canvas.addEventListener("keydown", (event) => this.#key(event, read));
  }

  #key(event, read) {
    if (!this.worlds || event.altKey || event.ctrlKey || event.metaKey) return;
    const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -A_QUARTER, PageUp: A_QUARTER,
      Home: -this.weeks, End: this.weeks };
    if (event.key in steps) {
      read(Math.min(Math.max(Math.max(this.#week(), 0) + steps[event.key], 0), this.weeks - 1));
    } else if (event.key === "Escape") read(null);
    else if (event.key === "Enter") this.onday?.(7 * (this.#week() + 1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** The last week that is over on the day on screen, or the one that is read off; -1 where there is none yet. */
  #week() {
    return this.read ?? Math.min(Math.floor(this.day / 7) - 1, this.weeks - 1);
  }

  #grow(worlds) {
    this.runs += 1;
    for (const { kind, bands } of this.all) bands.forEach((band, side) => band.add(kind.of(worlds[side])));
  }

  #stale() {
    this.fresh = true;
    this.said = null;
    for (const each of this.all) each.picture.stale = true;
  }

  /**
   * Paint all that is new at once, a wider band one chart a frame; return whether any could be painted. What is new waits
   * until the pictures of the neighbourhood, drawn in this frame, are on screen.
   */
  #paint() {
    const stale = this.all.filter((each) => each.picture.stale);
    if (!stale.length) return false;
    if (this.fresh === "waits") return false;
    if (this.fresh === true) {
      this.fresh = "waits";
      requestAnimationFrame(() => requestAnimationFrame(() => { this.fresh = "now"; this.draw(this.day); }));
      return false;
    }
    const { start, days } = this.places;
    const about = {
      titles: this.titles, start, days, language: this.language,
      moves: this.moves.map((each) => ({ ...each, text: this.#moved(each.levers) })),
      coming: this.runs < ENOUGH ? this.#word("coming") : "",
      none: this.#word("no_quarter"),
    };
    const painted = stale.slice(0, this.fresh ? stale.length : 1).map((each) => each.picture.paint({ ...each, ...about }));
    this.fresh = false;
    const done = painted.filter(Boolean).length;
    this.counters.paints += done;
    return done > 0;
  }

  /** Draw once more, as nobody may be playing. */
  #again(resized) {
    if (!this.worlds) return;
    if (resized) this.#stale();
    if (this.asked) return;
    this.asked = requestAnimationFrame(() => {
      this.asked = 0;
      this.draw(this.day);
    });
  }

  /** Say in figures what the lines are at the week that is marked. */
  #say(always) {
    const week = this.#week();
    const now = `${week} ${this.language} ${this.read !== null}`;
    if (now === this.said && !always) return;
    const whole = this.said === null;
    this.said = now;
    const when = week < 0 ? this.#word("none_yet") : dated(this.places.start, 7 * (week + 1) - 1, this.language);
    for (const each of this.all) this.#sayOf(each, week, when, whole);
    if (whole) this.#explain();
    const filled = this.runs >= ENOUGH ? "band" : "band_coming";
    const band = this.#word(filled).replace("{runs}", String(this.runs)).replace("{enough}", String(ENOUGH));
    const moved = this.moves.slice(0, MOVES_SAID).map((each) => this.#saidOf(each));
    this.note.textContent = [band, ...moved, ...(this.moves.length > MOVES_SAID ? ["…"] : [])].join(" ");
  }

  #moved(levers) {
    return levers === 1 ? this.#word("moved") : this.#word("moved_more").replace("{levers}", String(levers));
  }

  /** Say of which world levers were moved, and when. */
  #saidOf({ day, side, levers }) {
    const when = dated(this.places.start, day, this.language);
    return `${LOOKS[side].sign}\u00a0${this.titles[side]}: ${this.#moved(levers)}, ${when}.`;
  }

  /** Say what each chart measures. */
  #explain() {
    const list = make("dl");
    for (const { kind } of this.all) {
      list.append(make("dt", "", this.#word(kind.key)), make("dd", "", this.#word(`${kind.key}_about`)));
    }
    list.append(make("dt", "", this.#word("bands")), make("dd", "", this.#word("bands_about")));
    this.about.replaceChildren(make("summary", "", this.#word("about")), list);
  }

  #sayOf({ kind, title, unit, figures, canvas, values }, week, when, whole) {
    if (whole) {
      title.textContent = this.#word(kind.key);
      unit.textContent = this.#word(`${kind.key}_unit`);
      canvas.setAttribute("aria-label", `${title.textContent}, ${unit.textContent}`);
      figures.replaceChildren(make("span", "chart-when"), ...LOOKS.map((look) => coloured(look.colour)));
    }
    const said = numbers(this.language, kind.digits);
    const shown = values.map((each) => (week < 0 || Number.isNaN(each[week]) ? "–" : said.format(each[week])));
    const [date, ...spans] = figures.children;
    date.textContent = when;
    spans.forEach((span, side) => (span.textContent = `${LOOKS[side].sign} ${shown[side]}`));
    const told = shown.map((each, side) => `${this.titles[side]} ${each}`).join(", ");
    canvas.setAttribute("aria-valuenow", String(Math.max(week + 1, 0)));
    canvas.setAttribute("aria-valuetext", `${when}: ${told}`);
  }
}

function make(tag, name = "", text = "") {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text) made.textContent = text;
  return made;
}

function coloured(colour) {
  const made = make("span", "chart-figure");
  made.style.color = colour;
  return made;
}

// Two worlds side by side: same people, same luck, only who steers differs. Needs nothing but `ask`.
import { decode, worldOf } from "./decode.js";
import { Clock } from "./clock.js";
import { Levers, SIGNS, fill } from "./controls.js";
import { Texts, h, option, tableOf } from "./dom.js";
import { csvBlob, keep, picture } from "./download.js";
import { layout } from "./parts.js";
import { mostWaiting, needsByDay, onDay } from "./tally.js";
import { Counters, Newest } from "./newest.js";
import { Panel } from "./person.js";
import { Speaker, summary, verdict } from "./speak.js";
import { example, fromLink, moved, toLink, worldsAsked } from "./state.js";
import { aboutStaff } from "./staff.js";

export const COLOURS = ["#3d3d3d", "#0072b2"];
const BANDS = 12, QUIET = 1500, YEAR = 365;

/**
 * Build the page in `el` and open the worlds that its link names.
 * @param {object} given
 * @param {HTMLElement} given.el
 * @param {(message: object) => Promise<{content: object, buffers: ArrayBuffer[]}>} given.ask rejects when nobody answers
 * @param {Object<string, {en: string, nl: string}>} given.words
 * @param {{neighbourhood: Function, charts: Function, legend: Function, tables: string[]}} given.make the pictures, and
 *   the names of the charts that have a table
 * @param {{read: Function, write: Function, whole: Function, onchange: Function}} [given.link] where the link is kept
 * @param {(told: Function) => void} [given.onlost] is given what to call when the connection ends
 * @returns {Promise<App>}
 */
export async function render({ el, ask, words, make, link = address(), onlost }) {
  const app = new App(el, ask, words, make, link);
  onlost?.((last) => app.notice(app.texts.of(last) || app.texts.say("app lost"), true));
  await app.start();
  return app;
}

/** The link of the page itself. */
export function address() {
  return {
    read: () => readable(location.hash.slice(1)),
    write: (text) => history.replaceState(null, "", `#${text}`),
    whole: (text) => `${location.href.split("#")[0]}#${text}`,
    onchange: (listener) => addEventListener("hashchange", listener),
  };
}

function readable(text) {
  try {
    return decodeURIComponent(text);
  } catch { // no text at all: the page says so
    return text;
  }
}

class App {
  constructor(el, ask, words, make, link) {
    const language = (navigator.language || "en").startsWith("nl") ? "nl" : "en";
    Object.assign(this, { el, make, link, words, state: example(language), from: "start", names: ["", ""], counters: new Counters() });
    this.texts = new Texts(words, language);
    this.ask = (message) => ask(message);
    this.parts = layout(el, this.#acts());
    this.texts.write(el);
    this.speaker = new Speaker(this.parts.live);
    this.clock = new Clock(() => this.state.days, this.#onday, this.settled);
    this.panel = new Panel(this.parts.panel, this.texts, this.ask);
    this.pictures = this.parts.worlds.map(({ canvas }) => make.neighbourhood(canvas, words));
    this.charts = make.charts(this.parts.charts, words);
    this.charts.onday = (day) => { this.clock.pause(); this.clock.go(day); this.settled(); };
    new ResizeObserver(() => this.#fit()).observe(this.parts.worlds[0].canvas);
    this.opening = new Newest((wish) => this.#open(wish));
    this.looking = new Newest((wish) => this.#look(wish));
    this.tying = [0, 1].map((side) => new Newest((block) => this.#tie(side, block)));
    this.ties = [null, null];
    this.generation = 0;
    globalThis.regieCounters = this.counters;
  }

  /** Ask what there is, read the link, open the worlds. */
  async start() {
    this.texts.write(this.el);
    const hello = await this.#asked({ ask: "hello" });
    if (!hello) return;
    this.hello = hello.content;
    this.levers ??= new Levers(this.parts.levers, this.hello.levers, this.texts, this.#onlever);
    this.link.onchange?.(() => this.#follow());
    await this.#follow();
  }

  // --- the link

  async #follow() {
    const link = this.link.read();
    if (this.hello && link && link === this.written) return;
    const { state, trouble, version } = fromLink(link, this.hello, this.state.language);
    this.state = state;
    this.texts.language = state.language;
    this.clock.pause();
    this.clock.day = state.day;
    this.#writeAll();
    if (trouble === "broken") this.notice(this.texts.say("app broken link"));
    else if (trouble === "version") this.notice(this.texts.say("app other version", { version: version ?? "?", here: this.hello.version }));
    else this.hide();
    await this.open();
  }

  #remember() {
    if (!this.hello) return;
    this.written = toLink({ ...this.state, day: this.clock.day }, this.hello.version);
    // A browser refuses links that change at every movement of a hand.
    clearTimeout(this.writeSoon);
    this.writeSoon = setTimeout(() => this.link.write(this.written), 250);
  }

  // --- the futures

  /** Ask for both futures as the state wants them now; `since` is when the control was moved. */
  open(since) {
    clearTimeout(this.bandSoon);
    this.generation++;
    this.#remember();
    return this.opening.wish({ since, state: structuredClone(this.state) });
  }

  async #open({ since, state }) {
    const answer = await this.#asked(worldsAsked(state));
    if (!answer) return this.#back();
    this.good = state;
    this.listed = null;
    this.places = answer.content;
    const tables = decode(answer.content, answer.buffers);
    this.worlds = [0, 1].map((side) => worldOf(tables, side));
    this.needs = this.worlds.map((world) => needsByDay(world, this.places.days));
    this.most = mostWaiting(this.needs);
    this.#name();
    this.pictures.forEach((each, side) => each.show(this.places, this.worlds[side], this.ties[side]));
    this.charts.show(this.places, this.worlds.map((world) => world.weeks), this.names);
    this.block = null;
    this.draw();
    requestAnimationFrame(() => { this.counters.pictured(since); this.#showCounters(); });
    this.levers.show(this.places.levers, Math.floor(this.clock.day), true);
    this.#look();
    this.settled();
    const generation = this.generation;
    this.bandSoon = setTimeout(() => this.#band(generation), QUIET);
  }

  /** Back to what could be opened, after a question without an answer. */
  #back() {
    if (!this.good) return;
    const { scenario, seed, days, worlds } = structuredClone(this.good);
    Object.assign(this.state, { scenario, seed, days, worlds });
    this.#writeAll();
    this.#remember();
  }

  async #band(generation) {
    const found = [];
    for (let replication = 1; replication <= BANDS; replication++) {
      const answer = generation === this.generation ? await this.ask({ ask: "band", replication }).catch(() => null) : null;
      if (!answer || answer.content.is !== "band" || generation !== this.generation) return;
      const tables = decode(answer.content, answer.buffers);
      found.push([0, 1].map((side) => tables[`${side}.weeks`]));
      this.charts.band(found);
      this.charts.draw(this.clock.day, this.state.language);
    }
  }

  async #tie(side, block) {
    const generation = this.generation;
    const answer = await this.ask({ ask: "ties", world: side, block }).catch(() => null);
    if (answer?.content.is !== "ties" || generation !== this.generation) return;
    this.ties[side] = decode(answer.content, answer.buffers).ties.ties;
    this.pictures[side].setTies(this.ties[side]);
    if (!this.clock.playing) this.draw();
  }

  /** An answer; where there is none a sentence stands on the page, and this is null. */
  async #asked(message) {
    try {
      const answer = await this.ask(message);
      if (answer.content.is !== "mistake") {
        if (this.lost) this.hide();
        return answer;
      }
      this.notice(this.texts.of(answer.content), !this.hello);
    } catch (lost) {
      this.notice(this.texts.of(lost) || this.texts.say("app lost"), true);
    }
    return null;
  }

  // --- the day on screen

  #onday = (day, playing) => {
    this.draw();
    this.parts.play.textContent = this.texts.say(playing ? "app pause" : "app play");
    this.parts.play.dataset.playing = playing;
  };

  /** Draw the day on screen. */
  draw() {
    if (!this.worlds) return;
    const { day, playing } = this.clock, whole = Math.floor(day), { language } = this.state;
    const moving = this.pictures.map((each, side) => each.draw(day, this.#selectedIn(side), language)).some(Boolean);
    this.charts.draw(day, language);
    this.counters.frame(playing);
    if (moving && !playing) this.#drawOn();
    const shown = `${whole}`;
    if (this.parts.range.value !== shown) this.parts.range.value = shown;
    const block = Math.floor(whole / 28);
    if (block !== this.block) {
      this.block = block;
      this.tying.forEach((each) => each.wish(block));
    }
    if (whole === this.drawn?.day && this.needs === this.drawn.needs && language === this.drawn.language) return;
    this.drawn = { day: whole, needs: this.needs, language };
    this.#writeDay(whole, playing);
  }

  /** Draw once more, as ties form or fade; without movement in between where a visitor wants none. */
  #drawOn() {
    if (this.drawingOn) return;
    this.drawingOn = true;
    const again = () => { this.drawingOn = false; if (!this.clock.playing) this.draw(); };
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) setTimeout(again, 1500);
    else requestAnimationFrame(again);
  }

  /** As many pixels as the screen has. */
  #fit() {
    const ratio = Math.min(globalThis.devicePixelRatio || 1, 2);
    for (const { canvas } of this.parts.worlds) {
      const width = Math.round(canvas.clientWidth * ratio), height = Math.round(canvas.clientHeight * ratio);
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    }
    this.draw();
  }

  #writeDay(day, playing) {
    const { texts, parts } = this;
    const numbers = this.numbers = this.needs.map((needs) => onDay(needs, day));
    const when = texts.say("app day and date", { day: texts.number(day), date: texts.date(this.places.start, day) });
    parts.when.textContent = when;
    parts.range.setAttribute("aria-valuetext", when);
    parts.verdict.textContent = verdict(texts, this.names, numbers);
    numbers.forEach((now, side) => {
      const world = parts.worlds[side];
      world.number.textContent = texts.number(now.all);
      world.mean.textContent = texts.say("app where", {
        waiting: texts.number(now.waiting), seeking: texts.number(now.seeking), days: texts.number(now.mean),
      });
      world.waiting.style.width = `${(100 * now.waiting) / this.most}%`;
      world.seeking.style.width = `${(100 * now.seeking) / this.most}%`;
    });
    this.panel.mark(day);
    if (!playing || performance.now() - (this.lately ?? 0) > 500) {
      this.lately = performance.now();
      this.levers.show(this.places.levers, day);
      this.#table();
      if (playing) this.#showCounters();
    }
  }

  #table() {
    const rows = [
      ["app state waiting", "waiting"], ["app state seeking", "seeking"], ["app state unheard", "unheard"], ["app state helped", "helped"],
      ["app state gave up", "gaveUp"], ["app state crisis", "crisis"], ["app state planned", "planned"], ["app state died", "died"],
    ].map(([key, name]) => [this.texts.say(key), ...this.numbers.map((now) => this.texts.number(now[name]))]);
    rows.splice(2, 0, [this.texts.say("app state mean"), ...this.numbers.map((now) => this.texts.number(now.mean))]);
    const head = [this.texts.say("app now"), ...this.names.map((name, side) => `${SIGNS[side]} ${name}`)];
    this.parts.now.replaceChildren(tableOf({ head, rows }, this.parts.when.textContent));
  }

  /** The charts as tables, made when somebody looks at them. */
  #tables() {
    if (!this.worlds || !this.parts.tables.parentElement.open) return;
    this.parts.tables.replaceChildren(...this.make.tables.map((key) => {
      const made = this.charts.table(key, this.state.language);
      return tableOf(made, made.caption ?? key);
    }));
  }

  #showCounters() {
    const { counters, texts } = this;
    this.parts.speedNow.textContent = texts.say("app counters", {
      frames: texts.number(counters.framesASecond), draws: texts.number(counters.frames),
      median: counters.median === null ? "–" : texts.number(counters.median),
    });
  }

  /** It stands still: remember it in the link, and say what there is to see. */
  settled = () => {
    if (!this.worlds || this.clock.playing) return;
    this.#remember();
    this.#writeDay(Math.floor(this.clock.day), false);
    this.#tables();
    if (this.state.selected && this.state.selected.kind !== "person") this.#look();
    this.speaker.say(summary(this.texts, this.names, this.numbers, Math.floor(this.clock.day), this.texts.date(this.places.start, this.clock.day)));
  };

  // --- what can be chosen

  #onlever = (side, lever, value, since, more) => {
    if (value === null) { this.held = null; return; } // let go
    this.held ??= Math.floor(this.clock.day); // the day on which the hand was laid on it
    const day = this.from === "start" ? 0 : this.held;
    if (!more) this.held = null;
    const changes = moved(this.state.worlds[side].changes, day, lever, value);
    if (changes.length > this.hello.limits.changes) return this.notice(this.texts.say("app too many changes"));
    this.state.worlds[side].changes = changes;
    this.parts.worlds[side].undo.hidden = false;
    return this.open(since);
  };

  #acts() {
    const choose = (change) => (...given) => { change(...given); this.#writeAll(); return this.open(performance.now()); };
    return {
      language: (language) => this.#speak(language),
      copy: () => this.#copy(),
      data: () => this.#data(),
      picture: () => this.#picture(),
      again: () => (this.hello ? this.open() : this.start()),
      hide: () => this.hide(),
      scenario: choose((name) => { this.state.scenario = name; this.state.selected = null; }),
      days: choose((days) => this.#shorten(days)),
      seed: (input) => this.#seed(input),
      example: choose(() => { this.state = example(this.state.language); this.clock.pause(); this.clock.day = this.state.day; }),
      regime: choose((side, name) => { this.state.worlds[side].regime = name; }),
      // The button goes; who has only a keyboard is left beside it.
      undo: choose((side) => { this.state.worlds[side].changes = []; this.parts.worlds[side].someone.focus(); }),
      from: (from) => { this.from = from; },
      play: () => (this.clock.playing ? this.clock.pause() : this.clock.play()),
      step: (days) => this.clock.step(days),
      speed: (speed) => { this.clock.speed = speed; },
      scrub: (day) => { this.clock.pause(); this.clock.go(day); },
      settled: () => this.settled(),
      tables: () => this.#tables(),
      someones: (side) => this.#someones(side),
      choose: (side, value) => this.#choose(side, value),
      point: (side, event) => this.#point(side, event),
      key: (side, event) => this.#key(side, event),
    };
  }

  #shorten(days) {
    this.state.days = days;
    this.clock.day = Math.min(this.clock.day, days - 1);
    for (const world of this.state.worlds) world.changes = world.changes.filter((each) => each.day < days);
  }

  #seed(input) {
    const seed = Number(input.value);
    if (!/^\d+$/.test(input.value) || seed > this.hello.limits.seed) {
      this.notice(this.texts.say("app bad seed", { most: this.texts.number(this.hello.limits.seed) }));
      input.value = this.state.seed;
      return;
    }
    this.hide();
    this.state.seed = seed;
    this.state.selected = null;
    this.open(performance.now());
  }

  #speak(language) {
    this.state.language = this.texts.language = language;
    this.#writeAll();
    this.#name();
    if (this.worlds) {
      this.charts.show(this.places, this.worlds.map((world) => world.weeks), this.names);
      this.block = null;
      this.draw();
      this.#look();
      clearTimeout(this.bandSoon);
      const generation = ++this.generation;
      this.bandSoon = setTimeout(() => this.#band(generation), QUIET);
    }
    this.settled();
  }

  /** Write every text and every control as the state has it. */
  #writeAll() {
    const { parts, state, texts, hello } = this;
    document.documentElement.lang = state.language;
    document.title = texts.say("app title");
    texts.write(this.el);
    for (const each of parts.languages) each.setAttribute("aria-pressed", String(each.dataset.language === state.language));
    if (!hello) return;
    fill(parts.scenario, hello.scenarios, texts, state.scenario);
    this.#lengths();
    parts.seed.max = hello.limits.seed;
    parts.seed.value = state.seed;
    parts.range.max = state.days - 1;
    parts.worlds.forEach((world, side) => {
      fill(world.regime, hello.regimes, texts, state.worlds[side].regime);
      world.undo.hidden = state.worlds[side].changes.length === 0;
      world.someone.replaceChildren(option("", texts.say("app choose")));
    });
    [...parts.speed.options].forEach((each) => { each.textContent = texts.say("app days a second", { count: each.value }); });
    parts.speed.value = this.clock.speed;
    parts.play.textContent = texts.say(this.clock.playing ? "app pause" : "app play");
    this.#name();
    this.#legend();
    this.drawn = this.listed = null;
    this.#showCounters();
  }

  #lengths() {
    const years = [1, 2, 3, 5, 10].filter((year) => year * YEAR <= this.hello.limits.days);
    const options = years.map((year) => option(year * YEAR, this.texts.say(year === 1 ? "app year" : "app years", { count: year })));
    if (!years.includes(this.state.days / YEAR)) {
      options.push(option(this.state.days, this.texts.say("app days", { count: this.texts.number(this.state.days) })));
    }
    this.parts.days.replaceChildren(...options);
    this.parts.days.value = this.state.days;
  }

  /** What the worlds are called: their ways of steering, and told apart where those are the same. */
  #name() {
    const { worlds } = this.state;
    const names = worlds.map(({ regime, changes }) => {
      const name = this.texts.of(this.hello.regimes[regime]);
      return changes.length ? this.texts.say("app changed", { name }) : name;
    });
    this.names = names[0] === names[1] ? names.map((name, side) => `${name} ${SIGNS[side]}`) : names;
    const written = this.names.join("\n") + this.texts.language;
    if (written === this.named) return;
    this.named = written;
    this.parts.worlds.forEach((world, side) => {
      world.name.textContent = this.names[side];
      world.canvas.setAttribute("aria-label", this.texts.say("app canvas of", { name: this.names[side] }));
    });
    this.levers.write(this.names);
  }

  #legend() {
    this.legend = this.make.legend(this.words, this.state.language);
    this.parts.legend.replaceChildren(...this.legend.map(({ text, draw }) => {
      const ratio = Math.min(globalThis.devicePixelRatio || 1, 3), size = 22;
      const icon = h("canvas", { width: size * ratio, height: size * ratio, aria: { hidden: "true" } });
      const context = icon.getContext("2d");
      context.scale(ratio, ratio);
      draw(context, size / 2, size / 2, size * 0.64);
      return h("li", {}, icon, h("span", { textContent: text }));
    }));
  }

  // --- who is selected

  /** The selection as the picture of a world knows it: a person by row, which differs between worlds. */
  #selectedIn(side) {
    const { selected } = this.state;
    if (!selected) return null;
    const { kind, id } = selected, { seats, teams, organisations } = this.places;
    if (kind === "person") return this.#rowOf(side, id) < 0 ? null : { kind, row: this.#rowOf(side, id) };
    const all = { worker: seats.team, manager: teams.organisation, board: organisations }[kind];
    return id < all.length ? { kind, row: id } : null; // a link may name anybody
  }

  #rowOf(side, id) {
    const { people } = this.worlds[side];
    if (!people.rows) people.rows = new Map(Array.from(people.low, (low, row) => [low + people.high[row] * 2 ** 32, row]));
    return people.rows.get(id) ?? -1;
  }

  #idOf(side, { kind, row }) {
    if (kind !== "person") return row;
    const { people } = this.worlds[side];
    return people.low[row] + people.high[row] * 2 ** 32;
  }

  /** Select what a picture found, or nothing. */
  select(side, thing) {
    this.state.selected = thing ? { kind: thing.kind, id: this.#idOf(side, thing) } : null;
    this.side = side;
    this.draw();
    this.#remember();
    clearTimeout(this.lookSoon);
    this.lookSoon = setTimeout(() => this.#look(), 120);
  }

  #look(wish) {
    if (wish === undefined) return this.looking.wish({ selected: this.state.selected, language: this.state.language });
    const { selected } = wish;
    if (!selected || !this.worlds) return this.panel.empty();
    if (selected.kind !== "person") return this.#lookAtStaff(selected);
    return this.#lookAtPerson(wish);
  }

  async #lookAtPerson({ selected, language }) {
    const answer = await this.ask({ ask: "road", client: selected.id, language }).catch(() => null);
    if (!answer) return this.panel.sentence(this.texts.say("app lost"));
    if (answer.content.is !== "mistake") return this.panel.road(answer.content, this.names, Math.floor(this.clock.day));
    const row = this.#rowOf(0, selected.id);
    const before = row >= 0 && this.worlds[0].people.arrival[row] < 0;
    return this.panel.sentence(before ? this.texts.say("app before day 0", { age: this.worlds[0].people.age[row] }) : this.texts.of(answer.content));
  }

  #lookAtStaff({ kind, id }) {
    const who = aboutStaff(kind, id, this.places, this.texts);
    if (!who) return this.panel.sentence(this.texts.say("app nobody there"));
    const last = this.worlds[0].staff.ownership.shape[0] - 1;
    const now = Math.min(Math.floor(this.clock.day / 7), last);
    const weeks = [...new Set([0, Math.floor(last / 3), Math.floor((2 * last) / 3), last, now])].sort((a, b) => a - b);
    return this.panel.staff({ ...who, weeks }, this.worlds.map((world) => world.staff), this.names);
  }

  #someones(side) {
    if (!this.worlds || this.listed?.[side] === this.clock.day) return;
    this.listed = { ...this.listed, [side]: this.clock.day };
    const kinds = { board: "app boards", manager: "app managers", worker: "app workers", person: "app people" };
    const things = this.pictures[side].things(this.clock.day);
    const groups = Object.entries(kinds).map(([kind, key]) => {
      const group = h("optgroup", {}, ...things.filter((each) => each.kind === kind).map((each) => option(`${kind}:${each.row}`, each.label)));
      group.label = this.texts.say(key);
      return group;
    });
    this.parts.worlds[side].someone.replaceChildren(option("", this.texts.say("app choose")), ...groups.filter((each) => each.children.length));
  }

  #choose(side, value) {
    const [kind, row] = value.split(":");
    this.select(side, value ? { kind, row: Number(row) } : null);
  }

  #point(side, event) {
    if (!this.worlds) return;
    const things = this.#near(side, event.offsetX, event.offsetY);
    this.select(side, things[0] ?? null);
    if (things[0]) this.speaker.say(this.#labelOf(side, things[0]));
    const { near } = this.parts.worlds[side];
    near.hidden = things.length < 2;
    near.replaceChildren(h("span", { textContent: this.texts.say("app near") }), ...things.map((thing) => h("button", {
      type: "button", className: "small", textContent: this.#labelOf(side, thing), on: { click: () => this.select(side, thing) },
    })));
  }

  /** What is at a place and close around it, the nearest first. */
  #near(side, x, y) {
    const found = new Map();
    for (const far of [0, 6, 12]) {
      for (let turn = 0; turn < (far ? 8 : 1); turn++) {
        const angle = (turn * Math.PI) / 4;
        const thing = this.pictures[side].at(x + far * Math.cos(angle), y + far * Math.sin(angle));
        if (thing && found.size < 6) found.set(`${thing.kind}:${thing.row}`, thing);
      }
    }
    return [...found.values()];
  }

  #labelOf(side, { kind, row }) {
    return this.pictures[side].things(this.clock.day).find((each) => each.kind === kind && each.row === row)?.label ?? "";
  }

  /** Arrows walk along everything there is to select: left and right one on, up and down to the next kind. */
  #key(side, event) {
    const steps = { ArrowRight: [1, false], ArrowLeft: [-1, false], ArrowDown: [1, true], ArrowUp: [-1, true] };
    if (event.key === "Escape") return this.select(side, null);
    if (!steps[event.key] || !this.worlds) return undefined;
    event.preventDefault();
    this.clock.pause();
    const [step, byKind] = steps[event.key];
    const things = this.pictures[side].things(this.clock.day);
    if (!things.length) return undefined;
    const now = this.#selectedIn(side);
    let at = things.findIndex((each) => each.kind === now?.kind && each.row === now?.row);
    if (at < 0) at = step > 0 ? -1 : 0;
    const kind = things[at]?.kind;
    for (let tried = 0; tried < things.length; tried++) {
      at = (at + step + things.length) % things.length;
      if (!byKind || things[at].kind !== kind) break;
    }
    this.select(side, things[at]);
    return this.speaker.say(things[at].label);
  }

  // --- what can be taken along

  async #copy() {
    this.#remember();
    const whole = this.link.whole(this.written);
    try {
      await navigator.clipboard.writeText(whole);
      this.parts.link.hidden = true;
      this.notice(this.texts.say("app copied"));
    } catch { // not allowed here: it can be copied by hand
      this.parts.link.value = whole;
      this.parts.link.hidden = false;
      this.parts.link.select();
      this.notice(this.texts.say("app copy by hand"));
    }
  }

  #fileName(ending) {
    const { scenario, seed, worlds } = this.state;
    return `regie-${scenario}-${worlds[0].regime}-${worlds[1].regime}-seed-${seed}.${ending}`;
  }

  async #data() {
    const answer = await this.#asked({ ask: "data", form: this.state.language });
    if (answer) keep(this.#fileName("csv"), csvBlob(answer.content.csv));
  }

  async #picture() {
    if (!this.worlds) return;
    this.draw();
    const blob = await picture({
      title: this.texts.say("app title"), line: `${this.parts.when.textContent}. ${this.parts.verdict.textContent}`,
      worlds: this.parts.worlds.map(({ canvas }, side) => ({
        canvas, name: `${SIGNS[side]} ${this.names[side]}`, colour: COLOURS[side],
        line: this.texts.say("app waiting now", { count: this.texts.number(this.numbers[side].all) }),
      })),
      legend: this.legend,
    });
    keep(this.#fileName("png"), blob);
  }

  // --- sentences

  /** A sentence on the page; with a button that tries again where nobody answers. */
  notice(text, again = false) {
    this.lost = again;
    this.parts.noticeText.textContent = text;
    this.parts.again.hidden = !again;
    this.parts.notice.hidden = false;
  }

  /** Nothing to say any more. */
  hide() {
    this.lost = false;
    this.parts.notice.hidden = true;
  }
}

// Two worlds side by side: same people, same luck, only who steers differs. Needs nothing but `ask`.
import { Changes } from "./changes.js";
import { Charts, KINDS } from "./charts.js";
import { Clock } from "./clock.js";
import { Levers, SIGNS, fill } from "./controls.js";
import { decode, worldOf } from "./decode.js";
import { Texts, h, option, tableOf } from "./dom.js";
import { Neighbourhood, legend } from "./neighbourhood.js";
import { Counters, Newest } from "./newest.js";
import { layout } from "./parts.js";
import { Selection } from "./selection.js";
import { Speaker, summary, verdict } from "./speak.js";
import { example, fromLink, moved, toLink, worldsAsked } from "./state.js";
import { Taking } from "./taking.js";
import { mostWaiting, onDay, tallyOf } from "./tally.js";
import { Tip } from "./tip.js";

const OPENING = new Set(["hello", "open"]);
const BANDS = 12, QUIET = 1500, YEAR = 365;
const IN_MEMORY = { read: () => "", write: () => {}, whole: (text) => text };

/** The page: its state, the worlds that it shows, and the day on screen. */
export class App {
  /**
   * @param {object} given
   * @param {HTMLElement} given.el where it is built
   * @param {(message: object) => Promise<{content: object, buffers: ArrayBuffer[]}>} given.ask rejects when nobody answers
   * @param {Object<string, {en: string, nl: string}>} given.words
   * @param {{read: Function, write: Function, whole: Function, onchange: Function}} [given.link] where the link is kept
   * @param {(language: string, title: string) => void} [given.onlanguage] called when the language changes
   */
  constructor({ el, ask, words, link = IN_MEMORY, onlanguage = () => {} }) {
    const language = (navigator.language || "en").startsWith("nl") ? "nl" : "en";
    Object.assign(this, { el, link, words, onlanguage, state: example(language), from: "start", names: ["", ""], counters: new Counters() });
    this.askOnce = ask;
    this.here = false; // whether the other side has the worlds that were opened last
    this.texts = new Texts(words, language);
    this.parts = layout(el, this.#acts());
    this.parts.range.setAttribute("list", this.parts.marks.id);
    this.taking = new Taking(this);
    this.selection = new Selection(this);
    this.changes = new Changes(this);
    this.texts.write(el);
    this.speaker = new Speaker(this.parts.live);
    this.clock = new Clock(() => this.state.days, this.#onday, this.settled);
    this.pictures = this.parts.worlds.map(({ canvas }) => new Neighbourhood(canvas, words));
    this.parts.worlds.forEach(({ tip, canvas }, side) => new Tip(tip, canvas, this.pictures[side]));
    this.charts = new Charts(this.parts.charts, words);
    this.charts.onday = (day) => { this.clock.pause(); this.clock.go(day); this.settled(); };
    this.fitting = new ResizeObserver(() => this.#fit());
    this.fitting.observe(this.parts.worlds[0].canvas);
    this.opening = new Newest((wish) => this.#open(wish));
    this.tying = [0, 1].map((side) => new Newest((block) => this.#tie(side, block)));
    this.ties = [null, null];
    this.blocks = [null, null]; // of four weeks, for which ties were asked
    this.generation = 0;
    globalThis.regieCounters = this.counters;
  }

  /** Ask what there is, read the link, open the worlds. */
  async start() {
    this.texts.write(this.el);
    const hello = await this.asked({ ask: "hello" });
    if (!hello) return;
    this.hello = hello.content;
    this.levers ??= new Levers(this.parts.levers, this.hello.levers, this.texts, this.#onlever);
    this.link.onchange?.(() => this.#follow());
    await this.#follow();
  }

  /** Move no more. */
  end() {
    this.clock.pause();
    this.generation++;
    for (const soon of [this.bandSoon, this.writeSoon]) clearTimeout(soon);
    this.fitting.disconnect();
  }

  /** The connection ended; `last` says why, where anybody said so. */
  lost(last) {
    this.here = false;
    this.notice(this.texts.of(last) || this.texts.say("app lost"), true);
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

  /** Keep what is on screen in the link, soon; return that link. */
  remember() {
    if (!this.hello) return "";
    this.written = toLink({ ...this.state, day: this.clock.day }, this.hello.version);
    // A browser refuses links that change at every movement of a hand.
    clearTimeout(this.writeSoon);
    this.writeSoon = setTimeout(() => this.link.write(this.written), 250);
    return this.written;
  }

  // --- the futures

  /** Ask for both futures as the state wants them now; `since` is when the control was moved. */
  open(since) {
    clearTimeout(this.bandSoon);
    this.generation++;
    this.remember();
    return this.opening.wish({ since, state: structuredClone(this.state) });
  }

  /** What a visitor changed in a world is another one now. */
  changed(since = performance.now()) {
    this.changes.write();
    this.#name();
    return this.open(since);
  }

  async #open({ since, state }) {
    const answer = await this.asked(worldsAsked(state, this.here));
    if (!answer) return this.#back();
    this.here = true;
    this.good = state;
    this.selection.relist();
    this.places = answer.content;
    this.#take(answer);
    this.most = mostWaiting(this.tallies);
    this.#name();
    this.#chart();
    this.draw();
    requestAnimationFrame(() => { this.counters.pictured(since); this.#showCounters(); });
    this.levers.show(this.places.levers, Math.floor(this.clock.day), true);
    this.selection.lookSoon(QUIET / 3); // a hand may still be on the lever
    this.settled();
    const generation = this.generation;
    this.bandSoon = setTimeout(() => this.#band(generation), QUIET);
  }

  /** Take in the worlds of an answer; one that stayed as it was is not in it. */
  #take({ content, buffers }) {
    const tables = decode(content, buffers), { worlds = [], tallies = [] } = this;
    this.worlds = [0, 1].map((side) => (content.same[side] ? worlds[side] : worldOf(tables, side)));
    this.tallies = this.worlds.map((world, side) => (content.same[side] ? tallies[side] : tallyOf(world, content.days)));
    this.pictures.forEach((each, side) => {
      if (content.same[side]) return;
      each.show(content, this.worlds[side], this.ties[side]);
      this.blocks[side] = null;
    });
  }

  #chart() {
    const changes = this.state.worlds.map((world) => world.changes);
    this.charts.show(this.places, this.worlds.map((world) => world.weeks), this.names, changes);
  }

  /** Back to what could be opened, after a question without an answer. */
  #back() {
    if (!this.good) return;
    const { scenario, seed, days, worlds } = structuredClone(this.good);
    Object.assign(this.state, { scenario, seed, days, worlds });
    this.#writeAll();
    this.remember();
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
    const world = this.worlds[side];
    const answer = await this.ask({ ask: "ties", world: side, block }).catch(() => null);
    if (answer?.content.is !== "ties" || world !== this.worlds[side]) return;
    this.ties[side] = decode(answer.content, answer.buffers).ties.ties;
    this.pictures[side].setTies(this.ties[side]);
    if (!this.clock.playing) this.draw();
  }

  /** An answer to a question about the worlds on screen: whoever answers is told of them first, where they know none. */
  ask = async (message) => {
    if (!this.here && this.good && !this.opening.busy && !OPENING.has(message.ask)) {
      const { generation } = this;
      const { content } = await this.askOnce(worldsAsked(this.good));
      if (content.is === "open" && generation === this.generation) {
        this.here = true;
        this.hide();
      }
    }
    return this.askOnce(message);
  };

  /** An answer; where there is none a sentence stands on the page, and this is null. */
  async asked(message) {
    try {
      const answer = await this.ask(message);
      if (answer.content.is !== "mistake") {
        if (this.mayTryAgain) this.hide();
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
    const moving = this.pictures.map((each, side) => each.draw(day, this.selection.in(side), language, playing)).some(Boolean);
    this.charts.draw(day, language);
    this.counters.frame(playing);
    if (moving && !playing) this.#drawOn();
    const shown = `${whole}`;
    if (this.parts.range.value !== shown) this.parts.range.value = shown;
    const block = Math.floor(whole / 28);
    this.tying.forEach((each, side) => {
      if (this.blocks[side] === block) return;
      this.blocks[side] = block;
      each.wish(block);
    });
    if (whole === this.drawn?.day && this.tallies === this.drawn.tallies && language === this.drawn.language) return;
    this.drawn = { day: whole, tallies: this.tallies, language };
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
    if (playing && performance.now() - (this.wrote ?? 0) < 100) return; // nobody reads faster
    this.wrote = performance.now();
    const numbers = this.numbers = this.tallies.map((tally) => onDay(tally, day));
    const when = texts.say("app day and date", { day: texts.number(day), date: texts.date(this.places.start, day) });
    parts.when.textContent = when;
    parts.range.setAttribute("aria-valuetext", when);
    parts.verdict.textContent = verdict(texts, this.names, numbers);
    numbers.forEach((now, side) => {
      const world = parts.worlds[side];
      world.number.textContent = texts.number(now.all);
      world.mean.textContent = texts.say("app where", {
        waiting: texts.number(now.waiting), wandering: texts.number(now.wandering), days: texts.number(now.mean),
      });
      world.waiting.style.width = `${(100 * now.waiting) / this.most}%`;
      world.seeking.style.width = `${(100 * now.wandering) / this.most}%`;
    });
    this.selection.mark(day);
    if (!playing || performance.now() - (this.lately ?? 0) > 500) {
      this.lately = performance.now();
      this.levers.show(this.places.levers, day);
      this.#table();
      if (playing) this.#showCounters();
    }
  }

  #table() {
    const rows = [
      ["app state waiting", "waiting"], ["app state wandering", "wandering"], ["app state unheard", "unheard"], ["app state helped", "helped"],
      ["app state gave up", "gaveUp"], ["app state crisis", "crisis"], ["app state planned", "planned"], ["app state died", "died"],
    ].map(([key, name]) => [this.texts.say(key), ...this.numbers.map((now) => this.texts.number(now[name]))]);
    rows.splice(2, 0, [this.texts.say("app state mean"), ...this.numbers.map((now) => this.texts.number(now.mean))]);
    const head = [this.texts.say("app now"), ...this.names.map((name, side) => `${SIGNS[side]} ${name}`)];
    this.parts.now.replaceChildren(tableOf({ head, rows }, this.parts.when.textContent));
  }

  /** The charts as tables, made when somebody looks at them. */
  #tables() {
    if (!this.worlds || !this.parts.tables.parentElement.open) return;
    this.parts.tables.replaceChildren(...KINDS.map(({ key }) => {
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
    this.remember();
    this.#writeDay(Math.floor(this.clock.day), false);
    this.#tables();
    this.selection.settled();
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
    return this.changed(since);
  };

  #acts() {
    const choose = (change) => (...given) => { change(...given); this.#writeAll(); return this.open(performance.now()); };
    return {
      language: (language) => this.#speak(language),
      copy: () => this.taking.link(),
      data: () => this.taking.data(),
      picture: () => this.taking.picture(),
      again: () => (this.hello ? this.open() : this.start()),
      hide: () => this.hide(),
      scenario: choose((name) => { this.state.scenario = name; this.state.selected = null; }),
      days: choose((days) => this.#shorten(days)),
      seed: (input) => this.#seed(input),
      example: choose(() => { this.state = example(this.state.language); this.clock.pause(); this.clock.day = this.state.day; }),
      regime: choose((side, name) => { this.state.worlds[side].regime = name; }),
      // The button goes; who has only a keyboard is left beside it.
      undo: (side) => { this.state.worlds[side].changes = []; this.parts.worlds[side].someone.focus(); this.changed(); },
      from: (from) => { this.from = from; },
      play: () => (this.clock.playing ? this.clock.pause() : this.clock.play()),
      step: (days) => this.clock.step(days),
      speed: (speed) => { this.clock.speed = speed; },
      scrub: (day) => { this.clock.pause(); this.clock.go(day); },
      settled: () => this.settled(),
      tables: () => this.#tables(),
      someones: (side) => this.selection.list(side),
      choose: (side, value) => this.selection.choose(side, value),
      point: (side, event) => this.selection.point(side, event),
      key: (side, event) => this.selection.key(side, event),
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
      this.#chart();
      this.draw();
      this.selection.look();
      clearTimeout(this.bandSoon);
      const generation = ++this.generation;
      this.bandSoon = setTimeout(() => this.#band(generation), QUIET);
    }
    this.settled();
  }

  /** Write every text and every control as the state has it. */
  #writeAll() {
    const { parts, state, texts, hello } = this;
    this.onlanguage(state.language, texts.say("app title"));
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
    });
    [...parts.speed.options].forEach((each) => { each.textContent = texts.say("app days a second", { count: each.value }); });
    parts.speed.value = this.clock.speed;
    parts.play.textContent = texts.say(this.clock.playing ? "app pause" : "app play");
    this.changes.write();
    this.selection.relist();
    this.#name();
    this.#legend();
    this.drawn = null;
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
    this.legend = legend(this.words, this.state.language);
    this.parts.legend.replaceChildren(...this.legend.map(({ text, draw }) => {
      const ratio = Math.min(globalThis.devicePixelRatio || 1, 3), size = 22;
      const icon = h("canvas", { width: size * ratio, height: size * ratio, aria: { hidden: "true" } });
      const context = icon.getContext("2d");
      context.scale(ratio, ratio);
      draw(context, size / 2, size / 2, size * 0.64);
      return h("li", {}, icon, h("span", { textContent: text }));
    }));
  }

  // --- sentences

  /** A sentence on the page; with a button that tries again where nobody answers. */
  notice(text, again = false) {
    this.mayTryAgain = again;
    this.parts.noticeText.textContent = text;
    this.parts.again.hidden = !again;
    this.parts.notice.hidden = false;
  }

  /** Nothing to say any more. */
  hide() {
    this.mayTryAgain = false;
    this.parts.notice.hidden = true;
  }
}

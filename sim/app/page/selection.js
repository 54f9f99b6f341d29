// Who is selected, by pointer, keyboard or list, and what is told of them.
import { h, option } from "./dom.js";
import { Newest } from "./newest.js";
import { Panel } from "./road.js";
import { numbersOf } from "./staff.js";

const KINDS = { board: "app boards", manager: "app managers", worker: "app workers", person: "app people" };
const STEPS = { ArrowRight: [1, false], ArrowLeft: [-1, false], ArrowDown: [1, true], ArrowUp: [-1, true] };

/** The selection of a page. A picture knows a person by row, which differs between worlds; a link by identity. */
export class Selection {
  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
    this.listed = [null, null]; // of each picture, the day of which its list is
    this.panel = new Panel(app.parts.panel, app.texts, app.ask);
    this.looking = new Newest((wish) => this.#look(wish));
  }

  /** What is selected, as the picture of a world knows it; null where that world has it not. */
  in(side) {
    const { selected } = this.app.state;
    if (!selected) return null;
    const { kind, id } = selected, { seats, teams, organisations } = this.app.places;
    const row = kind === "person" ? this.#rowOf(side, id) : id;
    const all = { person: this.app.worlds[side].people.low, worker: seats.team, manager: teams.organisation, board: organisations }[kind];
    return row >= 0 && row < all.length ? { kind, row } : null; // a link may name anybody
  }

  /** Select what a picture found, or nothing. */
  select(side, thing) {
    const { app } = this;
    app.state.selected = thing ? { kind: thing.kind, id: this.#idOf(side, thing) } : null;
    app.draw();
    app.remember();
    this.lookSoon(120);
  }

  /** Tell of who is selected after some milliseconds, unless something else is asked meanwhile. */
  lookSoon(after) {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.look(), after);
  }

  /** Tell of who is selected, as the worlds and the language are now. */
  look() {
    clearTimeout(this.soon);
    const { selected, language } = this.app.state;
    this.looking.wish({ selected, language });
  }

  /** The day on screen is another one. */
  mark(day) {
    this.panel.mark(day);
  }

  /** It stands still on a day. */
  settled() {
    const { app } = this, { selected } = app.state;
    if (!selected || selected.kind === "person" || !app.worlds) return;
    const staff = app.worlds.map((world) => world.staff);
    this.panel.under(...numbersOf(selected, app.places, staff, app.names, app.clock.day, app.texts));
  }

  /** Forget whom the lists name: the worlds or the language are others. */
  relist() {
    this.listed = [null, null];
    for (const { someone } of this.app.parts.worlds) someone.replaceChildren(option("", this.app.texts.say("app choose")));
  }

  /** Fill the list of everything that is in a picture. */
  list(side) {
    const { app } = this;
    if (!app.worlds || this.listed[side] === app.clock.day) return;
    this.listed[side] = app.clock.day;
    const things = app.pictures[side].things(app.clock.day);
    const groups = Object.entries(KINDS).map(([kind, key]) => {
      const group = h("optgroup", {}, ...things.filter((each) => each.kind === kind).map((each) => option(`${kind}:${each.row}`, each.label)));
      group.label = app.texts.say(key);
      return group;
    });
    app.parts.worlds[side].someone.replaceChildren(option("", app.texts.say("app choose")), ...groups.filter((each) => each.children.length));
  }

  /** Select from the list. */
  choose(side, value) {
    const [kind, row] = value.split(":");
    this.select(side, value ? { kind, row: Number(row) } : null);
  }

  /** Select what a pointer is on; what is close to it can be chosen as well. */
  point(side, event) {
    const { app } = this;
    if (!app.worlds) return;
    const things = this.#near(side, event.offsetX, event.offsetY);
    this.select(side, things[0] ?? null);
    if (things[0]) app.speaker.say(this.#labelOf(side, things[0]));
    const { near } = app.parts.worlds[side];
    near.hidden = things.length < 2;
    near.replaceChildren(h("span", { textContent: app.texts.say("app near") }), ...things.map((thing) => h("button", {
      type: "button", className: "small", textContent: this.#labelOf(side, thing), on: { click: () => this.select(side, thing) },
    })));
  }

  /** Arrows walk along everything there is to select: left and right one on, up and down to the next kind. */
  key(side, event) {
    const { app } = this;
    if (event.key === "Escape") return this.select(side, null);
    if (!STEPS[event.key] || !app.worlds) return undefined;
    event.preventDefault();
    app.clock.pause();
    const [step, byKind] = STEPS[event.key];
    const things = app.pictures[side].things(app.clock.day);
    if (!things.length) return undefined;
    const now = this.in(side);
    let at = things.findIndex((each) => each.kind === now?.kind && each.row === now?.row);
    if (at < 0) at = step > 0 ? -1 : 0;
    const kind = things[at]?.kind;
    for (let tried = 0; tried < things.length; tried++) {
      at = (at + step + things.length) % things.length;
      if (!byKind || things[at].kind !== kind) break;
    }
    this.select(side, things[at]);
    return app.speaker.say(things[at].label);
  }

  #rowOf(side, id) {
    const { people } = this.app.worlds[side];
    if (!people.rows) people.rows = new Map(Array.from(people.low, (low, row) => [low + people.high[row] * 2 ** 32, row]));
    return people.rows.get(id) ?? -1;
  }

  #idOf(side, { kind, row }) {
    if (kind !== "person") return row;
    const { people } = this.app.worlds[side];
    return people.low[row] + people.high[row] * 2 ** 32;
  }

  async #look({ selected, language }) {
    const { app } = this;
    if (!selected || !app.worlds) return this.panel.empty();
    const { kind, id } = selected;
    const { content } = await app.ask({ ask: "road", who: { kind, id }, language }).catch(() => ({ content: null }));
    if (!content) return this.panel.sentence(app.texts.say("app lost"));
    if (content.is === "mistake") return this.panel.sentence(app.texts.of(content));
    this.panel.road(content, app.names, Math.floor(app.clock.day));
    return this.settled();
  }

  /** What is at a place and close around it, the nearest first. */
  #near(side, x, y) {
    const found = new Map();
    for (const far of [0, 6, 12]) {
      for (let turn = 0; turn < (far ? 8 : 1); turn++) {
        const angle = (turn * Math.PI) / 4;
        const thing = this.app.pictures[side].at(x + far * Math.cos(angle), y + far * Math.sin(angle));
        if (thing && found.size < 6) found.set(`${thing.kind}:${thing.row}`, thing);
      }
    }
    return [...found.values()];
  }

  #labelOf(side, thing) {
    return this.app.pictures[side].label(thing, this.app.state.language);
  }
}

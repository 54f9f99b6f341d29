// One world as a neighbourhood that explains itself, on one canvas, on any day.

import { Crowd } from "./crowd.js";
import { layout } from "./layout.js";
import { LEFT, personSaid, say, workerSaid } from "./labels.js";
import { ADMITTED, AWAY, DIED, ENDED, GAVE_UP, HELPED, HOME, STATES, UNHEARD, WAITING, WANDERING } from "./needs.js";
import * as shapes from "./shapes.js";
import { onDay, tallyOf } from "./tally.js";
import { fitted } from "./titles.js";

const { COLOURS } = shapes;
const DAYS_A_LOOK = 7; // between two looks at workers
const REACH = 14; // pixels from a mark within which a pointer means it
const FADES = 45; // days after which those who left grow faint
const FORMING = 500; // milliseconds in which ties come and go
const SETTLING = 90; // milliseconds in which somebody who walks covers most of what is left of their way
const HASTE = 0.0012; // of the width of the picture, in a millisecond, at most
const FAMILY = "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif";
const BATCHES = [HOME, HELPED, UNHEARD, ENDED, DIED, ADMITTED, GAVE_UP, WANDERING, WAITING]; // drawn in this order
const SHOWN_ABOVE = ["waiting", "wandering", "helped", "unheard"];

/** Draws one world on one canvas. */
export class Neighbourhood {
  /**
   * @param {HTMLCanvasElement} canvas whose size the page sets; a change of it is seen at the next drawing
   * @param {object} words sentences by key, each with `en` and `nl`
   */
  constructor(canvas, words) {
    this.canvas = canvas;
    this.words = words;
    this.context = canvas.getContext("2d");
    this.ground = document.createElement("canvas"); // what changes with the ties only
    this.behind = document.createElement("canvas"); // that, and what changes once a week
    this.counters = { frames: 0, drawMs: 0, meanMs: 0, worstMs: 0, states: {}, behind: 0 };
    this.pairs = { one: [], other: [], before: [], after: [] };
    this.formed = this.set = this.moved = -9 * FORMING;
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
  }

  /**
   * Show a world from now on.
   * @param {object} places kinds, organisations, seats and teams, as an opened session names them
   * @param {object} world stays, people and staff
   * @param {Float32Array} [ties] as for {@link Neighbourhood#setTies}
   */
  show(places, world, ties) {
    if (this.places?.scenario !== places.scenario) {
      this.plan = null;
      this.pairs = { one: [], other: [], before: [], after: [] };
    }
    this.places = places;
    this.world = world;
    this.tally = tallyOf(world, places.days);
    this.crowd = new Crowd(world, places.organisations.length, places.seats.team.length);
    this.here = this.crowd.room();
    this.next = this.crowd.room();
    this.x = new Float32Array(this.crowd.count);
    this.y = new Float32Array(this.crowd.count);
    this.seen = new Uint8Array(this.crowd.count); // who was in the picture that was drawn last
    this.week = -1;
    if (ties) this.setTies(ties);
  }

  /** Rows of two workers, familiarity and trust: ties that were there fade, new ones form. */
  setTies(ties) {
    const known = new Map();
    const { one, other, after } = this.pairs;
    one.forEach((a, k) => { if (after[k] > 0) known.set(a * 65536 + other[k], [after[k], 0]); });
    const of = this.places.seats.organisation;
    for (let k = 0; k + 3 < ties.length; k += 4) {
      if (of[ties[k]] === of[ties[k + 1]]) continue; // those of one organisation stand together
      const key = ties[k] * 65536 + ties[k + 1];
      known.set(key, [known.get(key)?.[0] ?? 0, ties[k + 2] * (0.3 + 0.7 * ties[k + 3])]);
    }
    const pairs = [...known];
    this.pairs = {
      one: Int32Array.from(pairs, ([key]) => Math.floor(key / 65536)),
      other: Int32Array.from(pairs, ([key]) => key % 65536),
      before: Float32Array.from(pairs, ([, each]) => each[0]),
      after: Float32Array.from(pairs, ([, each]) => each[1]),
    };
    const now = performance.now();
    const hurried = now - this.set < 3 * FORMING; // months fly past: no time to watch one tie form
    this.formed = hurried || !one.length || this.calm.matches ? now - FORMING : now;
    this.set = now;
    this.stale = true;
  }

  /**
   * Draw a day, which may be a fraction.
   * @param {number} day
   * @param {{kind: string, row: number}|null} selected
   * @param {"en"|"nl"} language
   * @param {boolean} [playing] whether days pass by themselves: people then walk no faster than the eye can follow
   * @returns {boolean} whether it moves on by itself, as ties form or fade
   */
  draw(day, selected, language, playing = false) {
    const began = performance.now();
    this.language = language;
    this.day = day;
    this.selected = selected;
    this._fit();
    this._move(day, playing ? began : null);
    this._behind(Math.max(0, Math.floor(day / DAYS_A_LOOK)), language, began);
    const to = this.context;
    to.setTransform(1, 0, 0, 1, 0, 0);
    to.drawImage(this.behind, 0, 0);
    to.setTransform(this.scale, 0, 0, this.scale, 0, 0);
    this._trails(to);
    this._people(to);
    this._numbers(to, language);
    if (selected) this._selected(to, selected);
    this._count(performance.now() - began);
    return began - this.formed < FORMING;
  }

  /** What is nearest to a point of the canvas, in pixels of the page: a person before what stands behind. */
  at(x, y) {
    if (!this.plan) return null;
    let best = null, least = REACH * REACH;
    const near = (kind, row, atX, atY, favour) => {
      const far = (atX - x) ** 2 + (atY - y) ** 2 + favour;
      if (far < least) { least = far; best = { kind, row }; }
    };
    for (let i = 0; i < this.crowd.count; i++) {
      if (this.here.state[i] !== AWAY) near("person", i, this.x[i], this.y[i], 0);
    }
    const { seatX, seatY, managerX, managerY, houses } = this.plan;
    seatX.forEach((atX, row) => near("worker", row, atX, seatY[row], 9));
    managerX.forEach((atX, row) => near("manager", row, atX, managerY[row], 9));
    this.places.organisations.forEach((_, row) => near("board", row, boardX(houses[row]), boardY(houses[row]), 9));
    return best;
  }

  /** Where a thing stands, in pixels of the page; null where it is not on screen. */
  whereIs({ kind, row }) {
    const { seatX, seatY, managerX, managerY, houses } = this.plan;
    if (kind === "person") return this.here.state[row] === AWAY ? null : { x: this.x[row], y: this.y[row] };
    if (kind === "worker") return { x: seatX[row], y: seatY[row] };
    if (kind === "manager") return { x: managerX[row], y: managerY[row] };
    return { x: boardX(houses[row]), y: boardY(houses[row]) };
  }

  /** Everything on screen on a day, in words: people, the most pressing first, then workers, managers and boards. */
  things(day, language = this.language ?? "en") {
    this._fit();
    this._move(day);
    const found = [];
    const add = (kind, row) => found.push({ kind, row, label: this.label({ kind, row }, language) });
    for (const state of [WAITING, WANDERING, HELPED, UNHEARD, HOME, ...LEFT]) {
      this.here.state.forEach((each, row) => { if (each === state) add("person", row); });
    }
    this.places.seats.team.forEach((_, row) => add("worker", row));
    this.places.teams.organisation.forEach((_, row) => add("manager", row));
    this.places.organisations.forEach((_, row) => add("board", row));
    return found;
  }

  /** One thing in words, on the day that was drawn or listed last. */
  label({ kind, row }, language = this.language ?? "en") {
    const { here, places } = this;
    if (kind === "person") return personSaid(this, row, here.piece[row], here.state[row], here.day, language);
    if (kind === "worker") return workerSaid(this, row, here.day, language);
    const organisation = this.titleOf(kind === "manager" ? places.teams.organisation[row] : row, language);
    return say(this.words, `hood-${kind}`, language, { team: row + 1, organisation });
  }

  /** The title of an organisation, or of the volunteers. */
  titleOf(organisation, language) {
    return this.places.organisations[organisation]?.[language] ?? say(this.words, "hood-volunteers", language);
  }

  /** What was looked at of a worker in the week of a day. */
  staffOf(column, row, day) {
    const values = this.world.staff[column];
    const [weeks, workers] = values.shape;
    return values[Math.min(weeks - 1, Math.max(0, Math.floor(day / DAYS_A_LOOK))) * workers + row];
  }

  _fit() {
    const { canvas } = this;
    if (this.plan && this.drawnWidth === canvas.width && this.drawnHeight === canvas.height) return;
    const width = canvas.clientWidth || canvas.width;
    this.scale = canvas.width / width;
    this.plan = layout(this.places, width, canvas.height / this.scale);
    [this.drawnWidth, this.drawnHeight] = [canvas.width, canvas.height];
    for (const layer of [this.ground, this.behind]) [layer.width, layer.height] = [canvas.width, canvas.height];
    this.here.day = this.next.day = NaN;
    this.stale = true;
  }

  // Between two days everybody walks from the one place to the other, slowly at both ends. Where days pass faster than
  // people can walk they go straight to where they are by now; `now` is null where the place must be exact.
  _move(day, now = null) {
    const whole = Math.floor(day), skips = Math.abs(whole - this.here.day) > 1;
    if (this.next.day === whole) [this.here, this.next] = [this.next, this.here];
    if (this.here.day !== whole) this.crowd.place(this.here, whole, this.plan);
    const part = this.calm.matches || (now !== null && skips) ? 0 : day - whole;
    if (part > 0 && this.next.day !== whole + 1) this.crowd.place(this.next, whole + 1, this.plan);
    const eased = part * part * (3 - 2 * part);
    const passed = Math.min(100, now - this.moved), walks = now !== null && !this.calm.matches;
    const share = 1 - Math.exp(-passed / SETTLING), most = HASTE * passed * this.plan.width;
    this.moved = now ?? performance.now();
    const { here, next, x, y, seen } = this;
    for (let i = 0; i < this.crowd.count; i++) {
      const goes = part > 0 && next.state[i] !== AWAY;
      let toX = goes ? here.x[i] + eased * (next.x[i] - here.x[i]) : here.x[i];
      let toY = goes ? here.y[i] + eased * (next.y[i] - here.y[i]) : here.y[i];
      if (walks && seen[i]) {
        const far = Math.hypot(toX - x[i], toY - y[i]), step = far > 0 ? Math.min(share, most / far) : 0;
        toX = x[i] + step * (toX - x[i]);
        toY = y[i] + step * (toY - y[i]);
      }
      x[i] = toX;
      y[i] = toY;
      seen[i] = here.state[i] === AWAY ? 0 : 1;
    }
  }

  _behind(week, language, now) {
    const forming = Math.min(1, (now - this.formed) / FORMING);
    const same = !this.stale && this.drawnIn === language && this.forming === forming;
    if (same && this.week === week) return;
    if (!same) this._ground(language, forming);
    [this.stale, this.week, this.drawnIn, this.forming] = [false, week, language, forming];
    this.counters.behind++;
    const to = this.behind.getContext("2d");
    to.setTransform(1, 0, 0, 1, 0, 0);
    to.drawImage(this.ground, 0, 0);
    to.setTransform(this.scale, 0, 0, this.scale, 0, 0);
    this._seats(to, week);
  }

  _ground(language, forming) {
    const to = this.ground.getContext("2d");
    to.setTransform(this.scale, 0, 0, this.scale, 0, 0);
    to.fillStyle = COLOURS.paper;
    to.fillRect(0, 0, this.plan.width, this.plan.height);
    this._homes(to, language);
    this.plan.houses.forEach((house) => shapes.house(to, house.x, house.y, house.width, house.height));
    this._teams(to);
    this._ties(to, forming);
    this.plan.houses.forEach((house) => this._house(to, house, language));
  }

  _homes(to, language) {
    const { plan } = this;
    to.beginPath();
    for (const zone of plan.homes) {
      for (let k = 0; k < plan.columns * plan.lines; k++) {
        const x = zone.x + (k % plan.columns + 0.5) * plan.pitch;
        shapes.home(to, x, zone.y + (Math.floor(k / plan.columns) + 0.5) * plan.pitch, 0.36 * plan.pitch);
      }
    }
    shapes.finish(to, shapes.HOME_LINE);
    for (const place of [plan.nursing, plan.out]) shapes.house(to, place.x, place.y, place.width, place.height);
    if (plan.narrow && plan.homes.length > 1) return;
    plan.homes.forEach((zone, k) => {
      const key = plan.homes.length > 1 ? "hood-zone" : "hood-neighbourhood";
      const said = say(this.words, key, language, { zone: k + 1 });
      this._write(to, said, zone.x, zone.y - 5, this._font(11), COLOURS.muted, COLOURS.paper);
    });
  }

  _teams(to) {
    const { seatX, seatY, managerX, managerY, cell, tall } = this.plan;
    const put = (x, y) => shapes.ground(to, x - 0.5 * cell, y - 0.4 * cell, cell, tall);
    this.places.seats.team.forEach((team, row) => { if (team % 2) put(seatX[row], seatY[row]); });
    managerX.forEach((x, team) => { if (team % 2) put(x, managerY[team]); });
  }

  _ties(to, forming) {
    const { one, other, before, after } = this.pairs;
    const { seatX, seatY } = this.plan;
    const faint = Math.min(1, Math.max(0.4, Math.sqrt(130 / seatX.length)));
    to.save();
    for (let bucket = 0; bucket < shapes.TIES.length; bucket++) {
      shapes.tiePen(to, bucket, faint);
      to.beginPath();
      for (let k = 0; k < one.length; k++) {
        const strength = before[k] + forming * (after[k] - before[k]);
        if (strength < 0.04 || Math.min(2, Math.floor(3 * strength)) !== bucket) continue;
        to.moveTo(seatX[one[k]], seatY[one[k]]);
        to.lineTo(seatX[other[k]], seatY[other[k]]);
      }
      to.stroke();
    }
    to.restore();
  }

  _house(to, house, language) {
    const volunteers = house.organisation === this.places.organisations.length;
    shapes.door(to, house.doorX, house.doorY, 8);
    if (!volunteers) shapes.board(to, boardX(house), boardY(house), 5);
    const room = (line) => house.width - 8 - (line === 0 && !volunteers ? 18 : 0); // the first one stands beside the board
    const { size, lines } = fitted(this.titleOf(house.organisation, language), room, (text, size) => this._wide(to, text, size));
    lines.forEach((line, k) => {
      this._write(to, line, house.x + 4, house.title + 1 + (k + 1) * (size + 1), this._font(size), COLOURS.ink, COLOURS.house);
    });
  }

  _seats(to, week) {
    const { seatX, seatY, managerX, managerY, cell } = this.plan;
    const { present, ownership } = this.world.staff;
    const [weeks, workers] = present.shape;
    const from = Math.min(week, weeks - 1) * workers;
    shapes.workers(to, workers, present, ownership, from, seatX, seatY, 0.27 * cell);
    shapes.managers(to, managerX, managerY, 0.27 * cell);
  }

  // The way from the last door to where somebody wanders now.
  _trails(to) {
    const { here, plan, crowd, x, y } = this;
    to.save();
    shapes.trailPen(to);
    to.beginPath();
    for (let i = 0; i < crowd.count; i++) {
      if (here.state[i] !== WANDERING) continue;
      const house = plan.houses[crowd.stays.organisation[crowd.lives.stay[here.piece[i]]]];
      to.moveTo(house.doorX, house.doorY);
      to.lineTo(x[i], y[i]);
    }
    to.stroke();
    to.restore();
  }

  _people(to) {
    const { here, crowd, x, y, plan } = this;
    for (const state of BATCHES) {
      const look = shapes.PEOPLE[STATES[state]];
      const r = state === HELPED ? Math.min(plan.dot, plan.cell / 6.4) : plan.dot;
      to.beginPath();
      for (let i = 0; i < crowd.count; i++) {
        if (here.state[i] === state && !this._fades(i)) look.outline(to, x[i], y[i], r);
      }
      shapes.finish(to, look);
      if (state !== ADMITTED && state !== GAVE_UP) continue;
      to.globalAlpha = 0.4;
      to.beginPath();
      for (let i = 0; i < crowd.count; i++) {
        if (here.state[i] === state && this._fades(i)) look.outline(to, x[i], y[i], r);
      }
      shapes.finish(to, look);
      to.globalAlpha = 1;
    }
    to.beginPath();
    for (let i = 0; i < crowd.count; i++) {
      if (here.state[i] !== HELPED || crowd.stays.called[crowd.lives.stay[here.piece[i]]] === 0) continue;
      shapes.calledIn(to, x[i], y[i], Math.min(plan.dot, plan.cell / 6.4));
    }
    shapes.finish(to, shapes.RING);
  }

  _fades(person) {
    return this.here.state[person] >= GAVE_UP && this.here.day - this.world.people.exit[person] > FADES;
  }

  _numbers(to, language) {
    const { here, plan } = this;
    for (const house of plan.houses) {
      const count = here.waiting[house.organisation];
      if (!count) continue;
      const days = Math.round(here.waited[house.organisation] / count);
      const y = house.doorY + (house.lower ? -22 : 17);
      to.textAlign = "right";
      this._write(to, String(count), house.doorX - plan.dot - 6, y, this._font(15, 700), COLOURS.ink, COLOURS.paper);
      const said = say(this.words, "hood-days", language, { days });
      this._write(to, said, house.doorX - plan.dot - 6, y + 13, this._font(11), COLOURS.ink, COLOURS.paper);
      to.textAlign = "left";
    }
    const now = onDay(this.tally, here.day);
    this._way(to, plan.nursing, "hood-nursing-home", now.crisis + now.planned, language);
    this._way(to, plan.out, "hood-given-up", now.gaveUp, language);
    this._above(to, now, language);
  }

  _way(to, place, key, count, language) {
    const text = say(this.words, key, language);
    let size = 12;
    while (size > 8 && this._wide(to, text, size) > place.width - 7) size -= 0.5;
    this._write(to, text, place.x + 4, place.y + 13, this._font(size), COLOURS.ink);
    this._write(to, String(count), place.x + 4, place.y + 29, this._font(14, 700), COLOURS.ink);
  }

  // How many of whom, above the picture, each behind its mark: in one line, or two by two.
  _above(to, now, language) {
    const { plan } = this;
    const said = SHOWN_ABOVE.map((name) => say(this.words, `hood-${name}`, language, { count: now[name] }));
    const across = plan.narrow ? 2 : 4, room = plan.width - 2 * plan.gap - 4;
    let size = 14, widths;
    do {
      to.font = this._font(--size, 600);
      widths = said.map((text) => to.measureText(text).width + 30);
    } while (size > 9 && (widths.slice(0, across).reduce((a, b) => a + b) > room
      || widths.slice(-across).reduce((a, b) => a + b) > room));
    let x = 0;
    said.forEach((text, k) => {
      if (k % across === 0) x = plan.gap + 4;
      const y = 16 + 19 * Math.floor(k / across);
      shapes.SAMPLES[SHOWN_ABOVE[k]](to, x + 4, y - 4, 14);
      this._write(to, text, x + 15, y, this._font(size, 600), COLOURS.ink);
      x += widths[k];
    });
  }

  _selected(to, selected) {
    const place = this.whereIs(selected);
    if (!place) return;
    if (selected.kind === "worker") this._tiesOf(to, selected.row);
    shapes.selection(to, place.x, place.y, Math.max(9, 0.42 * this.plan.cell));
  }

  _tiesOf(to, worker) {
    const { one, other, after } = this.pairs;
    const { seatX, seatY } = this.plan;
    to.save();
    to.strokeStyle = COLOURS.tie;
    to.lineWidth = 1.8;
    to.beginPath();
    for (let k = 0; k < one.length; k++) {
      if (after[k] === 0 || (one[k] !== worker && other[k] !== worker)) continue;
      to.moveTo(seatX[one[k]], seatY[one[k]]);
      to.lineTo(seatX[other[k]], seatY[other[k]]);
    }
    to.stroke();
    to.restore();
  }

  _font(size, weight = 400) {
    return `${weight} ${size}px ${FAMILY}`;
  }

  _wide(to, text, size) {
    to.font = this._font(size);
    return to.measureText(text).width;
  }

  _write(to, text, x, y, font, colour, halo = null) {
    to.font = font;
    if (halo) {
      to.strokeStyle = halo;
      to.lineWidth = 4;
      to.lineJoin = "round";
      to.strokeText(text, x, y);
      to.lineJoin = "miter";
    }
    to.fillStyle = colour;
    to.fillText(text, x, y);
  }

  _count(ms) {
    const { counters, here } = this;
    counters.frames++;
    counters.drawMs = ms;
    counters.meanMs += (ms - counters.meanMs) / Math.min(counters.frames, 60);
    counters.worstMs = Math.max(counters.worstMs, ms);
    for (let state = 1; state < STATES.length; state++) counters.states[STATES[state]] = here.states[state];
  }
}

/**
 * The key to everything on screen, drawn by what draws the picture.
 * @returns {{key: string, text: string, draw: function}[]} `draw(context, x, y, size)` draws around a point
 */
export function legend(words, language) {
  const said = (key) => say(words, `legend-${key}`, language);
  return Object.entries(shapes.SAMPLES).map(([key, draw]) => ({ key, text: said(key), draw }));
}

function boardX(house) { return house.x + house.width - 13; }

function boardY(house) { return house.title + 7; }

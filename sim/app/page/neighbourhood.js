// One world as a neighbourhood that explains itself, on one canvas, on any day.

import { Crowd } from "./crowd.js";
import { drawFigures } from "./figures.js";
import { boardX, boardY, drawGround, drawSeats } from "./ground.js";
import { Layer } from "./layer.js";
import { layout } from "./layout.js";
import { LEFT, personSaid, say, workerSaid } from "./labels.js";
import { ADMITTED, AWAY, DIED, ENDED, GAVE_UP, HELPED, HOME, STATES, UNHEARD, WAITING, WANDERING } from "./needs.js";
import * as shapes from "./shapes.js";
import { tallyOf } from "./tally.js";

const { COLOURS } = shapes;
const DAYS_A_LOOK = 7; // between two looks at workers
const REACH = 14; // pixels from a mark within which a pointer means it
const FADES = 45; // days after which those who left grow faint
const FORMING = 500; // milliseconds in which ties come and go
const SETTLING = 90; // milliseconds in which somebody who walks covers most of what is left of their way
const HASTE = 0.0012; // of the width of the picture, in a millisecond, at most
const PAUSES = { ground: 1000, seats: 300, figures: 150 }; // milliseconds between two drawings while days fly past
const NO_TIES = { one: [], other: [], strength: [] };
const BATCHES = [HOME, HELPED, UNHEARD, ENDED, DIED, ADMITTED, GAVE_UP, WANDERING, WAITING]; // drawn in this order

/** Draws one world on one canvas. */
export class Neighbourhood {
  /**
   * @param {HTMLCanvasElement} canvas whose size the page sets; a change of it is seen at the next drawing
   * @param {object} words sentences by key, each with `en` and `nl`
   */
  constructor(canvas, words) {
    this.canvas = canvas;
    this.words = words;
    this.context = canvas.getContext("2d", { willReadFrequently: true });
    // What changes seldom is drawn once: the ground with its ties, the ground as it was before these, who sits where
    // this week, and the figures of the day.
    [this.ground, this.past, this.seats, this.figures] = [0, 1, 2, 3].map(() => new Layer());
    this.counters = { frames: 0, drawMs: 0, meanMs: 0, worstMs: 0, states: {} };
    this.pairs = NO_TIES;
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
      this.pairs = NO_TIES;
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
    this.seats.drawn = this.figures.drawn = null;
    if (ties) this.setTies(ties);
  }

  /** Rows of two workers, familiarity and trust: ties that were there fade, new ones form. */
  setTies(ties) {
    const of = this.places.seats.organisation;
    const one = [], other = [], strength = [];
    for (let k = 0; k + 3 < ties.length; k += 4) {
      if (of[ties[k]] === of[ties[k + 1]]) continue; // those of one organisation stand together
      one.push(ties[k]);
      other.push(ties[k + 1]);
      strength.push(ties[k + 2] * (0.3 + 0.7 * ties[k + 3]));
    }
    const now = performance.now();
    const hurried = now - this.set < 3 * FORMING; // months fly past: no time to watch one tie form
    const forms = this.pairs.one.length && this.ground.drawn && !hurried && !this.calm.matches;
    if (forms) {
      [this.ground, this.past] = [this.past, this.ground];
      this.ground.drawn = null;
    }
    this.formed = forms ? now : now - FORMING;
    this.set = now;
    this.pairs = { one, other, strength };
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
    if (!this._differs([day, language, selected?.kind, selected?.row, this.world, this.pairs, this.plan, playing])) return false;
    this._move(day, playing ? began : null);
    this._layers(language, began, playing);
    const to = this.context, forming = (began - this.formed) / FORMING;
    to.setTransform(1, 0, 0, 1, 0, 0);
    to.drawImage(this.ground.canvas, 0, 0);
    if (forming < 1) {
      to.globalAlpha = 1 - forming;
      to.drawImage(this.past.canvas, 0, 0);
      to.globalAlpha = 1;
    }
    to.drawImage(this.seats.canvas, 0, 0);
    to.setTransform(this.scale, 0, 0, this.scale, 0, 0);
    this._trails(to);
    this._people(to);
    to.setTransform(1, 0, 0, 1, 0, 0);
    to.drawImage(this.figures.canvas, 0, 0);
    to.setTransform(this.scale, 0, 0, this.scale, 0, 0);
    if (selected) this._selected(to, selected);
    this._count(performance.now() - began);
    return forming < 1;
  }

  // Whether there is anything to draw: who stands still, and whose ties are formed, is drawn already.
  _differs(what) {
    const forming = performance.now() - this.formed < FORMING;
    const same = !forming && !this.forming && this.drawn?.every((each, i) => each === what[i]);
    [this.drawn, this.forming] = [what, forming];
    return !same;
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
    const { ground, past, seats, figures } = this;
    for (const layer of [ground, past, seats, figures]) layer.fit(canvas.width, canvas.height, this.scale);
    this.here.day = this.next.day = NaN;
    this.formed = -9 * FORMING;
  }

  // While days fly past, what is on a layer need not follow every frame.
  _layers(language, now, playing) {
    const { plan, places, words, pairs, here, tally } = this;
    const about = { plan, places, words, language, titleOf: (organisation) => this.titleOf(organisation, language) };
    const week = Math.max(0, Math.floor(here.day / DAYS_A_LOOK));
    const shows = {
      ground: [`${language} ${this.set}`, (to) => drawGround(to, { ...about, pairs })],
      seats: [`${week}`, (to) => drawSeats(to, plan, this.world.staff, week)],
      figures: [`${here.day} ${language}`, (to) => drawFigures(to, { ...about, here, tally })],
    };
    for (const [name, [what, how]] of Object.entries(shows)) {
      if (!playing || !this[name].drawn || now - this[name].when > PAUSES[name]) this[name].draw(what, how);
    }
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

  // All of one state in one path: hundreds of marks cost as little as a few.
  _people(to) {
    const { here, crowd, x, y, plan } = this;
    const small = Math.min(plan.dot, plan.cell / 6.4);
    for (const state of BATCHES) {
      if (!here.states[state]) continue;
      const look = shapes.PEOPLE[STATES[state]], r = state === HELPED ? small : plan.dot;
      for (const faint of state === ADMITTED || state === GAVE_UP ? [false, true] : [false]) {
        to.globalAlpha = faint ? 0.4 : 1;
        to.beginPath();
        for (let i = 0; i < crowd.count; i++) {
          if (here.state[i] === state && this._fades(i) === faint) look.outline(to, x[i], y[i], r);
        }
        shapes.finish(to, look);
      }
      to.globalAlpha = 1;
    }
    to.beginPath();
    for (let i = 0; i < crowd.count; i++) {
      if (here.state[i] !== HELPED || crowd.stays.called[crowd.lives.stay[here.piece[i]]] === 0) continue;
      shapes.calledIn(to, x[i], y[i], small);
    }
    shapes.finish(to, shapes.RING);
  }

  _fades(person) {
    const state = this.here.state[person];
    return (state === GAVE_UP || state === ADMITTED) && this.here.day - this.world.people.exit[person] > FADES;
  }

  _selected(to, selected) {
    const place = this.whereIs(selected);
    if (!place) return;
    if (selected.kind === "worker") this._tiesOf(to, selected.row);
    shapes.selection(to, place.x, place.y, Math.max(9, 0.42 * this.plan.cell));
  }

  _tiesOf(to, worker) {
    const { one, other } = this.pairs;
    const { seatX, seatY } = this.plan;
    to.save();
    to.strokeStyle = COLOURS.tie;
    to.lineWidth = 1.8;
    to.beginPath();
    for (let k = 0; k < one.length; k++) {
      if (one[k] !== worker && other[k] !== worker) continue;
      to.moveTo(seatX[one[k]], seatY[one[k]]);
      to.lineTo(seatX[other[k]], seatY[other[k]]);
    }
    to.stroke();
    to.restore();
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

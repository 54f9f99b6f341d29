// Where every person stands on a day, and how many are in which state.

import { NO_DAY } from "./decode.js";
import {
  ADMITTED, AWAY, DIED, ENDED, GAVE_UP, HELPED, HOME, STATES, UNHEARD, WAITING, WANDERING, livesOf, pieceOn,
} from "./needs.js";

const SHOWN = { [ADMITTED]: 91, [GAVE_UP]: 91, [DIED]: 3, [ENDED]: 3 }; // days that those who left can be seen
const STRAYS = 45; // days in which somebody without a next door drifts home
const MANY = 65536; // more than people, and than days, of a world

/** The people of one world. */
export class Crowd {
  /**
   * @param {object} world stays and people
   * @param {number} organisations how many there are; the next number is that of the volunteers
   * @param {number} workers how many seats there are
   */
  constructor(world, organisations, workers) {
    this.people = world.people;
    this.stays = world.stays;
    this.lives = livesOf(world);
    this.count = world.people.arrival.length;
    this.organisations = organisations;
    this.workers = workers;
    this.order = orderOfLeaving(world.people);
    this.homeOf = Uint32Array.from(world.people.low, (low, i) => scattered(low, world.people.high[i]));
    this.queued = new Float64Array(this.count);
    this.beside = new Int32Array(workers + organisations + 2);
  }

  /** Room for what {@link Crowd#place} finds. */
  room() {
    const { count, organisations } = this;
    return {
      day: NaN, x: new Float32Array(count), y: new Float32Array(count), state: new Uint8Array(count),
      piece: new Int32Array(count), waiting: new Int32Array(organisations + 1),
      waited: new Float64Array(organisations + 1), states: new Int32Array(STATES.length),
      helps: new Int32Array(this.workers),
    };
  }

  /** Put everybody in their place on a whole day. */
  place(into, day, plan) {
    into.day = day;
    for (const each of [into.waiting, into.waited, into.states, into.helps, this.beside]) each.fill(0);
    let queued = 0;
    for (let i = 0; i < this.count; i++) {
      const piece = pieceOn(this.lives, i, day);
      const state = piece < 0 ? AWAY : this.lives.state[piece];
      into.piece[i] = piece;
      into.state[i] = state;
      if (state >= GAVE_UP) {
        this._leave(into, i, state, day, plan);
      } else if (state !== AWAY) {
        into.states[state]++;
        if (state === WAITING) this.queued[queued++] = this._turn(i, piece);
        else if (state === HELPED) this._beside(into, i, this.lives.stay[piece], plan);
        else this._about(into, i, piece, state, day, plan);
      }
    }
    this._queue(into, queued, day, plan);
  }

  // Queues stand in order of who has been without help longest; one number sorts by organisation, day and person.
  _turn(i, piece) {
    return (this.stays.organisation[this.lives.stay[piece]] * MANY + this.lives.since[piece] + MANY / 2) * MANY + i;
  }

  _queue(into, queued, day, plan) {
    this.queued.subarray(0, queued).sort();
    for (let k = 0; k < queued; k++) {
      const piece = into.piece[this.queued[k] % MANY];
      const organisation = this.stays.organisation[this.lives.stay[piece]];
      into.waiting[organisation]++;
      into.waited[organisation] += day - this.lives.since[piece];
    }
    let k = 0;
    for (const house of plan.houses) {
      const count = into.waiting[house.organisation];
      // A queue stays before its own house: when it is long its columns move up.
      const across = Math.min(plan.step, (house.x + house.width - house.doorX) / Math.ceil(count / plan.queue));
      for (let rank = 0; rank < count; rank++, k++) {
        const i = this.queued[k] % MANY;
        const along = (rank % plan.queue) * plan.step + plan.dot + 6;
        into.x[i] = house.doorX + Math.floor(rank / plan.queue) * across;
        into.y[i] = house.doorY + (house.lower ? -along : along);
      }
    }
  }

  // Helped people stand below their worker, three in a row.
  _beside(into, i, stay, plan) {
    const worker = this.stays.worker[stay], organisation = this.stays.organisation[stay];
    const known = worker >= 0 && worker < this.workers;
    const house = plan.houses[organisation];
    const place = known ? this.beside[worker]++ : this.beside[this.workers + organisation]++;
    const step = known ? Math.min(plan.step, plan.cell / 3) : plan.step;
    const across = known ? 3 : Math.max(3, Math.floor((house.width - 16) / step));
    const x = known ? plan.seatX[worker] - step : house.x + 8 + plan.dot;
    const y = known ? plan.seatY[worker] + 0.3 * plan.cell + plan.dot + 1.5 : house.cells + plan.dot + 2;
    if (known) into.helps[worker]++;
    into.x[i] = x + (place % across) * step;
    into.y[i] = y + Math.min(Math.floor(place / across), known ? 2 : 99) * (known ? 0.32 * plan.cell : plan.step);
  }

  // At home, or between two doors, with a detour past home.
  _about(into, i, piece, state, day, plan) {
    const zone = plan.homes[this.people.zone[i]] ?? plan.homes[0];
    const cell = this.homeOf[i] % (plan.columns * plan.lines);
    const street = state === WANDERING ? 0.5 : 0; // who wanders is out in the street before the house
    const x = zone.x + (cell % plan.columns + 0.5 + street) * plan.pitch;
    const y = zone.y + (Math.floor(cell / plan.columns) + 0.5 + street) * plan.pitch;
    into.x[i] = x;
    into.y[i] = y;
    if (state !== WANDERING) return;
    const from = plan.houses[this.stays.organisation[this.lives.stay[piece]]];
    const next = piece + 1 < this.lives.first[i + 1] ? piece + 1 : -1;
    const goesTo = next >= 0 && this.lives.stay[next] >= 0 ? this.stays.organisation[this.lives.stay[next]] : -1;
    const until = goesTo >= 0 ? this.lives.day[next] : this.lives.day[piece] + STRAYS;
    const gone = Math.min(1, (day - this.lives.day[piece] + 1) / (until - this.lives.day[piece] + 1));
    const to = goesTo >= 0 ? plan.houses[goesTo] : null;
    into.x[i] = bent(outside(from, "X"), x, to ? outside(to, "X") : x, gone);
    into.y[i] = bent(outside(from, "Y"), y, to ? outside(to, "Y") : y, gone);
  }

  _leave(into, i, state, day, plan) {
    const since = day - this.people.exit[i];
    const counted = this.people.exit[i] >= 0; // who left before the first day is not of this story
    if (!counted || since >= SHOWN[state]) {
      into.state[i] = AWAY;
      return;
    }
    into.states[state]++;
    if (state === DIED || state === ENDED) {
      this._about(into, i, into.piece[i], HOME, day, plan);
      return;
    }
    const place = state === ADMITTED ? plan.nursing : plan.out;
    const across = Math.max(1, Math.floor((place.width - 10) / (plan.step + 2)));
    const rows = Math.max(1, Math.floor((place.height - 44) / (plan.step + 2)));
    const seat = this.order[i] % (across * rows);
    into.x[i] = place.x + 8 + (seat % across) * (plan.step + 2);
    into.y[i] = place.y + 40 + Math.floor(seat / across) * (plan.step + 2);
  }
}

function outside(house, axis) {
  return axis === "X" ? house.doorX - 14 : house.doorY + (house.lower ? -14 : 14);
}

function bent(from, past, to, part) {
  const rest = 1 - part;
  return rest * rest * from + 2 * rest * part * past + part * part * to;
}

// The how-manieth each was to be admitted, or to give up: it decides where they can be seen then.
function orderOfLeaving(people) {
  const order = new Int32Array(people.exit.length);
  const rows = [...people.exit.keys()].filter((i) => people.exit[i] !== NO_DAY)
    .sort((a, b) => people.exit[a] - people.exit[b]);
  const counted = [0, 0];
  for (const i of rows) {
    const admitted = people.status[i] === 4 || people.status[i] === 5 ? 1 : 0;
    if (admitted || people.status[i] === 3) order[i] = counted[admitted]++;
  }
  return order;
}

/** A number that is the same in both worlds for the same person, and spreads people over homes. */
function scattered(low, high) {
  let mixed = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

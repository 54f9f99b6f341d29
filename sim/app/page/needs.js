// What a person is to the eye on any day: from the stays of their needs, without a frame for any day.

import { NO_DAY } from "./decode.js";

/**
 * States of a person. Somebody with several needs shows one: the greatest number of those up to WAITING, for who waits
 * for anything is not yet helped with it, and who is sent from door to door is helped with the rest at most. A need
 * that nobody heard of yet gives way to help, as nobody is looking for that help.
 */
export const AWAY = 0, HOME = 1, UNHEARD = 2, HELPED = 3, WANDERING = 4, WAITING = 5;
export const GAVE_UP = 6, ADMITTED = 7, DIED = 8, ENDED = 9;

/** Names of the states, by number. */
export const STATES = [
  "away", "home", "unheard", "helped", "wandering", "waiting", "gave up", "admitted", "died", "ended",
];

const LEFT_AS = [AWAY, AWAY, AWAY, GAVE_UP, ADMITTED, ADMITTED, DIED, ENDED]; // by status at the end

/**
 * The life of each person in pieces: piece k of person i is one of `first[i]`..`first[i + 1]`, begins on `day[k]`, has
 * a `state[k]` and a `stay[k]`: where the person waits or is helped, of which door they wander, or -1.
 * @param {object} people columns of people
 * @param {object} stays columns of stays
 */
export function lives(people, stays) {
  const count = people.arrival.length;
  const { begin, rows } = staysOf(stays, count);
  const first = new Int32Array(count + 1);
  const day = [], state = [], stay = [];
  for (let i = 0; i < count; i++) {
    first[i] = day.length;
    const own = rows.subarray(begin[i], begin[i + 1]);
    for (const when of turns(people, stays, i, own)) {
      const [what, where] = left(people, i, when) ? [LEFT_AS[people.status[i]], -1] : stateOn(stays, own, when);
      const last = day.length - 1;
      if (last >= first[i] && state[last] === what && stay[last] === where) continue;
      day.push(when);
      state.push(what);
      stay.push(where);
    }
  }
  first[count] = day.length;
  return { first, day: Int16Array.from(day), state: Uint8Array.from(state), stay: Int32Array.from(stay) };
}

/** The piece of a person's life on a day, or -1 before they came. */
export function pieceOn(made, person, day) {
  let low = made.first[person], high = made.first[person + 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (made.day[middle] <= day) low = middle + 1; else high = middle;
  }
  return low > made.first[person] ? low - 1 : -1;
}

function staysOf(stays, count) {
  const begin = new Int32Array(count + 1);
  for (const client of stays.client) begin[client + 1]++;
  for (let i = 0; i < count; i++) begin[i + 1] += begin[i];
  const next = begin.slice();
  const rows = new Int32Array(stays.client.length);
  stays.client.forEach((client, row) => { rows[next[client]++] = row; });
  return { begin, rows };
}

function left(people, i, day) {
  return people.exit[i] !== NO_DAY && people.exit[i] <= day;
}

/** The days on which anything about a person may change, in order. */
function turns(people, stays, i, own) {
  const found = new Set([people.arrival[i], people.exit[i]]);
  for (const row of own) for (const name of ["onset", "seen", "start", "end"]) found.add(stays[name][row]);
  found.delete(NO_DAY);
  return [...found].filter((day) => day >= people.arrival[i] && (day === people.exit[i] || !left(people, i, day)))
    .sort((a, b) => a - b);
}

/** The state of somebody who is there, and the row of the stay that it is about. */
function stateOn(stays, own, day) {
  const needs = new Map();
  for (const row of own) {
    if (stays.onset[row] > day) continue;
    const need = needs.get(stays.need[row]) ?? { now: HOME, stay: -1, before: -1 };
    needs.set(stays.need[row], need);
    if (came(stays.end[row], day)) {
      if (stays.organisation[row] >= 0 && !(need.before >= 0 && stays.end[need.before] > stays.end[row])) {
        need.before = row;
      }
    } else {
      const now = came(stays.start[row], day) ? HELPED : came(stays.seen[row], day) ? WAITING : UNHEARD;
      if (rank(now) > rank(need.now) || (now === need.now && earlier(stays, row, need.stay))) {
        need.now = now;
        need.stay = now === UNHEARD ? -1 : row;
      }
    }
  }
  let what = HOME, where = -1;
  for (const need of needs.values()) {
    const wanders = need.now === UNHEARD && need.before >= 0;
    const now = wanders ? WANDERING : need.now;
    const row = wanders ? need.before : need.stay;
    if (now > what || (now === what && row >= 0 && earlier(stays, row, where))) [what, where] = [now, row];
  }
  return [what, where];
}

// Of one need: help counts before a place on a list, and that before looking for a door.
function rank(state) {
  return state === HELPED ? 3 : state === WAITING ? 2 : state === UNHEARD ? 1 : 0;
}

function came(day, now) {
  return day !== NO_DAY && day <= now;
}

function earlier(stays, row, other) {
  return other < 0 || stays.seen[row] < stays.seen[other];
}

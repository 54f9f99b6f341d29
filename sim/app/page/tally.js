// How many needs wait on each day of a world, and for how long: read from the stays, once for a future.
import { NO_DAY } from "./decode.js";

// Places in sim.model.record.REASONS after which a need goes on elsewhere: referred, refused, lost, moved, handed over.
const GOES_ON = new Set([2, 3, 5, 6, 7]);
const STATES = ["unheard", "seeking", "waiting", "helped"];
const UNHEARD = 0, SEEKING = 1, WAITING = 2, HELPED = 3;
// Places in sim.model.record.STATUSES of those who left, by the name that they have here.
const LEFT = { 3: "gaveUp", 4: "crisis", 5: "planned", 6: "died" };

/**
 * Needs by day: `unheard` where nobody was asked yet, `seeking` another door, `waiting` at one, `helped`; `waited` is the
 * sum of the days since those who seek and wait first asked; `gaveUp`, `crisis`, `planned` and `died` count people since
 * day 0.
 * @param {{stays: object, people: object}} world
 * @param {number} days
 */
export function needsByDay({ stays, people }, days) {
  // What changes on a day is noted, and summed in the end: a need of a thousand days costs as little as one of ten.
  const changes = STATES.map(() => new Int32Array(days + 1));
  const asking = new Float64Array(days + 1);
  for (const rows of needsOf(stays).values()) {
    const need = lifeOf(rows, stays, people, days);
    for (const [from, until, state] of pieces(need)) {
      changes[state][from]++;
      changes[state][until]--;
      if (state !== SEEKING && state !== WAITING) continue;
      asking[from] += need.asked;
      asking[until] -= need.asked;
    }
  }
  const found = Object.fromEntries(STATES.map((name, state) => [name, summed(changes[state]).subarray(0, days)]));
  const asked = summed(asking);
  found.waited = Float64Array.from(found.waiting, (waiting, day) => (waiting + found.seeking[day]) * day - asked[day]);
  return { ...found, ...peopleWhoLeft(people, days) };
}

function summed(values) {
  for (let i = 1; i < values.length; i++) values[i] += values[i - 1];
  return values;
}

/** The rows of each need's stays, by client and need. */
function needsOf(stays) {
  const needs = new Map();
  for (let row = 0; row < stays.client.length; row++) {
    const key = stays.client[row] * 256 + stays.need[row];
    const rows = needs.get(key);
    if (rows) rows.push(row);
    else needs.set(key, [row]);
  }
  return needs;
}

/** From when until when a need is there, when it was first asked for, and its stays with the days that came. */
function lifeOf(rows, stays, people, days) {
  const exit = people.exit[stays.client[rows[0]]];
  const here = exit === NO_DAY ? days : Math.min(exit, days);
  let onset = days, asked = days, until = 0;
  for (const row of rows) {
    onset = Math.min(onset, stays.onset[row]);
    if (stays.seen[row] !== NO_DAY) asked = Math.min(asked, stays.seen[row]);
    const open = stays.end[row] === NO_DAY || GOES_ON.has(stays.reason[row]);
    until = Math.max(until, open ? openUntil(rows, row, stays, here) : stays.end[row]);
  }
  until = Math.min(until, here);
  const there = rows.map((row) => {
    const end = stays.end[row] === NO_DAY ? until : Math.min(stays.end[row], until);
    const start = stays.start[row] === NO_DAY ? end : stays.start[row];
    return { seen: stays.seen[row] === NO_DAY ? start : stays.seen[row], start, end };
  });
  return { from: Math.max(onset, 0), until, asked, there };
}

/** Until when a need goes on after a stay that did not finish it: as long as its client is here, unless another did. */
function openUntil(rows, row, stays, here) {
  const end = stays.end[row];
  if (end === NO_DAY) return here;
  const finished = rows.some((each) => stays.end[each] >= end && !GOES_ON.has(stays.reason[each]));
  return finished ? 0 : here;
}

/** The pieces of a need's life in which nothing changes: from, until, state. */
function pieces({ from, until, asked, there }) {
  const points = [from, asked, ...there.flatMap(({ seen, start, end }) => [seen, start, end])]
    .filter((day) => day >= from && day < until).sort((one, other) => one - other);
  const found = [];
  points.forEach((day, i) => {
    const next = points[i + 1] ?? until;
    if (next > day) found.push([day, next, stateOn(day, asked, there)]);
  });
  return found;
}

function stateOn(day, asked, there) {
  if (there.some(({ start, end }) => start <= day && day < end)) return HELPED;
  if (there.some(({ seen, start }) => seen <= day && day < start)) return WAITING;
  return day >= asked ? SEEKING : UNHEARD;
}

function peopleWhoLeft(people, days) {
  const left = Object.fromEntries(Object.values(LEFT).map((name) => [name, new Int32Array(days)]));
  for (let row = 0; row < people.exit.length; row++) {
    const day = people.exit[row], name = LEFT[people.status[row]];
    if (name && day >= 0 && day < days) left[name][day]++;
  }
  Object.values(left).forEach(summed);
  return left;
}

/** The numbers of one day. */
export function onDay(needs, day) {
  const at = Math.min(Math.floor(day), needs.seeking.length - 1);
  const now = Object.fromEntries(Object.entries(needs).map(([name, values]) => [name, values[at]]));
  const all = now.seeking + now.waiting;
  return { ...now, all, mean: all ? now.waited / all : 0 };
}

/** Most needs that wait on any day of these futures: the length of a full bar. */
export const mostWaiting = (futures) =>
  futures.reduce((most, needs) => needs.seeking.reduce((m, each, day) => Math.max(m, each + needs.waiting[day]), most), 1);

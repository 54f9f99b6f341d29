// How many needs wait on each day of a world, and for how long: read from the stays, once for a future.
import { NO_DAY } from "./decode.js";

// Places in sim.model.record.REASONS after which a need goes on elsewhere: referred, refused, lost, moved, handed over.
const GOES_ON = new Set([2, 3, 5, 6, 7]);
const SEEKING = 1, WAITING = 2, HELPED = 3;
// Places in sim.model.record.STATUSES of those who left, by the name that they have here.
const LEFT = { 3: "gaveUp", 4: "crisis", 5: "planned", 6: "died" };

/**
 * Needs by day: `seeking` a door, `waiting` at one, `helped`; `waited` is the sum of the days that those who seek and
 * wait have waited so far; `gaveUp`, `crisis`, `planned` and `died` count people since day 0.
 * @param {{stays: object, people: object}} world
 * @param {number} days
 */
export function needsByDay({ stays, people }, days) {
  const found = { seeking: new Uint16Array(days), waiting: new Uint16Array(days), helped: new Uint16Array(days),
    waited: new Float64Array(days) };
  const line = new Uint8Array(days);
  for (const rows of needsOf(stays).values()) {
    const [from, until, onset] = painted(line, rows, stays, people, days);
    for (let day = from; day < until; day++) {
      if (line[day] === HELPED) { found.helped[day]++; continue; }
      found[line[day] === WAITING ? "waiting" : "seeking"][day]++;
      found.waited[day] += day - onset;
    }
  }
  return { ...found, ...peopleWhoLeft(people, days) };
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

/** Paint a need's state on each of its days, the stronger state last. */
function painted(line, rows, stays, people, days) {
  const exit = people.exit[stays.client[rows[0]]];
  const here = exit === NO_DAY ? days : Math.min(exit, days);
  let onset = days, until = 0;
  for (const row of rows) {
    onset = Math.min(onset, stays.onset[row]);
    const open = stays.end[row] === NO_DAY || GOES_ON.has(stays.reason[row]);
    until = Math.max(until, open ? openUntil(rows, row, stays, here) : stays.end[row]);
  }
  until = Math.min(until, here);
  const from = Math.max(onset, 0);
  if (until > from) line.fill(SEEKING, from, until);
  for (const state of [WAITING, HELPED]) {
    for (const row of rows) {
      const { seen, start, end } = daysOf(stays, row);
      const over = end === NO_DAY ? until : Math.min(end, until);
      const [one, other] = state === HELPED ? [start, over] : [seen, start === NO_DAY ? over : start];
      if (one !== NO_DAY && Math.min(other, until) > Math.max(one, 0)) line.fill(state, Math.max(one, 0), Math.min(other, until));
    }
  }
  return [from, until, onset];
}

const daysOf = (stays, row) => ({ seen: stays.seen[row], start: stays.start[row], end: stays.end[row] });

/** Until when a need goes on after a stay that did not finish it: as long as its client is here, unless another did. */
function openUntil(rows, row, stays, here) {
  const end = stays.end[row];
  if (end === NO_DAY) return here;
  const finished = rows.some((each) => stays.end[each] >= end && !GOES_ON.has(stays.reason[each]));
  return finished ? 0 : here;
}

function peopleWhoLeft(people, days) {
  const left = { gaveUp: new Uint16Array(days), crisis: new Uint16Array(days), planned: new Uint16Array(days),
    died: new Uint16Array(days) };
  for (let row = 0; row < people.exit.length; row++) {
    const day = people.exit[row], name = LEFT[people.status[row]];
    if (name && day >= 0 && day < days) left[name][day]++;
  }
  for (const each of Object.values(left)) for (let day = 1; day < days; day++) each[day] += each[day - 1];
  return left;
}

/** The numbers of one day. */
export function onDay(needs, day) {
  const at = Math.min(Math.floor(day), needs.seeking.length - 1);
  const now = Object.fromEntries(Object.entries(needs).map(([name, values]) => [name, values[at]]));
  const all = now.seeking + now.waiting;
  return { ...now, all, mean: all ? now.waited / all : 0 };
}

/** Most needs without help on any day of these futures: the length of a full bar. */
export const mostWaiting = (futures) =>
  futures.reduce((most, needs) => needs.seeking.reduce((m, each, day) => Math.max(m, each + needs.waiting[day]), most), 1);

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
const NONE = { state: HOME, stay: -1, since: NO_DAY };

/**
 * The lives of the people of a world in pieces, worked out once: piece k of person i is one of `first[i]` up to
 * `first[i + 1]` and begins on `day[k]`. Its `state[k]` is about `stay[k]`: where the person waits or is helped, of which door they
 * wander, or -1. `since[k]` is the first day of that help; of who has none, the first day without: the day on which
 * the need arose, or on which its help last stopped.
 * @param {{people: object, stays: object}} world stays in order of person and need
 */
export function livesOf(world) {
  return (world.lives ??= lives(world.people, world.stays));
}

function lives(people, stays) {
  const count = people.arrival.length, rows = stays.client.length;
  const first = new Int32Array(count + 1);
  const most = 4 * rows + 2 * count; // each day of a stay, an arrival or an exit begins one piece at most
  const made = {
    first, day: new Int16Array(most), state: new Uint8Array(most), stay: new Int32Array(most),
    since: new Int16Array(most),
  };
  let pieces = 0, to = 0;
  for (let i = 0; i < count; i++) {
    first[i] = pieces;
    const from = to;
    while (to < rows && stays.client[to] === i) to++;
    for (const day of turns(people, stays, i, from, to)) {
      const leaves = day === people.exit[i];
      const now = leaves ? { ...NONE, state: LEFT_AS[people.status[i]] } : pressing(stays, from, to, day);
      if (pieces > first[i] && made.state[pieces - 1] === now.state && made.stay[pieces - 1] === now.stay) continue;
      made.day[pieces] = day;
      made.state[pieces] = now.state;
      made.stay[pieces] = now.stay;
      made.since[pieces++] = now.since;
    }
  }
  first[count] = pieces;
  return made;
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

/** The days on which anything about a person may change, in order. */
function turns(people, stays, i, from, to) {
  const comes = people.arrival[i], exit = people.exit[i];
  const found = exit === NO_DAY ? [comes] : [comes, exit];
  const until = exit === NO_DAY ? Infinity : exit;
  for (let row = from; row < to; row++) {
    for (const days of [stays.onset, stays.seen, stays.start, stays.end]) {
      if (days[row] > comes && days[row] < until) found.push(days[row]);
    }
  }
  found.sort((a, b) => a - b);
  return found.filter((day, k) => k === 0 || day !== found[k - 1]);
}

/** What presses somebody most who is there: of all their needs, and of those alike the oldest. */
function pressing(stays, from, to, day) {
  let most = NONE;
  for (let row = from, next; row < to; row = next) {
    for (next = row + 1; next < to && stays.need[next] === stays.need[row];) next++;
    const need = needOn(stays, row, next, day);
    if (need.state > most.state || (need.state === most.state && need.since < most.since)) most = need;
  }
  return most;
}

/** What one need is on a day. Help counts before a place on a list, and that before looking for a door. */
function needOn(stays, from, to, day) {
  if (stays.onset[from] > day) return NONE;
  let helped = -1, waits = -1, open = -1, before = -1, without = stays.onset[from];
  for (let row = from; row < to; row++) {
    if (came(stays.end[row], day)) {
      if (came(stays.start[row], day)) without = Math.max(without, stays.end[row]);
      if (stays.organisation[row] >= 0 && (before < 0 || stays.end[row] >= stays.end[before])) before = row;
    } else if (came(stays.start[row], day)) {
      helped = row;
    } else if (came(stays.seen[row], day)) {
      if (waits < 0 || stays.seen[row] < stays.seen[waits]) waits = row;
    } else {
      open = row;
    }
  }
  if (helped >= 0) return { state: HELPED, stay: helped, since: stays.start[helped] };
  if (waits >= 0) return { state: WAITING, stay: waits, since: without };
  if (open < 0) return NONE;
  const wanders = before >= 0;
  return { state: wanders ? WANDERING : UNHEARD, stay: wanders ? before : open, since: without };
}

function came(day, now) {
  return day !== NO_DAY && day <= now;
}

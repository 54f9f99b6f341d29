// What is said of everything in the picture.

import { ADMITTED, DIED, ENDED, GAVE_UP, HELPED, STATES } from "./needs.js";

/** A sentence of the page with its fields filled in. */
export function say(words, key, language, fields = {}) {
  const said = words[key]?.[language] ?? key;
  return said.replace(/\{(\w+)\}/g, (_, name) => fields[name] ?? "");
}

/** The number by which a person is known, the same in both worlds. */
export function numberOf(people, row) {
  return people.high[row] * 2 ** 32 + people.low[row];
}

/** What a person is doing, in words. */
export function personSaid(hood, row, piece, state, day, language) {
  const { stays, people, lives } = hood.crowd;
  const stay = piece >= 0 ? lives.stay[piece] : -1;
  const told = { person: numberOf(people, row) };
  let key = STATES[state];
  if (stay >= 0) {
    told.kind = hood.places.kinds[stays.kind[stay]][language].toLowerCase();
    told.organisation = hood.titleOf(stays.organisation[stay], language);
    told.days = day - lives.since[piece];
    if (state === HELPED && stays.called[stay] > 0) key = "called";
  }
  return say(hood.words, `hood-person-${key}`, language, told);
}

/** Who sits in a seat, in words. */
export function workerSaid(hood, row, day, language) {
  const { seats, kinds } = hood.places;
  const present = hood.staffOf("present", row, day);
  const key = present > 0 ? "work" : present < 0 ? "vacant" : "ill";
  return say(hood.words, `hood-worker-${key}`, language, {
    worker: row + 1,
    craft: kinds[seats.craft[row]][language].toLowerCase(),
    organisation: hood.titleOf(seats.organisation[row], language),
    ownership: Math.round(100 * hood.staffOf("ownership", row, day)),
    people: hood.here.helps[row],
  });
}

/** States of people who have left. */
export const LEFT = [GAVE_UP, ADMITTED, DIED, ENDED];

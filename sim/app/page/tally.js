// How many people are in each state on every day of a world, and how long those who wait have been without help.
import { HELPED, UNHEARD, WAITING, WANDERING, livesOf } from "./needs.js";

// Places in sim.model.record.STATUSES of those who left, by the name that they have here.
const LEFT = { 3: "gaveUp", 4: "crisis", 5: "planned", 6: "died" };
const COUNTED = { waiting: WAITING, wandering: WANDERING, helped: HELPED, unheard: UNHEARD };

/**
 * People by day, worked out once for a world: those `waiting` in a queue, `wandering` from door to door, `helped`, and
 * `unheard`, each in one of these as the picture shows them; `waited`, the sum of the days without help of those who
 * wait and wander; and since day 0 who `gaveUp`, was admitted in a `crisis` or as `planned`, or `died`.
 * @param {{stays: object, people: object}} world
 * @param {number} days
 * @returns {Object<string, Int32Array>} each with a number a day
 */
export function tallyOf(world, days) {
  return (world.tally ??= tally(world.people, livesOf(world), days));
}

// What changes on a day is noted, and summed in the end: a state of a thousand days costs as little as one of ten.
function tally(people, lives, days) {
  const room = () => new Int32Array(days + 1);
  const names = ["waited", ...Object.keys(COUNTED), ...Object.values(LEFT)];
  const found = Object.fromEntries(names.map((name) => [name, room()]));
  const since = room();
  const byState = [];
  for (const [name, state] of Object.entries(COUNTED)) byState[state] = found[name];
  for (let i = 0; i < people.exit.length; i++) {
    for (let k = lives.first[i], end = lives.first[i + 1]; k < end; k++) {
      const counts = byState[lives.state[k]], from = Math.max(lives.day[k], 0);
      const until = k + 1 < end ? Math.min(lives.day[k + 1], days) : days;
      if (!counts || until <= from) continue;
      counts[from]++;
      counts[until]--;
      if (lives.state[k] < WANDERING) continue;
      since[from] += lives.since[k];
      since[until] -= lives.since[k];
    }
    const day = people.exit[i], left = LEFT[people.status[i]];
    if (left && day >= 0 && day < days) found[left][day]++;
  }
  for (const values of [since, ...Object.values(found)]) {
    for (let day = 1; day <= days; day++) values[day] += values[day - 1];
  }
  found.waiting.forEach((waiting, day) => { found.waited[day] = (waiting + found.wandering[day]) * day - since[day]; });
  return found;
}

/** The numbers of one day; `all` who wait or wander, and for how many days they are without help, as a `mean`. */
export function onDay(counts, day) {
  const now = Object.fromEntries(Object.entries(counts).map(([name, values]) => [name, values[Math.floor(day)]]));
  const all = now.waiting + now.wandering;
  return { ...now, all, mean: all ? now.waited / all : 0 };
}

/** Most people who wait or wander on any day of these worlds: the length of a full bar. */
export const mostWaiting = (worlds) =>
  Math.max(1, ...worlds.map(({ waiting, wandering }) => Math.max(...waiting.map((each, day) => each + wandering[day]))));

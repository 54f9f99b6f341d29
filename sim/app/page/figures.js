// The figures of a day: before each door, at the two ways out, and above the picture.

import { say } from "./labels.js";
import { font, wide, write } from "./pen.js";
import * as shapes from "./shapes.js";
import { onDay } from "./tally.js";

const { COLOURS } = shapes;
const ABOVE = ["waiting", "wandering", "helped", "unheard"];

/** How many wait at each door and how long, how many left, and how many of whom there are. */
export function drawFigures(to, { plan, here, tally, words, language }) {
  const now = onDay(tally, here.day);
  for (const house of plan.houses) queue(to, plan, house, here, words, language);
  way(to, plan.nursing, say(words, "hood-nursing-home", language), now.crisis + now.planned);
  way(to, plan.out, say(words, "hood-given-up", language), now.gaveUp);
  above(to, plan, ABOVE.map((name) => say(words, `hood-${name}`, language, { count: now[name] })));
}

function queue(to, plan, house, { waiting, waited }, words, language) {
  const count = waiting[house.organisation];
  if (!count) return;
  const days = Math.round(waited[house.organisation] / count);
  const x = house.doorX - plan.dot - 6, y = house.doorY + (house.lower ? -22 : 17);
  to.textAlign = "right";
  write(to, String(count), x, y, font(15, 700), COLOURS.ink, COLOURS.paper);
  write(to, say(words, "hood-days", language, { days }), x, y + 13, font(11), COLOURS.ink, COLOURS.paper);
  to.textAlign = "left";
}

function way(to, place, text, count) {
  let size = 12;
  while (size > 8 && wide(to, text, size) > place.width - 7) size -= 0.5;
  write(to, text, place.x + 4, place.y + 13, font(size), COLOURS.ink);
  write(to, String(count), place.x + 4, place.y + 29, font(14, 700), COLOURS.ink);
}

// Each behind its mark: in one line, or two by two.
function above(to, plan, said) {
  const across = plan.narrow ? 2 : 4, room = plan.width - 2 * plan.gap - 4;
  let size = 14, widths, longest;
  do {
    size--;
    widths = said.map((text) => wide(to, text, size, 600) + 30);
    longest = Math.max(...[widths.slice(0, across), widths.slice(-across)].map((row) => row.reduce((a, b) => a + b)));
  } while (size > 9 && longest > room);
  let x = 0;
  said.forEach((text, k) => {
    if (k % across === 0) x = plan.gap + 4;
    const y = 16 + 19 * Math.floor(k / across);
    shapes.SAMPLES[ABOVE[k]](to, x + 4, y - 4, 14);
    write(to, text, x + 15, y, font(size, 600), COLOURS.ink);
    x += widths[k];
  });
}

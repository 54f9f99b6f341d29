// What stands still: homes, houses with their titles, ties, and who sits where.

import { say } from "./labels.js";
import { font, wide, write } from "./pen.js";
import * as shapes from "./shapes.js";
import { fitted } from "./titles.js";

const { COLOURS } = shapes;

/** The neighbourhood without people: everything that changes with the ties only. */
export function drawGround(to, { plan, places, pairs, words, language, titleOf }) {
  to.fillStyle = COLOURS.paper;
  to.fillRect(0, 0, plan.width, plan.height);
  homes(to, plan, words, language);
  for (const house of plan.houses) shapes.house(to, house.x, house.y, house.width, house.height);
  teams(to, plan, places.seats);
  ties(to, plan, pairs);
  for (const house of plan.houses) {
    const volunteers = house.organisation === places.organisations.length;
    shapes.door(to, house.doorX, house.doorY, 8);
    if (!volunteers) shapes.board(to, boardX(house), boardY(house), 5);
    title(to, house, titleOf(house.organisation), volunteers ? 0 : 18);
  }
}

/** Workers and managers in a week. */
export function drawSeats(to, { seatX, seatY, managerX, managerY, cell }, { present, ownership }, week) {
  const [weeks, workers] = present.shape;
  const from = Math.min(week, weeks - 1) * workers;
  shapes.workers(to, workers, present, ownership, from, seatX, seatY, 0.27 * cell);
  shapes.managers(to, managerX, managerY, 0.27 * cell);
}

/** Where the board of a house is. */
export function boardX(house) { return house.x + house.width - 13; }

/** Where the board of a house is. */
export function boardY(house) { return house.title + 7; }

function homes(to, plan, words, language) {
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
    write(to, say(words, key, language, { zone: k + 1 }), zone.x, zone.y - 5, font(11), COLOURS.muted, COLOURS.paper);
  });
}

function teams(to, { seatX, seatY, managerX, managerY, cell, tall }, seats) {
  const put = (x, y) => shapes.ground(to, x - 0.5 * cell, y - 0.4 * cell, cell, tall);
  seats.team.forEach((team, row) => { if (team % 2) put(seatX[row], seatY[row]); });
  managerX.forEach((x, team) => { if (team % 2) put(x, managerY[team]); });
}

function ties(to, { seatX, seatY }, { one, other, strength }) {
  const faint = Math.min(1, Math.max(0.4, Math.sqrt(130 / seatX.length)));
  to.save();
  for (let bucket = 0; bucket < shapes.TIES.length; bucket++) {
    shapes.tiePen(to, bucket, faint);
    to.beginPath();
    for (let k = 0; k < one.length; k++) {
      if (strength[k] < 0.04 || Math.min(2, Math.floor(3 * strength[k])) !== bucket) continue;
      to.moveTo(seatX[one[k]], seatY[one[k]]);
      to.lineTo(seatX[other[k]], seatY[other[k]]);
    }
    to.stroke();
  }
  to.restore();
}

// The first line stands beside the board.
function title(to, house, said, board) {
  const room = (line) => house.width - 8 - (line === 0 ? board : 0);
  const { size, lines } = fitted(said, room, (text, letters) => wide(to, text, letters));
  lines.forEach((line, k) => {
    write(to, line, house.x + 4, house.title + 1 + (k + 1) * (size + 1), font(size), COLOURS.ink, COLOURS.house);
  });
}

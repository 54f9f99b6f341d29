// The marks of the picture. The legend draws with the same functions, so that it cannot say anything else.

const INK = "#1b1b1b", MUTED = "#595959", FAINT = "#8f8f8f", GRID = "#dddddd", PAPER = "#ffffff";
const VERMILION = "#d55e00", BLUE = "#0072b2", GREEN = "#009e73", SKY = "#56b4e9", PINK = "#b0578a", GROUND = "#e3e3de";

/** Colours of what is no mark. */
export const COLOURS = { ink: INK, muted: MUTED, faint: FAINT, grid: GRID, paper: PAPER, house: "#f4f4f1", tie: PINK };

const TINY = 1.5; // pixels below which nobody can tell a circle from a square

/** Outlines: each adds one mark to the path that is open. */
const circle = (to, x, y, r) => {
  if (r < TINY) { square(to, x, y, 0.886 * r); return; } // as large, and quicker to draw
  to.moveTo(x + r, y);
  to.arc(x, y, r, 0, 2 * Math.PI);
};
const square = (to, x, y, r) => to.rect(x - r, y - r, 2 * r, 2 * r);
const triangle = (to, x, y, r) => polygon(to, x, y - 1.2 * r, x + 1.15 * r, y + 0.9 * r, x - 1.15 * r, y + 0.9 * r);
const diamond = (to, x, y, r) => {
  to.moveTo(x, y - 1.3 * r); to.lineTo(x + 1.3 * r, y); to.lineTo(x, y + 1.3 * r); to.lineTo(x - 1.3 * r, y);
  to.closePath();
};
const plus = (to, x, y, r) => {
  to.moveTo(x - r, y); to.lineTo(x + r, y); to.moveTo(x, y - r); to.lineTo(x, y + r);
};
const cross = (to, x, y, r) => {
  to.moveTo(x - r, y - r); to.lineTo(x + r, y + r); to.moveTo(x + r, y - r); to.lineTo(x - r, y + r);
};

function polygon(to, x1, y1, x2, y2, x3, y3) {
  to.moveTo(x1, y1); to.lineTo(x2, y2); to.lineTo(x3, y3); to.closePath();
}

/** How people look in each state: an outline, what fills it, and the line around it. */
export const PEOPLE = {
  waiting: { outline: square, fill: VERMILION, line: INK, width: 0.8 },
  wandering: { outline: triangle, fill: BLUE, line: PAPER, width: 0.6 },
  helped: { outline: circle, fill: GREEN },
  unheard: { outline: diamond, fill: PAPER, line: INK, width: 1.3 },
  home: { outline: circle, fill: FAINT },
  admitted: { outline: plus, line: INK, width: 2 },
  "gave up": { outline: cross, line: VERMILION, width: 1.8 },
  died: { outline: circle, line: FAINT, width: 1 },
  ended: { outline: circle, line: FAINT, width: 1 },
};

/** Fill and line the marks of one look that are in the open path. */
export function finish(to, look) {
  if (look.fill) { to.fillStyle = look.fill; to.fill(); }
  if (look.line) { to.strokeStyle = look.line; to.lineWidth = look.width; to.stroke(); }
}

/** One person. */
export function person(to, state, x, y, r) {
  to.beginPath();
  PEOPLE[state].outline(to, x, y, r);
  finish(to, PEOPLE[state]);
}

/** The ring around somebody whose help was called in from another worker. */
export function calledIn(to, x, y, r) { to.moveTo(x + r + 1.8, y); to.arc(x, y, r + 1.8, 0, 2 * Math.PI); }

/** The line of that ring. */
export const RING = { line: INK, width: 1 };

/**
 * Workers: at work with as much of the seat filled as they feel owner (0..1), ill (presence 0) or an empty seat (-1).
 * All of them in a few paths, as there are hundreds.
 */
export function workers(to, count, present, ownership, from, x, y, r) {
  const each = (wanted, look, add) => {
    to.beginPath();
    for (let w = 0; w < count; w++) if (Math.sign(present[from + w]) === wanted) add(x[w], y[w], ownership[from + w]);
    finish(to, look);
  };
  const seat = (atX, atY) => square(to, atX, atY, r);
  each(1, AT_WORK, seat);
  each(1, OWNED, (atX, atY, own) => to.rect(atX - r, atY + r - 2 * r * own, 2 * r, 2 * r * own));
  each(1, SEAT, seat);
  each(0, SEAT, (atX, atY) => { seat(atX, atY); to.moveTo(atX - r, atY + r); to.lineTo(atX + r, atY - r); });
  to.setLineDash([1.5, 2]);
  each(-1, VACANT, seat);
  to.setLineDash([]);
}

const AT_WORK = { fill: PAPER }, OWNED = { fill: SKY };
const SEAT = { line: INK, width: 1.1 }, VACANT = { line: MUTED, width: 1 };

const one = (to, present, ownership, x, y, r) => workers(to, 1, [present], [ownership], 0, [x], [y], r);

/** Managers: hexagons. */
export function managers(to, x, y, r) {
  to.beginPath();
  for (let m = 0; m < x.length; m++) {
    for (let i = 0; i < 6; i++) {
      const angle = i * Math.PI / 3;
      to[i ? "lineTo" : "moveTo"](x[m] + 1.15 * r * Math.cos(angle), y[m] + 1.15 * r * Math.sin(angle));
    }
    to.closePath();
  }
  to.fillStyle = INK;
  to.fill();
}

/** The ground under every other team: seats of one team stand on one ground. */
export function ground(to, x, y, width, height) {
  to.fillStyle = GROUND;
  to.fillRect(x, y, width, height);
}

/** A board: a gable on pillars. */
export function board(to, x, y, r) {
  to.fillStyle = INK;
  to.beginPath();
  polygon(to, x, y - 1.1 * r, x + 1.3 * r, y - 0.2 * r, x - 1.3 * r, y - 0.2 * r);
  for (const at of [-0.9, -0.15, 0.6]) to.rect(x + at * r, y, 0.35 * r, 0.75 * r);
  to.rect(x - 1.3 * r, y + 0.8 * r, 2.6 * r, 0.3 * r);
  to.fill();
}

/** An organisation: a house. */
export function house(to, x, y, width, height) {
  to.fillStyle = COLOURS.house;
  to.strokeStyle = MUTED;
  to.lineWidth = 1;
  to.fillRect(x, y, width, height);
  to.strokeRect(x, y, width, height);
}

/** Its door: a thick stroke in the wall that looks upon the neighbourhood. */
export function door(to, x, y, r) {
  to.fillStyle = INK;
  to.fillRect(x - r, y - 2, 2 * r, 4);
}

/** A home in the neighbourhood. */
export function home(to, x, y, r) {
  to.moveTo(x - r, y + r); to.lineTo(x - r, y - 0.2 * r); to.lineTo(x, y - r); to.lineTo(x + r, y - 0.2 * r);
  to.lineTo(x + r, y + r); to.closePath();
}

/** The line around homes. */
export const HOME_LINE = { line: "#c9c9c4", width: 1 };

/** Ties by strength, weakest first. */
export const TIES = [0.14, 0.3, 0.62].map((alpha, i) => ({ alpha, width: 0.5 + 0.45 * i }));

/** Set the pen for ties of a strength; `faint` (0..1) makes all fainter, where there are many workers. */
export function tiePen(to, strength, faint = 1) {
  to.strokeStyle = PINK;
  to.globalAlpha = faint * TIES[strength].alpha;
  to.lineWidth = TIES[strength].width;
}

/** The way that somebody who wanders came: set the pen for it. */
export function trailPen(to) {
  to.strokeStyle = BLUE;
  to.lineWidth = 0.8;
  to.setLineDash([2, 3]);
}

/** What is selected. */
export function selection(to, x, y, r) {
  to.beginPath();
  to.arc(x, y, r, 0, 2 * Math.PI);
  to.strokeStyle = PAPER; to.lineWidth = 5; to.stroke();
  to.strokeStyle = INK; to.lineWidth = 2; to.stroke();
}

const half = (size) => 0.3 * size;

/** Everything on screen and how it is drawn, in the order of the legend: key to a drawing around a point. */
export const SAMPLES = {
  waiting: (to, x, y, size) => person(to, "waiting", x, y, half(size)),
  wandering: (to, x, y, size) => {
    to.save(); trailPen(to); line(to, x - size / 2, y, x, y); to.restore();
    person(to, "wandering", x + 0.1 * size, y, half(size));
  },
  helped: (to, x, y, size) => person(to, "helped", x, y, half(size)),
  called: (to, x, y, size) => {
    person(to, "helped", x, y, half(size));
    to.beginPath(); calledIn(to, x, y, half(size)); finish(to, RING);
  },
  unheard: (to, x, y, size) => person(to, "unheard", x, y, 0.8 * half(size)),
  home: (to, x, y, size) => person(to, "home", x, y, 0.7 * half(size)),
  admitted: (to, x, y, size) => person(to, "admitted", x, y, half(size)),
  "gave up": (to, x, y, size) => person(to, "gave up", x, y, half(size)),
  left: (to, x, y, size) => person(to, "ended", x, y, half(size)),
  worker: (to, x, y, size) => one(to, 1, 0.5, x, y, half(size)),
  ill: (to, x, y, size) => one(to, 0, 0, x, y, half(size)),
  vacant: (to, x, y, size) => one(to, -1, 0, x, y, half(size)),
  manager: (to, x, y, size) => managers(to, [x], [y], half(size)),
  team: (to, x, y, size) => {
    ground(to, x - size / 2, y - size / 2, size, size);
    managers(to, [x - 0.24 * size], [y], 0.18 * size);
    one(to, 1, 0.5, x + 0.24 * size, y, 0.18 * size);
  },
  board: (to, x, y, size) => board(to, x, y, half(size)),
  organisation: (to, x, y, size) => {
    house(to, x - size / 2, y - size / 2, size, 0.8 * size);
    door(to, x, y + 0.3 * size, 0.2 * size);
  },
  tie: (to, x, y, size) => {
    to.save();
    TIES.forEach((_, i) => { tiePen(to, i); line(to, x - size / 2, y + 4 * (i - 1), x + size / 2, y + 4 * (i - 1)); });
    to.restore();
  },
  several: (to, x, y, size) => {
    person(to, "helped", x + 0.25 * size, y, 0.7 * half(size));
    person(to, "waiting", x - 0.15 * size, y, 0.8 * half(size));
  },
  homes: (to, x, y, size) => { to.beginPath(); home(to, x, y, half(size)); finish(to, HOME_LINE); },
};

function line(to, x1, y1, x2, y2) {
  to.beginPath(); to.moveTo(x1, y1); to.lineTo(x2, y2); to.stroke();
}

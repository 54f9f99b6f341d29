// One small chart of both worlds: what stands still is painted once, the line of the day is moved over it.

import { FONT, GRID, INK, LOOKS, MUTED, PAPER, SMALL, marker } from "./chart_look.js";
import { numbers, ticks, timeTicks } from "./chart_scale.js";

const TOP = 8;
const BOTTOM = 22;
const MARGIN = 8; // around the line of the day: what a marker takes
const LINE_HEIGHT = 16;
const TICK = 7; // of a moved lever

export class Picture {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.still = document.createElement("canvas");
    this.stale = true;
    this.drawnAt = null;
  }

  /**
   * Paint what stands still.
   * @param {object} about `{kind, values: [[], []], bands: [Band, Band], titles, start, days, language, moves, coming,
   *   none}`: `moves` with the `day`, `side` and `text` of moved levers, `coming` what is said as long as there is no
   *   band, `none` where there are no numbers
   * @returns {boolean} whether there was room to paint
   */
  paint(about) {
    const ratio = window.devicePixelRatio || 1;
    const width = this.canvas.clientWidth;
    const height = this.canvas.clientHeight;
    if (!width || !height) return false;
    for (const each of [this.canvas, this.still]) {
      each.width = Math.round(width * ratio);
      each.height = Math.round(height * ratio);
    }
    this.ratio = ratio;
    this.height = height;
    this.width = width;
    this.values = about.values;
    this.days = about.days;
    const context = this.still.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.font = FONT;
    context.fillStyle = PAPER;
    context.fillRect(0, 0, width, height);
    this.#scale(context, about);
    this.#axes(context, about);
    about.bands.forEach((band, side) => this.#band(context, band, side));
    about.values.forEach((values, side) => this.#line(context, values, side));
    this.#moves(context, about.moves);
    this.#endLabels(context, about);
    context.font = SMALL;
    context.textAlign = "right";
    this.#halo(context, this.empty ? about.none : about.coming, this.right - 2, this.height - BOTTOM - 8, MUTED);
    this.canvas.getContext("2d").drawImage(this.still, 0, 0);
    this.drawnAt = null;
    this.stale = false;
    return true;
  }

  /** The week whose end is nearest to a place on the canvas. */
  weekAt(x) {
    const day = ((x - this.left) / (this.right - this.left)) * this.days;
    return Math.min(Math.max(Math.round(day / 7) - 1, 0), this.values[0].length - 1);
  }

  /** Move the line to a day, with the marker of each world at the end of `week` (-1: none yet). */
  mark(day, week) {
    const x = this.#x(day);
    const key = `${x} ${week}`;
    if (this.drawnAt === key) return;
    const context = this.canvas.getContext("2d");
    if (this.cleared !== undefined && this.drawnAt !== null) this.#clear(context);
    this.drawnAt = key;
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.strokeStyle = INK;
    context.lineWidth = 1;
    context.setLineDash([]);
    context.beginPath();
    context.moveTo(x, TOP - 6);
    context.lineTo(x, this.height - BOTTOM);
    context.stroke();
    const at = week < 0 ? x : this.#x(7 * (week + 1));
    this.cleared = [Math.min(x, at) - MARGIN, Math.max(x, at) + MARGIN];
    this.values.forEach((values, side) => {
      if (week >= 0 && !Number.isNaN(values[week])) marker(context, side, at, this.#y(values[week]));
    });
  }

  #clear(context) {
    const from = Math.max(0, Math.floor(this.cleared[0] * this.ratio));
    const to = Math.min(this.still.width, Math.ceil(this.cleared[1] * this.ratio));
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(this.still, from, 0, to - from, this.still.height, from, 0, to - from, this.still.height);
  }

  #scale(context, { kind, values, bands, titles, language }) {
    let [low, high] = kind.range ?? [0, 0];
    const widen = (value) => {
      if (value < low) low = value;
      if (value > high) high = value;
    };
    for (const each of values) each.forEach(widen);
    for (const band of bands) band.weeks.forEach((_, week) => band.at(week)?.forEach(widen));
    this.empty = values.flat().every(Number.isNaN);
    this.ticks = ticks(low, this.empty ? low + 1 : high, kind.digits === 0);
    [this.low, this.high] = [this.ticks[0], this.ticks.at(-1)];
    const said = numbers(language, tickDigits(this.ticks));
    this.labels = this.ticks.map((tick) => said.format(tick));
    this.left = Math.max(...this.labels.map((label) => context.measureText(label).width)) + 10;
    const widest = Math.max(...titles.map((title) => context.measureText(title).width)) + 18;
    this.room = Math.min(widest, 0.3 * this.width);
    this.right = this.width - this.room;
  }

  #x(day) {
    return this.left + (day / this.days) * (this.right - this.left);
  }

  #y(value) {
    const bottom = this.height - BOTTOM;
    return bottom - ((value - this.low) / (this.high - this.low)) * (bottom - TOP);
  }

  #axes(context, { start, days, language }) {
    context.lineWidth = 1;
    context.textBaseline = "middle";
    context.textAlign = "right";
    this.ticks.forEach((tick, i) => {
      const y = Math.round(this.#y(tick)) + 0.5;
      context.strokeStyle = tick === 0 ? MUTED : GRID;
      context.beginPath();
      context.moveTo(this.left, y);
      context.lineTo(this.right, y);
      context.stroke();
      context.fillStyle = MUTED;
      context.fillText(this.labels[i], this.left - 6, y);
    });
    context.textBaseline = "alphabetic";
    context.strokeStyle = MUTED;
    let free = 0;
    for (const { day, label } of timeTicks(start, days, language)) {
      const x = Math.round(this.#x(day)) + 0.5;
      context.beginPath();
      context.moveTo(x, this.height - BOTTOM);
      context.lineTo(x, this.height - BOTTOM + 4);
      context.stroke();
      const half = context.measureText(label).width / 2;
      if (Math.max(x - half, 0) < free) continue;
      context.textAlign = x + half > this.width ? "right" : x - half < 0 ? "left" : "center";
      context.fillText(label, x, this.height - 4);
      free = x + half + 8;
    }
  }

  #band(context, band, side) {
    const there = band.weeks.map((_, week) => ({ week, at: band.at(week) })).filter(({ at }) => at);
    if (there.length < 2) return;
    const path = new Path2D();
    there.forEach(({ week, at }, i) => path[i ? "lineTo" : "moveTo"](this.#x(7 * (week + 1)), this.#y(at[0])));
    there.reverse().forEach(({ week, at }) => path.lineTo(this.#x(7 * (week + 1)), this.#y(at[1])));
    path.closePath();
    context.fillStyle = LOOKS[side].fill;
    context.fill(path);
    context.strokeStyle = LOOKS[side].edge; // edges, so that each band is seen where both lie over each other
    context.lineWidth = 1;
    context.setLineDash(LOOKS[side].dash);
    context.stroke(path);
    context.setLineDash([]);
  }

  #line(context, values, side) {
    context.strokeStyle = LOOKS[side].colour;
    context.lineWidth = 2;
    context.lineJoin = "round";
    context.setLineDash(LOOKS[side].dash);
    context.beginPath();
    let begun = false;
    values.forEach((value, week) => {
      if (Number.isNaN(value)) return;
      context[begun ? "lineTo" : "moveTo"](this.#x(7 * (week + 1)), this.#y(value));
      begun = true;
    });
    context.stroke();
    context.setLineDash([]);
  }

  /** A tick at the top wherever levers were moved, with what happened where there is room for it. */
  #moves(context, moves) {
    context.font = SMALL;
    context.textBaseline = "middle";
    const places = [this.left, ...moves.map(({ day }) => this.#x(day)), this.right];
    let free = this.left;
    moves.forEach(({ side, text }, i) => {
      const [before, x, after] = places.slice(i, i + 3);
      context.fillStyle = LOOKS[side].colour;
      context.beginPath();
      context.moveTo(x - TICK / 2, TOP - TICK);
      context.lineTo(x + TICK / 2, TOP - TICK);
      context.lineTo(x, TOP);
      context.closePath();
      context.fill();
      context.fillRect(x - 0.5, TOP, 1, TICK);
      const width = context.measureText(text).width + 2 * TICK;
      const right = x + width <= after;
      if (!right && x - width < Math.max(before, free)) return;
      context.textAlign = right ? "left" : "right";
      this.#halo(context, text, right ? x + TICK : x - TICK, TOP + TICK / 2, LOOKS[side].colour);
      if (right) free = x + width;
    });
    context.font = FONT;
  }

  #halo(context, text, x, y, colour) {
    context.strokeStyle = PAPER;
    context.lineWidth = 3;
    context.lineJoin = "round";
    context.strokeText(text, x, y);
    context.fillStyle = colour;
    context.fillText(text, x, y);
  }

  #endLabels(context, { values, titles }) {
    const lines = titles.map((title) => broken(context, title, this.room - 16));
    const ends = values.map((each) => this.#y(Number.isNaN(each.at(-1)) ? this.low : each.at(-1)));
    const places = apart(ends, lines.map((each) => each.length * LINE_HEIGHT), TOP, this.height - BOTTOM);
    context.textAlign = "left";
    context.textBaseline = "middle";
    lines.forEach((each, side) => {
      marker(context, side, this.right + 7, places[side], 3.5);
      context.fillStyle = LOOKS[side].colour;
      const first = places[side] - ((each.length - 1) * LINE_HEIGHT) / 2;
      each.forEach((line, i) => context.fillText(line, this.right + 15, first + i * LINE_HEIGHT));
    });
  }
}

/** Where the middles of two labels come so that neither covers the other, nor leaves the picture. */
function apart(ends, heights, top, bottom) {
  const [upper, lower] = ends[0] <= ends[1] ? [0, 1] : [1, 0];
  const least = (heights[0] + heights[1]) / 2;
  const lacking = Math.max(0, least - (ends[lower] - ends[upper])) / 2;
  const places = [0, 0];
  places[upper] = Math.max(ends[upper] - lacking, top + heights[upper] / 2 - LINE_HEIGHT / 2);
  places[lower] = Math.min(Math.max(ends[lower] + lacking, places[upper] + least), bottom - heights[lower] / 2 + 6);
  places[upper] = Math.min(places[upper], places[lower] - least);
  return places;
}

function tickDigits(found) {
  const behind = (value) => (String(value).split(".")[1] ?? "").length;
  return Math.max(...found.map(behind));
}

/** A title in one line, or in two where it is too long for one. */
function broken(context, title, width) {
  const fits = (text) => context.measureText(text).width <= width;
  if (fits(title)) return [title];
  const words = title.split(" ");
  let first = 1;
  while (first < words.length - 1 && fits(words.slice(0, first + 1).join(" "))) first += 1;
  const lines = [words.slice(0, first), words.slice(first)].map((each) => each.join(" ")).filter(Boolean);
  return lines.map((line) => fitting(line, fits));
}

function fitting(line, fits) {
  if (fits(line)) return line;
  let kept = line;
  while (kept.length > 1 && !fits(`${kept}…`)) kept = kept.slice(0, -1).trimEnd();
  return `${kept}…`;
}

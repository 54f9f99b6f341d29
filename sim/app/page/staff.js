// Who works there, in numbers: a worker, the team of a manager, all of whom a board is in charge.
import { SIGNS } from "./controls.js";
import { h, tableOf } from "./dom.js";

const MEASURES = {
  present: "app staff present", ownership: "app staff ownership", listening: "app staff listening",
  courage: "app staff courage", client_attention: "app staff attention", committed: "app staff committed",
  capacity: "app staff capacity", ties_outside: "app staff ties",
};

const SUMS = new Set(["committed", "capacity"]);

/**
 * What was looked at of them each week, as a table for each world: in the week on screen and a few others.
 * @param {{kind: "worker"|"manager"|"board", id: number}} who place of the worker, of the team or of the organisation
 * @param {{seats: object}} places what `open` answered
 * @param {object[]} staff the table of each world
 * @param {string[]} names of both worlds
 * @param {number} day on screen
 * @param {import("./dom.js").Texts} texts
 * @returns {Node[]} nothing where nobody works there
 */
export function numbersOf(who, places, staff, names, day, texts) {
  const rows = rowsOf(who, places.seats);
  if (!rows.length) return [];
  const weeks = weeksShown(staff[0].ownership.shape[0] - 1, day);
  const head = [texts.say("app measure"), ...weeks.map((week) => texts.say("app day short", { day: texts.number(week * 7) }))];
  const tables = staff.map((table, side) => {
    const body = Object.entries(MEASURES).map(([name, key]) =>
      [texts.say(key), ...weeks.map((week) => cell(name, table[name], week, rows, texts))]);
    return h("div", { className: `life side-${side} scroll`, tabIndex: 0, role: "group", aria: { label: names[side] } },
      tableOf({ head, rows: body }, `${SIGNS[side]} ${names[side]}`));
  });
  const hint = texts.say(rows.length === 1 ? "app staff one" : "app staff many", { count: rows.length });
  return [h("h4", { textContent: texts.say("app staff numbers") }), h("div", { className: "two" }, ...tables),
    h("p", { className: "hint", textContent: hint })];
}

function weeksShown(last, day) {
  const now = Math.min(Math.floor(day / 7), last);
  return [...new Set([0, Math.floor(last / 3), Math.floor((2 * last) / 3), last, now])].sort((a, b) => a - b);
}

function rowsOf({ kind, id }, seats) {
  const column = { worker: [...seats.team.keys()], manager: seats.team, board: seats.organisation }[kind];
  return [...seats.team.keys()].filter((row) => column[row] === id);
}

function cell(name, values, week, rows, texts) {
  const [weeks, workers] = values.shape;
  const at = Math.min(week, weeks - 1) * workers;
  const found = rows.map((row) => values[at + row]);
  if (name === "present" && rows.length === 1) {
    return texts.say({ 1: "app at work", 0: "app sick", "-1": "app vacant" }[found[0]] ?? "app vacant");
  }
  if (name === "present") return texts.number(found.filter((each) => each > 0).length);
  const total = found.reduce((sum, each) => sum + each, 0);
  return SUMS.has(name) ? texts.number(total) : texts.short(total / rows.length, 2);
}

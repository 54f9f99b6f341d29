// What is on screen, and the link that says it: compact, readable, and never trusted.

import { EXAMPLE } from "./example.js";

export const KINDS = ["person", "worker", "manager", "board"];

/** A fresh copy of the example that the page opens on. */
export const example = (language) => ({ ...structuredClone(EXAMPLE), language, selected: null });

/** The question after both futures of a state; `again` where a world that stayed as it was need not be sent. */
export const worldsAsked = ({ scenario, seed, days, worlds }, again = false) => ({
  ask: "open",
  again,
  worlds: { scenario, seed, days, worlds: worlds.map(({ regime, changes }) => ({ regime, changes })) },
});

/**
 * The link to a state, without `#`, such as
 * `v=0.1.0&s=one-zone&seed=7&days=1095&a=traditional&b=client-steering&bc=90:control:0.5&day=120&lang=nl`.
 */
export function toLink(state, version) {
  const parts = { v: version, s: state.scenario, seed: state.seed, days: state.days };
  ["a", "b"].forEach((side, i) => {
    parts[side] = state.worlds[i].regime;
    const changes = state.worlds[i].changes.map(({ day, lever, value }) => `${day}:${lever}:${Number(value)}`);
    if (changes.length) parts[`${side}c`] = changes.join(",");
  });
  parts.day = Math.floor(state.day);
  parts.lang = state.language;
  if (state.selected) parts.sel = `${state.selected.kind}:${state.selected.id}`;
  return Object.entries(parts).map(([name, value]) => `${name}=${value}`).join("&");
}

/**
 * The state that a link says.
 * @param {string} link what stands after `#`
 * @param {object} hello what there is to choose from
 * @param {"en"|"nl"} language where the link names none
 * @returns {{state: object, trouble: null|"broken"|"version", version?: string}} the example where it says nothing that
 *   can be shown
 */
export function fromLink(link, hello, language) {
  if (!link) return { state: example(language), trouble: null };
  const parts = new Map(link.split("&").map((part) => {
    const at = part.indexOf("=");
    return at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
  }));
  const said = ["en", "nl"].includes(parts.get("lang")) ? parts.get("lang") : language;
  try {
    const state = read(parts, hello, said);
    const version = parts.get("v");
    return version === hello.version ? { state, trouble: null } : { state, trouble: "version", version };
  } catch (broken) {
    if (!(broken instanceof Broken)) throw broken;
    return { state: example(said), trouble: "broken" };
  }
}

class Broken extends Error {}

function read(parts, hello, language) {
  const { limits } = hello;
  const days = whole(parts.get("days"), 7, limits.days);
  return {
    scenario: known(parts.get("s"), hello.scenarios),
    seed: whole(parts.get("seed"), 0, limits.seed),
    days,
    day: whole(parts.get("day"), 0, days - 1),
    worlds: ["a", "b"].map((side) => ({
      regime: known(parts.get(side), hello.regimes),
      changes: changesOf(parts.get(`${side}c`), hello, days),
    })),
    language,
    selected: selectedOf(parts.get("sel")),
  };
}

function changesOf(text, hello, days) {
  if (!text) return [];
  const each = text.split(",");
  if (each.length > hello.limits.changes) throw new Broken();
  return each.map((change) => {
    const [day, lever, value, ...more] = change.split(":");
    if (more.length || value === undefined) throw new Broken();
    const about = hello.levers[known(lever, hello.levers)];
    return { day: whole(day, 0, days - 1), lever, value: valueOf(value, about) };
  });
}

function valueOf(text, { type, range }) {
  const value = Number(text);
  const [low, high] = range.map(Number);
  if (text === "" || !Number.isFinite(value) || value < low || value > high) throw new Broken();
  if (type !== "float" && !Number.isInteger(value)) throw new Broken();
  return type === "bool" ? value === 1 : value;
}

function selectedOf(text) {
  if (!text) return null;
  const [kind, id, ...more] = text.split(":");
  if (more.length || !KINDS.includes(kind)) throw new Broken();
  return { kind, id: whole(id, 0, Number.MAX_SAFE_INTEGER) };
}

function whole(text, low, high) {
  const value = Number(text);
  if (!/^\d{1,16}$/.test(text ?? "") || value < low || value > high) throw new Broken();
  return value;
}

function known(name, names) {
  if (!name || !Object.hasOwn(names, name)) throw new Broken();
  return name;
}

/**
 * The changes of a world after a lever is moved: from that day on it stays there, whatever was set for later.
 * @param {{day: number, lever: string, value: number|boolean}[]} changes
 */
export function moved(changes, day, lever, value) {
  const left = changes.filter((each) => each.lever !== lever || each.day < day);
  return [...left, { day, lever, value }].sort((one, other) => one.day - other.day);
}

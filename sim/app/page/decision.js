// Why: a decision as a small table of what could be done, the rule behind it, and the claims of the essay, in words.
import { h, tableOf } from "./dom.js";

const STATES = { chosen: "app road chosen", failed: "app road failed", open: "app road open" };
const MANY = 3; // decisions of one day from which on claims are folded, as they are often the same
const RANK = { chosen: 0, failed: 1, open: 2 };

/**
 * What was decided on a day, as `why` answers.
 * @param {{decisions: object[], claims: Object<string, string>}} why
 * @param {import("./dom.js").Texts} texts
 * @returns {Node[]} nothing where nobody decided
 */
export function decisionsOf({ decisions, claims }, texts) {
  const alone = decisions.length < MANY;
  return decisions.map((made) => h("section", { className: "decision" },
    h("h5", { textContent: made.heading }), h("p", { textContent: made.about }),
    ...(made.options.length ? [optionsOf(made.options, texts), ...worthOf(made.options, texts)] : []),
    ...claimsOf(made, claims, texts, alone)));
}

/** The options, what was done first: name, chance as a bar and a figure, what became of it. */
function optionsOf(options, texts) {
  const column = (key) => h("th", { scope: "col", textContent: texts.say(key) });
  const rows = [...options].sort((one, other) => RANK[one.state] - RANK[other.state] || other.chance - one.chance)
    .map((each) => h("tr", { className: `option ${each.state}` },
      h("th", { scope: "row" }, each.name, ...named(each.claims)), h("td", {}, ...chanceOf(each.chance, texts)),
      h("td", { textContent: texts.say(STATES[each.state]) })));
  return h("table", { className: "options" }, h("caption", { textContent: texts.say("app road options") }),
    h("thead", {}, h("tr", {}, column("app road option"), column("app road chance"), column("app road outcome"))),
    h("tbody", {}, ...rows));
}

const named = (claims) => (
  claims.length ? [" ", h("span", { className: "claim-ids", textContent: `(${claims.join(", ")})` })] : []);

function chanceOf(chance, texts) {
  if (chance === null) return [texts.say("app road no chance")];
  const part = h("span");
  part.style.width = `${100 * chance}%`;
  const percent = texts.say("app road percent", { number: texts.short(100 * chance, chance < 0.1 ? 1 : 0) });
  return [h("span", { className: "chance", aria: { hidden: "true" } }, part), percent];
}

/** What each option was worth, term by term; behind a fold, for it is much. */
function worthOf(options, texts) {
  const weighed = options.filter((each) => each.weights.length);
  if (!weighed.length) return [];
  const names = [...new Set(weighed.flatMap((each) => each.weights.map(({ name }) => name)))];
  const cell = (weights, name) => weights.filter((each) => each.name === name).map(({ value }) => texts.number(value, 2))[0] ?? "–";
  const head = [texts.say("app road option"), ...names];
  const rows = weighed.map((each) => [each.name, ...names.map((name) => cell(each.weights, name))]);
  const caption = texts.say("app road worth");
  const table = tableOf({ head, rows }, texts.say("app road worth of"));
  return [h("details", {}, h("summary", { textContent: caption }),
    h("div", { className: "scroll", tabIndex: 0, role: "group", aria: { label: caption } }, table))];
}

/** The claims behind the rule and what was chosen, each with its text, to be unfolded where there are many decisions. */
function claimsOf({ claims: ofRule, options }, claims, texts, open) {
  const of = (some) => some.flatMap((each) => each.claims);
  const first = new Set([...ofRule, ...of(options.filter((each) => each.state === "chosen"))]);
  const others = new Set(of(options).filter((id) => !first.has(id)));
  const said = (id) => [h("dt", { textContent: id }), h("dd", { textContent: claims[id] ?? "" })];
  const list = (key, ids, unfolded) => (ids.size ? [h("details", { open: unfolded }, h("summary", { textContent: texts.say(key) }),
    h("dl", { className: "claims" }, ...[...ids].flatMap(said)))] : []);
  return [...list("app road claims of rule", first, open), ...list("app road claims of options", others, false)];
}

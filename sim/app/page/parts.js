// The parts of the page, empty: their texts are written in the language of the moment, their numbers day by day.
import { h } from "./dom.js";
import { SIGNS } from "./controls.js";
import { SPEEDS } from "./clock.js";

const button = (say, on, about = {}) => h("button", { type: "button", say, on: { click: on }, ...about });
const field = (say, control) => h("label", { className: "field" }, h("span", { say }), control);

/**
 * Build the page in `el`.
 * @param {HTMLElement} el
 * @param {object} act what the controls do, by name
 * @returns {object} the parts that are written to later
 */
export function layout(el, act) {
  const parts = {};
  el.replaceChildren(
    header(parts, act), notice(parts, act), ways(el),
    h("div", { className: "columns" },
      h("div", { className: "stage" }, said(parts), worlds(parts, act), timeline(parts, act), key(parts), selection(parts), charts(parts, act)),
      h("aside", {}, setup(parts, act), levers(parts, act))),
    foot(parts));
  return parts;
}

function header(parts, act) {
  parts.languages = ["nl", "en"].map((language) => h("button", {
    type: "button", lang: language, textContent: { nl: "Nederlands", en: "English" }[language], data: { language },
    on: { click: () => act.language(language) },
  }));
  parts.link = h("input", { readOnly: true, hidden: true, label: "app link here" });
  return h("header", {},
    h("div", { className: "headline" }, h("h1", { say: "app title" }), h("p", { className: "lead", say: "app lead" })),
    h("div", { className: "actions" },
      h("div", { className: "languages", role: "group", label: "app language" }, ...parts.languages),
      button("app copy link", act.copy, { data: { action: "copy" } }), button("app data", act.data, { data: { action: "data" } }),
      button("app picture", act.picture, { data: { action: "picture" } }), parts.link));
}

function notice(parts, act) {
  parts.noticeText = h("p", {});
  parts.again = button("app again", act.again, { hidden: true });
  parts.hide = button("app hide", act.hide);
  parts.notice = h("div", { className: "notice", role: "alert", hidden: true }, parts.noticeText, parts.again, parts.hide);
  parts.live = h("div", { className: "unseen", role: "status", aria: { live: "polite" } });
  return h("div", {}, parts.notice, parts.live);
}

function setup(parts, act) {
  parts.scenario = h("select", { on: { change: (event) => act.scenario(event.target.value) } });
  parts.days = h("select", { on: { change: (event) => act.days(Number(event.target.value)) } });
  parts.seed = h("input", { type: "number", min: 0, step: 1, on: { change: (event) => act.seed(event.target) } });
  return h("section", { className: "setup", label: "app setup" },
    field("app scenario", parts.scenario), field("app length", parts.days), field("app seed", parts.seed),
    button("app example", act.example, { data: { action: "example" } }));
}

function said(parts) {
  parts.verdict = h("p", { className: "verdict" });
  return parts.verdict;
}

function worlds(parts, act) {
  parts.worlds = [0, 1].map((side) => world(side, act));
  return h("div", { className: "two worlds" }, ...parts.worlds.map((each) => each.section));
}

function world(side, act) {
  const made = {
    name: h("span", {}), number: h("strong", { className: "number" }), of: h("span", { say: "app people waiting" }),
    mean: h("span", { className: "mean" }), waiting: h("span", { className: "part waiting" }),
    seeking: h("span", { className: "part seeking" }),
    regime: h("select", { on: { change: (event) => act.regime(side, event.target.value) } }),
    undo: button("app undo", () => act.undo(side), { hidden: true, className: "small" }),
    changes: h("ul", { className: "changes", hidden: true, label: "app changes" }),
    someone: h("select", {
      on: {
        focus: () => act.someones(side), pointerdown: () => act.someones(side),
        change: (event) => act.choose(side, event.target.value),
      },
    }),
    canvas: h("canvas", {
      tabIndex: 0, role: "application",
      on: { click: (event) => act.point(side, event), keydown: (event) => act.key(side, event) },
    }),
    near: h("div", { className: "near", hidden: true }),
    tip: h("div", { className: "tip", hidden: true, aria: { hidden: "true" } }), // a screen reader is told otherwise
  };
  made.canvas.setAttribute("aria-describedby", "canvas-help");
  made.section = h("section", { className: `world side-${side}` },
    h("div", { className: "world-head" },
      h("h2", {}, h("span", { className: "sign", textContent: SIGNS[side] }), made.name), field("app regime", made.regime)),
    h("p", { className: "count" }, made.number, h("span", { className: "count-words" }, made.of, made.mean)),
    h("div", { className: "bar", aria: { hidden: "true" } }, made.waiting, made.seeking),
    made.canvas,
    h("div", { className: "under" }, made.near, made.tip, field("app someone", made.someone), made.undo, made.changes));
  return made;
}

function timeline(parts, act) {
  parts.play = h("button", { type: "button", className: "play", on: { click: act.play } });
  parts.when = h("span", { className: "when" });
  parts.marks = h("datalist", { id: "days-of-changes" });
  parts.range = h("input", { type: "range", min: 0, step: 1, label: "app day on screen",
    on: { input: (event) => act.scrub(Number(event.target.value)), change: act.settled } });
  parts.speed = h("select", { on: { change: (event) => act.speed(Number(event.target.value)) } },
    ...SPEEDS.map((speed) => h("option", { value: speed })));
  const step = (say, label, days) => button(say, () => act.step(days), { label, className: "step", data: { step: days } });
  return h("section", { className: "timeline", label: "app timeline" },
    h("div", { className: "buttons" }, parts.play,
      step("app minus week", "app week back", -7), step("app minus day", "app day back", -1),
      step("app plus day", "app day on", 1), step("app plus week", "app week on", 7),
      field("app speed", parts.speed), parts.when), parts.range, parts.marks);
}

/** On a narrow screen, where all of it is one long column: buttons that go to its parts. */
function ways(el) {
  const way = (say, place) => button(say, () => el.querySelector(place).scrollIntoView({ block: "start" }));
  return h("nav", { className: "ways", label: "app ways" }, way("app way pictures", ".worlds"), way("app way levers", "aside"),
    way("app way closer", ".selection"), way("app way charts", ".over-time"));
}

function key(parts) {
  parts.legend = h("ul", { className: "legend" });
  parts.now = h("div", { className: "scroll", tabIndex: 0, role: "group", label: "app now table" });
  return h("section", { className: "key" }, h("h2", { say: "app legend" }), parts.legend,
    h("p", { className: "hint", id: "canvas-help", say: "app canvas help" }),
    h("details", {}, h("summary", { say: "app now table" }), parts.now));
}

function selection(parts) {
  parts.panel = h("div", { className: "panel" });
  return h("section", { className: "selection" }, h("h2", { say: "app selection" }), parts.panel);
}

function charts(parts, act) {
  parts.charts = h("div", { className: "charts-place" });
  parts.tables = h("div", { className: "charts-tables scroll", tabIndex: 0, role: "group", label: "app charts tables" });
  return h("section", { className: "over-time" }, h("h2", { say: "app charts" }), parts.charts,
    h("details", { on: { toggle: act.tables } }, h("summary", { say: "app charts tables" }), parts.tables));
}

function levers(parts, act) {
  const choice = (value, say) => {
    const input = h("input", { type: "radio", name: "from", value, on: { change: () => act.from(value) } });
    input.checked = value === "start";
    return h("label", {}, input, h("span", { say }));
  };
  parts.levers = h("div", { className: "levers" });
  return h("section", {}, h("h2", { say: "app levers" }), h("p", { className: "hint", say: "app levers lead" }),
    h("fieldset", { className: "from" }, h("legend", { say: "app from" }), choice("start", "app from start"), choice("day", "app from day")),
    parts.levers);
}

function foot(parts) {
  parts.speedNow = h("p", { className: "hint counters" });
  return h("footer", {}, h("p", { className: "hint", say: "app caution" }), parts.speedNow);
}

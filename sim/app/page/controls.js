// What can be chosen and moved: place, luck, who steers each world, and every lever of both.
import { LOOKS } from "./chart_look.js";
import { h, option } from "./dom.js";

export const SIGNS = LOOKS.map(({ sign }) => sign);

/** Fill a select with `{name: {en, nl, group?}}`, by group where there are groups. */
export function fill(select, named, texts, value) {
  const groups = new Map();
  for (const [name, each] of Object.entries(named)) {
    const group = texts.of(each.group);
    if (!groups.has(group)) groups.set(group, []);
    groups.get(group).push(option(name, texts.of(each)));
  }
  select.replaceChildren(...[...groups].flatMap(([group, options]) => {
    if (!group) return options;
    const made = h("optgroup", {}, ...options);
    made.label = group;
    return [made];
  }));
  select.value = value;
}

/** The values of a lever in force on a day: `[lowest, highest]` over the organisations. */
export function inForce(steps, day) {
  let found = steps[0];
  for (const step of steps) if (step[0] <= day) found = step;
  return [found[1], found[2]];
}

/** A step of about a hundredth of a range, as a person would count. */
export function stepOf(type, [low, high]) {
  if (type !== "float") return 1;
  const raw = (high - low) / 100, power = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 5, 10].map((each) => each * power).find((each) => each >= raw * 0.999);
}

/** The words for the values of a lever that has them, in the language of the texts. */
function wordsOf(lever, texts) {
  const words = Object.entries(lever.choices), half = words.length / 2; // in both languages, English first
  return texts.language === "en" ? words.slice(0, half) : words.slice(half);
}

/** A value of a lever in words or digits. */
export function valueSaid(texts, lever, value) {
  if (lever.type === "bool") return texts.say(value ? "app yes" : "app no");
  return wordsOf(lever, texts).find(([, each]) => each === value)?.[0] ?? texts.short(Number(value), 3);
}

/** Every lever of both worlds, grouped and searchable. */
export class Levers {
  /**
   * @param {HTMLElement} el
   * @param {object} levers what `hello` says of them
   * @param {import("./dom.js").Texts} texts
   * @param {(side: number, lever: string, value: number|boolean, since: number, more: boolean) => void} onmove `more`
   *   while the control is still being moved
   */
  constructor(el, levers, texts, onmove) {
    Object.assign(this, { el, levers, texts, onmove, steps: null, inputs: [], touched: new Map() });
    this.search = h("input", { type: "search", on: { input: () => this.#find() } });
    this.list = h("div", { className: "lever-groups" });
    this.none = h("p", { say: "app no lever found", hidden: true });
    el.append(h("label", { className: "field" }, h("span", { say: "app search levers" }), this.search), this.none, this.list);
  }

  /** Write everything in the language of the texts; where only the worlds got other names, all stays under its hand. */
  write(names) {
    if (this.language !== this.texts.language) this.#build();
    for (const { side, lever, input, sign } of this.inputs) {
      input.setAttribute("aria-label", `${this.texts.of(lever)}: ${names[side]}`);
      sign.title = names[side];
    }
  }

  #build() {
    this.language = this.texts.language;
    const open = new Set([...this.list.querySelectorAll("details[open]")].map((each) => each.dataset.group));
    const groups = new Map();
    this.inputs = [];
    for (const [name, lever] of Object.entries(this.levers)) {
      const key = lever.group.en;
      if (!groups.has(key)) groups.set(key, { title: this.texts.of(lever.group), rows: [] });
      groups.get(key).rows.push(this.#row(name, lever));
    }
    this.list.replaceChildren(...[...groups].map(([key, { title, rows }], i) => {
      const made = h("details", { data: { group: key } }, h("summary", { textContent: title }), ...rows);
      made.open = open.size ? open.has(key) : i === 0;
      return made;
    }));
    this.show(this.steps, this.day ?? 0, true);
    this.#find();
  }

  #row(name, lever) {
    const row = h("fieldset", { className: "lever", data: { lever: name } });
    const range = lever.type === "bool" ? "" : ` (${this.texts.of(lever.unit)})`;
    row.append(h("legend", {}, this.texts.of(lever), h("span", { className: "unit", textContent: range })));
    for (const side of [0, 1]) row.append(this.#control(side, name, lever));
    return row;
  }

  #control(side, name, lever) {
    const input = this.#input(lever), output = h("output", {});
    const sign = h("span", { className: "sign", textContent: SIGNS[side] });
    const told = { side, name, lever, input, output, sign };
    const move = (event, more) => {
      this.touched.set(input, performance.now());
      this.#say(told, [told.now(), told.now()]);
      this.onmove(side, name, told.now(), event.timeStamp, more);
    };
    told.now = () => (lever.type === "bool" ? input.checked : Number(input.value));
    input.addEventListener("input", (event) => move(event, input.type === "range"));
    if (input.type === "range") input.addEventListener("change", () => this.onmove(side, name, null, 0, false));
    this.inputs.push(told);
    return h("label", { className: `move side-${side}` }, sign, input, output);
  }

  #input(lever) {
    if (lever.type === "bool") return h("input", { type: "checkbox" });
    const [min, max] = lever.range;
    const words = wordsOf(lever, this.texts);
    if (words.length) return h("select", {}, ...words.map(([word, value]) => option(value, word)));
    return h("input", { type: "range", min, max, step: stepOf(lever.type, lever.range) });
  }

  /** Show what is in force on a day. @param {object[]|null} steps of both worlds, as `open` says them */
  show(steps, day, always = false) {
    if (!steps || (!always && steps === this.steps && day === this.day)) return;
    Object.assign(this, { steps, day });
    for (const told of this.inputs) {
      const values = inForce(steps[told.side][told.name], day);
      const held = performance.now() - (this.touched.get(told.input) ?? -1e9) < 400; // not from under a hand
      if (held) continue;
      if (told.lever.type === "bool") {
        told.input.checked = values[0] > 0;
        told.input.indeterminate = values[0] !== values[1];
      } else told.input.value = (values[0] + values[1]) / 2;
      this.#say(told, values);
    }
  }

  #say({ lever, input, output }, [low, high]) {
    const one = (value) => valueSaid(this.texts, lever, Number(value));
    output.textContent = low === high ? one(low) : `${one(low)} – ${one(high)}`;
    if (input.type === "range") input.setAttribute("aria-valuetext", output.textContent);
  }

  #find() {
    const wanted = this.search.value.trim().toLowerCase();
    let found = 0;
    for (const group of this.list.children) {
      let here = 0;
      for (const row of group.querySelectorAll(".lever")) {
        row.hidden = Boolean(wanted) && !`${row.textContent} ${row.dataset.lever}`.toLowerCase().includes(wanted);
        here += row.hidden ? 0 : 1;
      }
      group.hidden = here === 0;
      if (wanted && here) group.open = true;
      found += here;
    }
    this.none.hidden = found > 0;
  }
}

// Who is selected: a person's road in both worlds, day by day; of those who work there, what is known of them.
import { h, tableOf } from "./dom.js";
import { SIGNS } from "./controls.js";

const MEASURES = {
  present: "app staff present", ownership: "app staff ownership", listening: "app staff listening",
  courage: "app staff courage", client_attention: "app staff attention", committed: "app staff committed",
  capacity: "app staff capacity", ties_outside: "app staff ties",
};

/** The panel of whom is selected. */
export class Panel {
  /** @param {HTMLElement} el @param {import("./dom.js").Texts} texts @param {(message: object) => Promise<object>} ask */
  constructor(el, texts, ask) {
    Object.assign(this, { el, texts, ask, days: [] });
  }

  /** Nobody is selected. */
  empty() {
    this.days = [];
    this.el.replaceChildren(h("p", { className: "hint", textContent: this.texts.say("app nobody selected") }));
  }

  /** A sentence instead. */
  sentence(text) {
    this.days = [];
    this.el.replaceChildren(h("p", { className: "notice", textContent: text }));
  }

  /** The road of a person in both worlds, as `road` answers. */
  road(road, names, day) {
    this.days = [];
    const lives = road.lives.map((life, side) => this.#life(life, side, road.client, names[side]));
    this.el.replaceChildren(
      h("h3", { textContent: road.heading, tabIndex: -1 }), h("p", { textContent: road.who }),
      h("p", { className: "difference", textContent: `${road.same} ${road.difference}` }),
      h("div", { className: "two" }, ...lives), h("p", { className: "hint", textContent: road.caution }));
    this.mark(day);
  }

  #life(life, side, client, name) {
    const list = h("ol", { className: "road" });
    for (const each of life.told) {
      const item = h("li", { data: { day: each.day } },
        h("span", { className: "when", textContent: this.texts.say("app day and date", {
          day: this.texts.number(each.day), date: this.texts.date(each.date, 0),
        }) }), h("p", { textContent: each.text }), this.#why(side, client, each.day));
      this.days.push({ day: each.day, side, item });
      list.append(item);
    }
    return h("section", { className: `life side-${side}` },
      h("h4", { textContent: `${SIGNS[side]} ${name}` }), list, h("p", { className: "in-all", textContent: life.in_all }));
  }

  #why(side, client, day) {
    const answer = h("div", { className: "reasons" });
    answer.setAttribute("aria-live", "polite");
    const button = h("button", { type: "button", className: "small", textContent: this.texts.say("app why") });
    button.setAttribute("aria-label", this.texts.say("app why on", { day: this.texts.number(day) }));
    button.addEventListener("click", async () => {
      if (button.disabled) return;
      button.disabled = true;
      answer.textContent = this.texts.say("app looking");
      const { said, mistake } = await this.ask({ ask: "why", world: side, client, day, language: this.texts.language })
        .then(({ content }) => (content.is === "mistake" ? { mistake: this.texts.of(content) } : content),
          () => ({ mistake: this.texts.say("app lost") }));
      button.disabled = false;
      const sentences = mistake ? [mistake] : said.length ? said : [this.texts.say("app nobody decided")];
      answer.replaceChildren(...sentences.map((each) => h("p", { textContent: each })));
    });
    return h("div", { className: "why" }, button, answer);
  }

  /** Mark where the day on screen is on the road. */
  mark(day) {
    for (const side of [0, 1]) {
      const here = this.days.filter((each) => each.side === side);
      const now = here.findLast((each) => each.day <= day);
      for (const each of here) {
        each.item.classList.toggle("later", each.day > day);
        if (each === now) each.item.setAttribute("aria-current", "date");
        else each.item.removeAttribute("aria-current");
      }
    }
  }

  /**
   * What is known of workers: one of them, a manager's team, or all of a board.
   * @param {{heading: string, about: string, rows: number[], weeks: number[]}} who rows of workers; weeks to show
   * @param {object[]} staff of both worlds
   */
  staff({ heading, about, rows, weeks }, staff, names) {
    this.days = [];
    const tables = staff.map((table, side) => {
      const head = [this.texts.say("app measure"), ...weeks.map((week) => this.texts.say("app day short", { day: this.texts.number(week * 7) }))];
      const body = Object.entries(MEASURES).filter(([name]) => table[name]).map(([name, key]) =>
        [this.texts.say(key), ...weeks.map((week) => this.#cell(name, table[name], week, rows))]);
      return h("div", { className: `life side-${side} scroll`, tabIndex: 0, role: "group", aria: { label: names[side] } },
        tableOf({ head, rows: body }, `${SIGNS[side]} ${names[side]}`));
    });
    this.el.replaceChildren(h("h3", { textContent: heading, tabIndex: -1 }), h("p", { textContent: about }),
      h("div", { className: "two" }, ...tables),
      h("p", { className: "hint", textContent: this.texts.say(rows.length === 1 ? "app staff one" : "app staff many", { count: rows.length }) }));
  }

  #cell(name, values, week, rows) {
    const [weeks, workers] = values.shape;
    const at = Math.min(week, weeks - 1) * workers;
    const found = rows.map((row) => values[at + row]);
    if (name === "present" && rows.length === 1) {
      return this.texts.say({ 1: "app at work", 0: "app sick", "-1": "app vacant" }[found[0]] ?? "app vacant");
    }
    if (name === "present") return this.texts.number(found.filter((each) => each > 0).length);
    const total = found.reduce((sum, each) => sum + each, 0);
    return name === "committed" || name === "capacity" ? this.texts.number(total) : this.texts.short(total / rows.length, 2);
  }
}

// The road of somebody in both worlds, day by day, and why: of a person, a worker, a manager or a board.
import { SIGNS } from "./controls.js";
import { decisionsOf } from "./decision.js";
import { h } from "./dom.js";

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

  /** The road of somebody in both worlds, as `road` answers. */
  road(road, names, day) {
    this.days = [];
    this.below = h("div", {});
    const lives = road.lives.map((life, side) => this.#life(life, side, road.who, names[side]));
    const compared = [road.same, road.difference].filter(Boolean).join(" ");
    this.el.replaceChildren(
      h("h3", { textContent: road.heading, tabIndex: -1 }), ...paragraph("", road.about),
      ...paragraph("difference", compared),
      h("div", { className: "two" }, ...lives), ...paragraph("hint", road.caution), this.below);
    this.mark(day);
  }

  /** Show something below the road, instead of what stood there. */
  under(...nodes) {
    this.below?.replaceChildren(...nodes);
  }

  #life(life, side, who, name) {
    const list = h("ol", { className: "road" }, ...folded(life.told).map((part) => (
      part.length > 1 ? this.#fold(part, side, who) : this.#told(part[0], side, who))));
    return h("section", { className: `life side-${side}` },
      h("h4", { textContent: `${SIGNS[side]} ${name}` }), list, ...paragraph("in-all", life.in_all));
  }

  /** Days in a row on which somebody looked again and nothing else happened. */
  #fold(told, side, who) {
    const fold = h("li", { className: "fold" });
    const [first, last] = [told[0], told.at(-1)].map((each) => this.texts.date(each.date, 0));
    this.days.push({ day: told[0].day, side, item: fold });
    const summary = this.texts.say(who.kind === "person" ? "app road quiet" : "app road decided", { count: told.length, first, last });
    fold.append(h("details", {}, h("summary", { textContent: summary }),
      h("ol", { className: "road" }, ...told.map((each) => this.#told(each, side, who, fold)))));
    return fold;
  }

  #told(each, side, who, fold = null) {
    const item = h("li", {}, h("span", { className: "when", textContent: this.texts.say("app day and date", {
      day: this.texts.number(each.day), date: this.texts.date(each.date, 0),
    }) }), h("p", { textContent: each.text }), ...(each.decided ? [this.#why(side, who, each.day)] : []));
    this.days.push({ day: each.day, side, item, fold });
    return item;
  }

  #why(side, who, day) {
    const answer = h("div", { className: "reasons", hidden: true });
    const button = h("button", { type: "button", className: "small", textContent: this.texts.say("app why") });
    button.setAttribute("aria-label", this.texts.say("app why on", { day: this.texts.number(day) }));
    button.setAttribute("aria-expanded", "false");
    const show = (...nodes) => {
      answer.replaceChildren(...nodes);
      answer.hidden = nodes.length === 0;
      button.setAttribute("aria-expanded", String(nodes.length > 0));
    };
    button.addEventListener("click", async () => {
      if (button.disabled) return;
      if (!answer.hidden) return show();
      button.disabled = true;
      const status = h("p", { role: "status", textContent: this.texts.say("app looking") });
      show(status);
      const { content } = await this.ask({ ask: "why", world: side, who, day, language: this.texts.language })
        .catch(() => ({ content: null }));
      button.disabled = false;
      const made = content?.is === "why" ? decisionsOf(content, this.texts) : [];
      if (made.length) return show(...made);
      const nothing = this.texts.say(content ? "app nobody decided" : "app lost");
      status.textContent = content?.is === "mistake" ? this.texts.of(content) : nothing;
    });
    return h("div", { className: "why" }, button, answer);
  }

  /** Mark where the day on screen is on the road; what lies beyond it is still to come. */
  mark(day) {
    for (const side of [0, 1]) {
      const here = this.days.filter((each) => each.side === side);
      const now = here.findLast((each) => each.day <= day);
      for (const each of here) {
        each.item.classList.toggle("later", each.day > day);
        each.item.classList.toggle("now", each === now || each.item === now?.fold);
        if (each === now) each.item.setAttribute("aria-current", "date");
        else each.item.removeAttribute("aria-current");
      }
    }
  }
}

const FOLDED = 3; // days in a row from which on they are folded

/** A paragraph, or nothing where there is nothing to say. */
const paragraph = (className, text) => (text ? [h("p", { className, textContent: text })] : []);

/** What was told, in parts: days in a row that are quiet together where they are many, each other day alone. */
function folded(told) {
  const parts = [];
  for (const each of told) {
    const before = parts.at(-1);
    if (each.quiet && before?.[0].quiet) before.push(each);
    else parts.push([each]);
  }
  return parts.flatMap((part) => (part.length < FOLDED ? part.map((each) => [each]) : [part]));
}

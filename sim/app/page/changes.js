// What a visitor changed in a world: each change in words, with a button that takes it back.
import { valueSaid } from "./controls.js";
import { h } from "./dom.js";

/** The changes of both worlds, listed below their pictures. */
export class Changes {
  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
  }

  /** Write them as the state has them, in the language of the moment. */
  write() {
    this.app.parts.worlds.forEach((world, side) => {
      const { changes } = this.app.state.worlds[side];
      world.undo.hidden = changes.length === 0;
      world.changes.hidden = changes.length === 0;
      world.changes.replaceChildren(...changes.map((change) => this.#row(side, change)));
    });
    const days = new Set(this.app.state.worlds.flatMap(({ changes }) => changes.map(({ day }) => day)));
    this.app.parts.marks.replaceChildren(...[...days].map((day) => h("option", { value: day })));
  }

  #row(side, change) {
    const { app } = this, { texts } = app;
    const lever = app.hello.levers[change.lever];
    const said = texts.say(change.day ? "app change later" : "app change at once", {
      lever: texts.of(lever).split(/[:;(]/)[0].trim(), value: valueSaid(texts, lever, change.value), day: texts.number(change.day),
    });
    const back = h("button", {
      type: "button", className: "small", textContent: "×", title: texts.say("app take back"),
      on: { click: () => this.#takeBack(side, change) },
    });
    back.setAttribute("aria-label", `${texts.say("app take back")}: ${said}`);
    return h("li", {}, h("span", { textContent: said }), back);
  }

  #takeBack(side, change) {
    const { app } = this, world = app.state.worlds[side];
    world.changes = world.changes.filter((each) => each !== change);
    app.changed();
    app.parts.worlds[side].regime.focus(); // the button is gone
  }
}

// What a visitor takes along: the link, the numbers, the picture.
import { SIGNS } from "./controls.js";
import { csvBlob, keep, picture } from "./download.js";
import { LOOKS } from "./chart_look.js";

/** What can be taken along from a page. */
export class Taking {
  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
  }

  /** Copy the link to what is on screen; where that is not allowed it can be copied by hand. */
  async link() {
    const { app } = this, { link } = app.parts;
    const whole = app.link.whole(app.remember());
    try {
      await navigator.clipboard.writeText(whole);
      link.hidden = true;
      app.notice(app.texts.say("app copied"));
    } catch {
      link.value = whole;
      link.hidden = false;
      link.select();
      app.notice(app.texts.say("app copy by hand"));
    }
  }

  /** The weeks of both worlds as CSV. */
  async data() {
    const { app } = this;
    const answer = await app.asked({ ask: "data", form: app.state.language });
    if (answer) keep(this.#fileName("csv"), csvBlob(answer.content.csv));
  }

  /** Both pictures with their legend. */
  async picture() {
    const { app } = this;
    if (!app.worlds) return;
    app.draw();
    const blob = await picture({
      title: app.texts.say("app title"), line: `${app.parts.when.textContent}. ${app.parts.verdict.textContent}`,
      worlds: app.parts.worlds.map(({ canvas }, side) => ({
        canvas, name: `${SIGNS[side]} ${app.names[side]}`, colour: LOOKS[side].colour,
        line: app.texts.say("app waiting now", { count: app.texts.number(app.numbers[side].all) }),
      })),
      legend: app.legend,
    });
    keep(this.#fileName("png"), blob);
  }

  #fileName(ending) {
    const { scenario, seed, worlds } = this.app.state;
    return `regie-${scenario}-${worlds[0].regime}-${worlds[1].regime}-seed-${seed}.${ending}`;
  }
}

// The page in anywidget form: any host that carries messages to a session and back can show it.
import { App } from "./app.js";
import { Asking } from "./asking.js";

/**
 * Build the page in `el` and open the worlds that its link names.
 * @param {object} given
 * @param {object} given.model `get("words")`, `send(message)`, `on` and `off("msg:custom", (content, buffers) => …)`
 * @param {HTMLElement} given.el
 * @param {object} [given.link] where the link is kept: `read`, `write`, `whole` and `onchange`; else in memory alone
 * @param {(language: string, title: string) => void} [given.onlanguage] called when the language changes
 * @returns {Promise<() => void>} ends it
 */
async function render({ model, el, link, onlanguage }) {
  const asking = new Asking(model);
  const app = new App({ el, ask: asking.ask, words: model.get("words"), link, onlanguage });
  asking.onlost = (last) => app.lost(last);
  await app.start();
  return () => {
    app.end();
    asking.end();
  };
}

export default { render };

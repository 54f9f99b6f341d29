// Questions over the messages of a host: each with a number, by which its answer is known.

/** Asks a session questions through an anywidget model. */
export class Asking {
  /** @param {{send: Function, on: Function, off: Function}} model */
  constructor(model) {
    this.model = model;
    /** Called with `{why, en, nl}` when the connection ends; the texts may be empty. */
    this.onlost = () => {};
    this._asked = new Map();
    this._last = 0;
    model.on("msg:custom", this._heard);
  }

  /**
   * @param {object} message a question, with `ask`
   * @returns {Promise<{content: object, buffers: ArrayBuffer[]}>} the answer; `content.is` is "mistake" where there is
   *   none; rejected with what `onlost` is told if the connection ends first
   */
  ask = (message) => {
    const id = ++this._last;
    return new Promise((resolve, reject) => {
      this._asked.set(id, { resolve, reject });
      this.model.send({ id, ...message });
    });
  };

  /** Hear nothing any more. */
  end() {
    this.model.off("msg:custom", this._heard);
  }

  _heard = ({ id, ...content }, views = []) => {
    if (content.is === "farewell") this._lost(content);
    this._asked.get(id)?.resolve({ content, buffers: views.map(bufferOf) });
    this._asked.delete(id);
  };

  _lost(last) {
    const asked = [...this._asked.values()];
    this._asked.clear();
    asked.forEach(({ reject }) => reject(Object.assign(new Error("The connection is lost."), last)));
    this.onlost(last);
  }
}

// A view may begin anywhere in what came; an array of numbers may not.
function bufferOf(view) {
  return view instanceof ArrayBuffer ? view : view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);
}

// Questions and answers over a websocket. It knows nothing of worlds: another transport can take its place.

const PADDED = 8;
const BYTES = { uint8: 1, int8: 1, uint16: 2, int16: 2, uint32: 4, int32: 4, float32: 4, float64: 8 };

/** An answer as it came over the wire: its words and numbers, and a buffer for each of its arrays. */
export function unpack(frame) {
  const length = new DataView(frame).getUint32(0, true);
  const { id, ...content } = JSON.parse(new TextDecoder().decode(new Uint8Array(frame, 4, length)));
  let at = 4 + length;
  const buffers = (content.arrays ?? []).map(({ type, shape }) => {
    const size = shape.reduce((product, n) => product * n, BYTES[type]);
    const buffer = frame.slice(at, at + size);
    at += Math.ceil(size / PADDED) * PADDED;
    return buffer;
  });
  return { id, content, buffers };
}

/**
 * A connection to a session. It opens with the first question, and again with the first one after it was lost; the
 * session then begins anew, so ask `open` first.
 */
export class Socket {
  /** @param {string|URL} url where the session is; `http` becomes `ws` */
  constructor(url) {
    this.url = String(url).replace(/^http/, "ws");
    /** Called with `{why, en, nl}` when the connection ends; the texts are empty where the server said none. */
    this.onlost = () => {};
    this._asked = new Map();
    this._last = 0;
    this._socket = null;
  }

  /**
   * @param {object} message a question, with `ask`
   * @returns {Promise<{content: object, buffers: ArrayBuffer[]}>} the answer; `content.is` is "mistake" if there is none,
   *   and rejected with what `onlost` is told if the connection ends first
   */
  ask(message) {
    const id = ++this._last;
    return new Promise((resolve, reject) => {
      this._asked.set(id, { resolve, reject });
      this._send(JSON.stringify({ id, ...message }));
    });
  }

  /** End the connection. */
  close() {
    this._socket?.close();
  }

  _send(text) {
    this._socket ??= this._connect();
    if (this._socket.readyState === WebSocket.OPEN) this._socket.send(text);
    else this._socket.addEventListener("open", ({ target }) => target.send(text), { once: true });
  }

  _connect() {
    const socket = new WebSocket(this.url);
    let last = { why: "lost", en: "", nl: "" };
    socket.binaryType = "arraybuffer";
    socket.addEventListener("message", ({ data }) => {
      const { id, content, buffers } = unpack(data);
      if (content.is === "farewell") last = { why: content.why, en: content.en, nl: content.nl };
      this._asked.get(id)?.resolve({ content, buffers });
      this._asked.delete(id);
    });
    socket.addEventListener("close", () => this._lost(socket, last));
    return socket;
  }

  _lost(socket, last) {
    if (socket !== this._socket) return;
    this._socket = null;
    const asked = [...this._asked.values()];
    this._asked.clear();
    asked.forEach(({ reject }) => reject(Object.assign(new Error("The connection is lost."), last)));
    this.onlost(last);
  }
}

// Questions and answers over a websocket, in the shape of an anywidget model: another host can take its place.

const PADDED = 8;
const BYTES = { uint8: 1, int8: 1, uint16: 2, int16: 2, uint32: 4, int32: 4, float32: 4, float64: 8 };

/** An answer as it came over the wire: its words and numbers, and a view of each of its arrays. */
export function unpack(frame) {
  const length = new DataView(frame).getUint32(0, true);
  const content = JSON.parse(new TextDecoder().decode(new Uint8Array(frame, 4, length)));
  let at = 4 + length;
  const buffers = (content.arrays ?? []).map(({ type, shape }) => {
    const view = new DataView(frame, at, shape.reduce((product, n) => product * n, BYTES[type]));
    at += Math.ceil(view.byteLength / PADDED) * PADDED;
    return view;
  });
  return { content, buffers };
}

/**
 * A model whose session is on the other side of a websocket. It connects with the first message, and again with the
 * first one after the connection was lost; the session then begins anew. That a connection ended is a message too:
 * `{is: "farewell", why, en, nl}`, without texts where the server said none.
 */
export class SocketModel {
  /**
   * @param {string|URL} url where the session is; `http` becomes `ws`
   * @param {object} values what {@link SocketModel#get} gives
   */
  constructor(url, values = {}) {
    this.url = String(url).replace(/^http/, "ws");
    this._values = values;
    this._listeners = new Set();
    this._socket = null;
  }

  /** A value that the host gave. */
  get(name) {
    return this._values[name];
  }

  /** Listen to messages, each `(content, buffers)`; there are no other events. */
  on(event, listener) {
    if (event === "msg:custom") this._listeners.add(listener);
  }

  /** Listen no longer. */
  off(event, listener) {
    this._listeners.delete(listener);
  }

  /** Send a message. */
  send(content) {
    const text = JSON.stringify(content);
    this._socket ??= this._connect();
    if (this._socket.readyState === WebSocket.OPEN) this._socket.send(text);
    else this._socket.addEventListener("open", ({ target }) => target.send(text), { once: true });
  }

  /** End the connection. */
  close() {
    this._socket?.close();
  }

  _connect() {
    const socket = new WebSocket(this.url);
    let last = { is: "farewell", why: "lost", en: "", nl: "" };
    socket.binaryType = "arraybuffer";
    socket.addEventListener("message", ({ data }) => {
      const { content, buffers } = unpack(data);
      if (content.is === "farewell") last = content;
      else this._tell(content, buffers);
    });
    socket.addEventListener("close", () => {
      if (socket !== this._socket) return;
      this._socket = null;
      this._tell(last, []);
    });
    return socket;
  }

  _tell(content, buffers) {
    for (const listener of [...this._listeners]) listener(content, buffers);
  }
}

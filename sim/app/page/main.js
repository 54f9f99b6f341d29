// Starts the page: a connection to a session, the texts, and the pictures.
import { render } from "./app.js";
import { Charts, KINDS } from "./charts.js";
import { Neighbourhood, legend } from "./neighbourhood.js";
import { Socket } from "./transport.js";

const socket = new Socket(new URL("socket", document.baseURI));
const words = await (await fetch("words.json")).json();
await render({
  el: document.getElementById("app"),
  ask: (message) => socket.ask(message),
  words,
  onlost: (told) => { socket.onlost = told; },
  make: {
    neighbourhood: (canvas, texts) => new Neighbourhood(canvas, texts),
    charts: (element, texts) => new Charts(element, texts),
    legend,
    tables: KINDS.map((kind) => kind.key),
  },
});

// Starts the page: a connection to a session, the texts, and the app that needs no more than those.

import { render } from "./app.js";
import { Socket } from "./transport.js";

const socket = new Socket(new URL("socket", document.baseURI));
const words = await (await fetch("words.json")).json();
await render({
  el: document.getElementById("app"),
  ask: (message) => socket.ask(message),
  words,
  onlost: (told) => { socket.onlost = told; },
});

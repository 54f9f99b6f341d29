// The page of the server: the widget, a connection to a session, the texts, and the link in the address.
import widget from "./regie.js";
import { address } from "./address.js";
import { SocketModel } from "./socket.js";

const words = await (await fetch("words.json")).json();
await widget.render({
  model: new SocketModel(new URL("socket", document.baseURI), { words }),
  el: document.getElementById("app"),
  link: address(),
  onlanguage: (language, title) => {
    document.documentElement.lang = language;
    document.title = title;
  },
});

// What the reader has chosen, such as a way of steering, and a language: kept in the address, as
// #regime=NAME&lang=nl.
const Choice = (function () {
  const choice = document.documentElement.dataset.choice;
  const known = new Set(Array.from(document.querySelectorAll(".view[data-regime]"), function (view) {
    return view.dataset.regime;
  }));
  const languages = Array.from(document.querySelectorAll("article"), function (one) { return one.dataset.language; });
  const chosen = { regime: known.values().next().value || "", language: document.documentElement.lang };

  // Takes over what the address says; returns the name of the place to go to, if it says one.
  function read() {
    const text = location.hash.slice(1);
    const given = new URLSearchParams(text.includes("=") ? text : "at=" + text);
    if (known.has(given.get(choice))) { chosen.regime = given.get(choice); }
    const at = given.get("at") || "";
    const asked = given.get("lang") || at.split("-")[0];
    if (languages.includes(asked)) { chosen.language = asked; }
    return at;
  }

  // A place is a step that the reader can go back from; a choice is not.
  function write(at) {
    const parts = { lang: chosen.language };
    if (known.size > 1) { parts[choice] = chosen.regime; }
    if (at) { parts.at = at; }
    history[at ? "pushState" : "replaceState"](null, "", "#" + new URLSearchParams(parts));
  }

  return { chosen: chosen, read: read, write: write };
})();

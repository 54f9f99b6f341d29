(function () {
  const said = JSON.parse(document.getElementById("said").textContent);
  const chosen = Choice.chosen;
  const articles = Array.from(document.querySelectorAll("article"));

  function all(selector, action) { document.querySelectorAll(selector).forEach(action); }
  function article() { return articles.find(function (one) { return one.dataset.language === chosen.language; }); }

  function show() {
    all("[data-language]", function (part) { part.hidden = part.dataset.language !== chosen.language; });
    all(".view[data-regime]", function (view) { view.hidden = view.dataset.regime !== chosen.regime; });
    all("[data-select]", function (select) { select.value = chosen.regime; });
    all("[data-switch]", function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.switch === chosen.language));
    });
    all("[data-choose]", function (link) {
      const here = link.dataset.choose === chosen.regime;
      link.closest("tr").classList.toggle("chosen", here);
      if (here) { link.setAttribute("aria-current", "true"); } else { link.removeAttribute("aria-current"); }
    });
    document.documentElement.lang = chosen.language;
    document.title = said[chosen.language].title;
    delete document.documentElement.dataset.drawn;
    return Figures.draw(article(), chosen.regime, said[chosen.language].picture).then(function () {
      document.documentElement.dataset.drawn = chosen.language + " " + chosen.regime;
    });
  }

  function announce() {
    const select = document.querySelector("#" + chosen.language + "-regime");
    const live = document.getElementById("announced");
    live.lang = chosen.language;
    live.textContent = select ? said[chosen.language].chosen.replace("%s", select.selectedOptions[0].textContent) : "";
  }

  function choose(regime) {
    chosen.regime = regime;
    Choice.write("");
    show();
    announce();
  }

  function go(at) {
    const target = at && document.getElementById(at);
    if (!target) { return; }
    if (!target.hasAttribute("tabindex")) { target.tabIndex = -1; }
    target.focus({ preventScroll: true });
    target.scrollIntoView();
  }

  // On paper nothing can be opened, and the sheet has another width.
  let opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.from(article().querySelectorAll("details:not([open]):not([data-long])"));
    opened.forEach(function (part) { part.open = true; });
    Figures.toPaper(article());
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (part) { part.open = false; });
    Figures.toScreen(article(), chosen.regime, said[chosen.language].picture);
  });

  all("[data-switch]", function (button) {
    button.addEventListener("click", function () {
      chosen.language = button.dataset.switch;
      Choice.write("");
      show();
      announce();
    });
  });
  all("[data-select]", function (select) {
    select.addEventListener("change", function () { choose(select.value); });
  });
  document.addEventListener("click", function (event) {
    const link = event.target.closest("a[href^='#']");
    if (!link) { return; }
    event.preventDefault();
    if (link.dataset.choose) { choose(link.dataset.choose); return; }
    const at = link.getAttribute("href").slice(1);
    Choice.write(at);
    go(at);
  });
  window.addEventListener("hashchange", function () {
    const at = Choice.read();
    show();
    go(at);
  });

  Tables.start(said);
  const at = Choice.read();
  show().then(function () { go(at); });
})();

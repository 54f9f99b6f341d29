"use strict";
(function () {
  const figures = JSON.parse(document.getElementById("figures").textContent);
  const titles = JSON.parse(document.getElementById("titles").textContent);
  const pictures = JSON.parse(document.getElementById("pictures").textContent);
  const articles = Array.from(document.querySelectorAll("article[data-language]"));
  const buttons = Array.from(document.querySelectorAll("[data-switch]"));
  const drawn = new Set();

  function copy(thing) { return JSON.parse(JSON.stringify(thing)); }

  // The picture gets a title and a width of its own: it will leave the page and must explain itself.
  function save(plot, key, language) {
    const panel = copy(figures[language][key]);
    panel.layout.title = { text: panel.picture, x: 0.01, xanchor: "left", font: { size: 17 } };
    panel.layout.margin.t = 96;
    panel.layout.width = 960;
    panel.layout.showlegend = panel.data.some(function (trace) { return trace.showlegend !== false; })
      && panel.layout.showlegend !== undefined && Boolean(panel.layout.legend);
    panel.layout.height += 90;
    Plotly.downloadImage({ data: panel.data, layout: panel.layout }, {
      format: "png", width: 960, height: panel.layout.height, scale: 2, filename: "regie-" + key,
    });
  }

  function draw(article) {
    const language = article.dataset.language;
    article.querySelectorAll(".plot").forEach(function (plot) {
      const key = plot.dataset.key;
      if (drawn.has(language + key)) { Plotly.Plots.resize(plot); return; }
      drawn.add(language + key);
      const panel = copy(figures[language][key]);
      Plotly.newPlot(plot, panel.data, panel.layout, {
        responsive: true, displaylogo: false, displayModeBar: "hover", scrollZoom: false,
        modeBarButtons: [[{
          name: pictures[language], title: pictures[language], icon: Plotly.Icons.camera,
          click: function () { save(plot, key, language); },
        }]],
      });
    });
  }

  function show(language) {
    articles.forEach(function (article) { article.hidden = article.dataset.language !== language; });
    buttons.forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.switch === language));
    });
    document.documentElement.lang = language;
    document.title = titles[language];
    articles.filter(function (article) { return !article.hidden; }).forEach(draw);
  }

  function shown() { return articles.find(function (article) { return !article.hidden; }); }

  // On paper nothing can be opened, and the page has another width.
  let closed = [];
  const paper = 684;
  function print() {
    const article = shown();
    closed = Array.from(article.querySelectorAll("details:not([open]):not([data-long])"));
    closed.forEach(function (part) { part.open = true; });
    article.querySelectorAll(".plot").forEach(function (plot) {
      const alone = !plot.closest(".panels.many");
      Plotly.relayout(plot, { autosize: false, width: alone ? paper : paper / 2 - 8 });
    });
  }
  function printed() {
    closed.forEach(function (part) { part.open = false; });
    shown().querySelectorAll(".plot").forEach(function (plot) {
      Plotly.relayout(plot, { autosize: true, width: null });
    });
  }
  window.addEventListener("beforeprint", print);
  window.addEventListener("afterprint", printed);

  buttons.forEach(function (button) {
    button.addEventListener("click", function () { show(button.dataset.switch); });
  });
  const asked = location.hash.slice(1, 3);
  show(titles[asked] ? asked : document.documentElement.lang);
  if (titles[asked] && location.hash.length > 3) {
    const target = document.getElementById(location.hash.slice(1));
    if (target) { target.scrollIntoView(); }
  }
})();

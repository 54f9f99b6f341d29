"use strict";
// Draws the figures that are shown, and makes them fit on paper.
const Figures = (function () {
  const FAINT = 0.3; // of the ways of steering that are not chosen
  const PAPER = 684; // width of the text on a printed sheet, in pixels
  const FLOW = 360; // height of a flow chart on paper, in pixels
  const PAPER_LETTERS = 10;
  const EDGES = 80; // above and below the rows of a figure, in pixels
  const PAPER_EDGE = 14; // pixels that smaller letters leave below
  const PAPER_SCALE = 0.63; // of the height between the edges
  let figures = {};
  const unpacked = unpack(document.getElementById("figures").textContent).then(function (all) { figures = all; });
  const drawn = new Set();

  // The figures come as JSON, packed by gzip and written in letters (base64).
  function unpack(text) {
    const bytes = Uint8Array.from(atob(text), function (letter) { return letter.charCodeAt(0); });
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
  }

  function copy(thing) { return JSON.parse(JSON.stringify(thing)); }

  function shown(article) {
    return Array.from(article.querySelectorAll(".plot")).filter(function (plot) { return !plot.closest("[hidden]"); });
  }

  // In a figure of all ways of steering the chosen one stands out.
  function emphasised(panel, regime) {
    const rows = panel.layout.meta;
    if (!rows || !rows.includes(regime)) { return panel; }
    panel.data.forEach(function (trace) { if (trace.meta) { trace.opacity = trace.meta === regime ? 1 : FAINT; } });
    panel.layout.yaxis.ticktext = panel.layout.yaxis.ticktext.map(function (text, row) {
      return rows[row] === regime ? "<b>" + text + "</b>" : text;
    });
    return panel;
  }

  // The picture gets a title and a width of its own: it will leave the page and must explain itself.
  function save(plot, language, regime) {
    const key = plot.dataset.key;
    const panel = emphasised(copy(figures[language][key]), regime);
    panel.layout.title = { text: panel.picture, x: 0.01, xanchor: "left", font: { size: 17 } };
    panel.layout.margin.t = 96;
    panel.layout.width = 960;
    panel.layout.showlegend = Boolean(panel.layout.legend);
    panel.layout.height += 90;
    Plotly.downloadImage({ data: panel.data, layout: panel.layout }, {
      format: "png", width: 960, height: panel.layout.height, scale: 2, filename: "regie-" + key,
    });
  }

  function draw(article, regime, picture) {
    return unpacked.then(function () { return drawAll(article, regime, picture); });
  }

  function drawAll(article, regime, picture) {
    const language = article.dataset.language;
    return Promise.all(shown(article).map(function (plot) {
      const key = plot.dataset.key;
      const many = Boolean(figures[language][key].layout.meta);
      if (drawn.has(language + key) && !many) { return Plotly.Plots.resize(plot); }
      drawn.add(language + key);
      const panel = emphasised(copy(figures[language][key]), regime);
      return Plotly.react(plot, panel.data, panel.layout, {
        responsive: true, displaylogo: false, displayModeBar: "hover", scrollZoom: false,
        modeBarButtons: [[{
          name: picture, title: picture, icon: Plotly.Icons.camera,
          click: function (gd) { save(gd, language, gd.dataset.regime); },
        }]],
      }).then(function () {
        plot.dataset.regime = regime;
        // Its description says it; the letters of the drawing one by one would say nothing.
        plot.querySelectorAll("svg.main-svg").forEach(function (svg) { svg.setAttribute("aria-hidden", "true"); });
      });
    }));
  }

  function size(layout, letters, width, height) {
    return {
      autosize: !width, width: width, height: height, "margin.b": layout.margin.b - (width ? PAPER_EDGE : 0), "margin.l": layout.margin.l * letters / layout.font.size,
      "font.size": letters, "xaxis.title.font.size": letters, "yaxis.title.font.size": letters,
    };
  }

  // A flow chart glides to another size, too late for the sheet: it is drawn anew.
  function again(plot, width, height) {
    const panel = copy(figures[plot.closest("article").dataset.language][plot.dataset.key]);
    Object.assign(panel.layout, { width: width, height: height });
    panel.data[0].textfont.size = PAPER_LETTERS;
    Plotly.purge(plot);
    Plotly.newPlot(plot, panel.data, panel.layout, { staticPlot: true });
  }

  function flows(plot) { return Boolean(plot.closest(".panels.flow")); }

  function toPaper(article) {
    shown(article).forEach(function (plot) {
      if (flows(plot)) { again(plot, PAPER, FLOW); return; }
      const alone = !plot.closest(".panels.many");
      const layout = figures[article.dataset.language][plot.dataset.key].layout;
      const height = EDGES - PAPER_EDGE + PAPER_SCALE * (layout.height - EDGES);
      Plotly.relayout(plot, size(layout, PAPER_LETTERS, alone ? PAPER : PAPER / 2 - 8, height));
    });
  }

  function toScreen(article, regime, picture) {
    shown(article).filter(flows).forEach(function (plot) {
      Plotly.purge(plot);
      drawn.delete(article.dataset.language + plot.dataset.key);
    });
    draw(article, regime, picture);
    shown(article).forEach(function (plot) {
      if (flows(plot)) { return; }
      const layout = figures[article.dataset.language][plot.dataset.key].layout;
      Plotly.relayout(plot, size(layout, layout.font.size, null, layout.height));
    });
  }

  return { draw: draw, toPaper: toPaper, toScreen: toScreen };
})();

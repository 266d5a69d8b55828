// Makes charts zoomable by dygraphs. Without this they are as the server drew them, with the same figures.
(() => {
  "use strict";
  if (!window.Dygraph) return;
  // Its legend writes inline styles, which the page's policy refuses: the values are said below the chart.
  Dygraph.PLUGINS = Dygraph.PLUGINS.filter((plugin) => plugin !== Dygraph.Plugins.Legend);
  // As a canvas understands it: the page's colours are written for both of its looks.
  const probe = document.body.appendChild(document.createElement("i"));
  const style = (name) => { probe.style.color = `var(${name})`; return getComputedStyle(probe).color; };
  const patterns = [null, [6, 2], [2, 2], [8, 3, 2, 3]];

  for (const figure of document.querySelectorAll("figure[data-zoom]")) {
    const { unit, names, rows, words } = JSON.parse(figure.dataset.zoom);
    if (rows.length < 2) continue;
    const box = document.createElement("div");
    box.className = "zoomed";
    const values = document.createElement("p");
    values.className = "hint zoomed-values";
    // The table below the chart says the same.
    box.setAttribute("aria-hidden", "true");
    figure.querySelector("figcaption").after(box);
    figure.dataset.zoomed = "";
    const colors = ["--link", "--warn", "--good", "--quiet"].map(style);
    const series = {};
    names.forEach((name, index) => { series[name] = { strokePattern: patterns[index % 4], color: colors[index % 4] }; });
    const shown = (value) => value === null || Number.isNaN(value) ? "–" : `${Math.round(value * 100) / 100} ${unit}`;
    const touched = matchMedia("(pointer: coarse)").matches;
    const graph = new Dygraph(box, rows.map(([at, ...values]) => [new Date(at), ...values]), {
      labels: ["", ...names], series, labelsUTC: true, connectSeparatedPoints: false, includeZero: true,
      axisLabelColor: style("--quiet"), axisLabelFontSize: 12, axisLineColor: style("--line"), gridLineColor: style("--line"), strokeWidth: 1.6,
      highlightCallback: (event, at, points) => {
        const moment = new Date(at).toLocaleString(document.documentElement.lang, { timeZone: "UTC", dateStyle: "short", timeStyle: "short" });
        values.textContent = [moment, ...points.map((point) => `${point.name}: ${shown(point.yval)}`)].join(" · ");
      },
      unhighlightCallback: () => { values.textContent = ""; },
      // A finger that scrolls the page is not taken for one that zooms.
      interactionModel: touched ? Dygraph.nonInteractiveModel_ : Dygraph.defaultInteractionModel,
      axes: { y: { valueFormatter: shown, axisLabelFormatter: shown, axisLabelWidth: 68 } },
    });

    const [first, last] = [rows[0][0], rows[rows.length - 1][0]];
    const show = (from, span) => {
      const wanted = Math.min(Math.max(span, 600_000), last - first);
      const begin = Math.min(Math.max(from, first), last - wanted);
      graph.updateOptions({ dateWindow: [begin, begin + wanted] });
    };
    const acts = document.createElement("div");
    acts.className = "acts";
    const add = (text, act) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      button.addEventListener("click", () => { const [from, to] = graph.xAxisRange(); act(from, to - from); });
      acts.append(button);
    };
    add(words.nearer, (from, span) => show(from + span / 4, span / 2));
    add(words.farther, (from, span) => show(from - span / 2, span * 2));
    add(words.earlier, (from, span) => show(from - span / 2, span));
    add(words.later, (from, span) => show(from + span / 2, span));
    add(words.whole, () => show(first, last - first));
    box.after(values, acts);
  }
  probe.remove();
})();

// Makes charts zoomable by dygraphs, which is fetched when somebody asks for it. Without this charts are as the server drew
// them, with the same figures.
(() => {
  "use strict";
  const { library, style: sheet } = document.currentScript.dataset;
  const patterns = [null, [6, 2], [2, 2], [8, 3, 2, 3]];

  let fetched;
  const fetchLibrary = () => fetched ??= new Promise((resolve, reject) => {
    const link = document.createElement("link");
    [link.rel, link.href] = ["stylesheet", sheet];
    const script = document.createElement("script");
    script.src = library;
    script.addEventListener("load", () => {
      // Its legend writes inline styles, which the page's policy refuses: the values are said below the chart.
      Dygraph.PLUGINS = Dygraph.PLUGINS.filter((plugin) => plugin !== Dygraph.Plugins.Legend);
      resolve();
    });
    script.addEventListener("error", () => { fetched = undefined; reject(new Error("dygraphs is missing")); });
    document.head.append(link, script);
  });

  const draw = (figure, acts, { unit, names, rows }) => {
    // As a canvas understands it: the page's colours are written for both of its looks.
    const probe = document.body.appendChild(document.createElement("i"));
    const style = (name) => { probe.style.color = `var(${name})`; return getComputedStyle(probe).color; };
    const box = document.createElement("div");
    box.className = "zoomed";
    // The table below the chart says the same.
    box.setAttribute("aria-hidden", "true");
    const values = document.createElement("p");
    values.className = "hint zoomed-values";
    acts.before(box, values);
    figure.dataset.zoomed = "";
    const colors = ["--link", "--warn", "--good", "--quiet"].map(style);
    const series = {};
    names.forEach((name, index) => { series[name] = { strokePattern: patterns[index % 4], color: colors[index % 4] }; });
    const shown = (value) => value === null || Number.isNaN(value) ? "–" : `${Math.round(value * 100) / 100} ${unit}`;
    const graph = new Dygraph(box, rows.map(([at, ...numbers]) => [new Date(at), ...numbers]), {
      labels: ["", ...names], series, labelsUTC: true, includeZero: true, strokeWidth: 1.6,
      axisLabelColor: style("--quiet"), axisLabelFontSize: 12, axisLineColor: style("--line"), gridLineColor: style("--line"),
      highlightCallback: (event, at, points) => {
        const moment = new Date(at).toLocaleString(
          document.documentElement.lang, { timeZone: "UTC", dateStyle: "short", timeStyle: "short" });
        values.textContent = [moment, ...points.map((point) => `${point.name}: ${shown(point.yval)}`)].join(" · ");
      },
      unhighlightCallback: () => { values.textContent = ""; },
      // A finger that scrolls the page is not taken for one that zooms.
      interactionModel: matchMedia("(pointer: coarse)").matches ? Dygraph.nonInteractiveModel_ : Dygraph.defaultInteractionModel,
      axes: { y: { valueFormatter: shown, axisLabelFormatter: shown, axisLabelWidth: 68 } },
    });
    probe.remove();
    return graph;
  };

  for (const figure of document.querySelectorAll("figure[data-zoom]")) {
    const content = JSON.parse(figure.dataset.zoom);
    const { rows, words } = content;
    if (rows.length < 2) continue;
    const [first, last] = [rows[0][0], rows[rows.length - 1][0]];
    const acts = document.createElement("div");
    acts.className = "acts";
    figure.querySelector(".table").before(acts);
    let graph;
    const show = (from, span) => {
      const wanted = Math.min(Math.max(span, 600_000), last - first);
      const begin = Math.min(Math.max(from, first), last - wanted);
      graph.updateOptions({ dateWindow: [begin, begin + wanted] });
    };
    const add = (text, act) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      button.addEventListener("click", () => { const [from, to] = graph.xAxisRange(); act(from, to - from); });
      acts.append(button);
    };
    const nearer = document.createElement("button");
    nearer.type = "button";
    nearer.textContent = words.nearer;
    nearer.addEventListener("click", async () => {
      await fetchLibrary();
      if (!graph) {
        graph = draw(figure, acts, content);
        add(words.farther, (from, span) => show(from - span / 2, span * 2));
        add(words.earlier, (from, span) => show(from - span / 2, span));
        add(words.later, (from, span) => show(from + span / 2, span));
        add(words.whole, () => show(first, last - first));
      }
      const [from, to] = graph.xAxisRange();
      show(from + (to - from) / 4, (to - from) / 2);
    });
    acts.append(nearer);
  }
})();

// Makes the map of the network one that moves and zooms, by Leaflet, with the pictures of the company's own source if it
// has one. Without this the map is as the server drew it.
(() => {
  "use strict";
  const box = document.querySelector("[data-map]");
  if (!box || !window.L) return;
  const { sites, links, tiles, attribution } = JSON.parse(box.dataset.map);
  box.hidden = false;
  document.querySelector(".map-drawing")?.removeAttribute("open");

  const map = L.map(box, { attributionControl: Boolean(tiles), zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches });
  map.attributionControl?.setPrefix("");
  if (tiles) {
    const owed = document.createElement("span");
    owed.textContent = attribution;
    L.tileLayer(tiles, { attribution: owed.innerHTML, maxZoom: 19 }).addTo(map);
  }
  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const colors = { up: style("--good"), down: style("--bad"), unknown: style("--link") };
  for (const [from, to] of links) {
    L.polyline([sites[from].at, sites[to].at], { color: style("--quiet"), weight: 2, interactive: false }).addTo(map);
  }

  // Sites whose marks would cover each other share one, whose names are listed when it is pressed.
  const marks = L.layerGroup().addTo(map);
  const draw = () => {
    marks.clearLayers();
    const places = [];
    for (const site of sites) {
      const spot = map.project(site.at);
      const near = places.find((place) => place.spot.distanceTo(spot) < 26);
      if (near) near.sites.push(site); else places.push({ spot, sites: [site] });
    }
    for (const { sites: there } of places) {
      const state = ["down", "up"].find((state) => there.some((site) => site.state === state)) ?? "unknown";
      const mark = L.circleMarker(there[0].at, { radius: there.some((site) => !site.box) ? 9 : 5, color: colors[state], fillOpacity: 0.8 });
      const names = document.createElement("ul");
      names.className = "plain";
      for (const site of there) {
        const line = document.createElement("li");
        const link = document.createElement("a");
        link.href = site.path;
        link.textContent = site.name;
        line.append(link, ` · ${site.about}`);
        names.append(line);
      }
      mark.bindPopup(names, { maxHeight: 240 }).addTo(marks);
      if (there.every((site) => site.box)) continue;
      const text = document.createElement("span");
      text.textContent = there.length > 1 ? `${there[0].name} + ${there.length - 1}` : there[0].name;
      mark.bindTooltip(text, { permanent: places.length <= 25, direction: "auto", offset: [8, 0] });
    }
  };
  map.fitBounds(L.latLngBounds(sites.map((site) => site.at)).pad(0.15), { maxZoom: 16 });
  draw();
  map.on("zoomend", draw);
})();

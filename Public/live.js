// Shows parts of a page anew when they change. Without this they are as they were when it was asked for.
(() => {
  "use strict";
  const parts = [...document.querySelectorAll("[data-live]")];
  const state = document.querySelector(".live-state");
  if (!parts.length || !window.EventSource) return;
  let source, timer, asking = false, stale = false;

  // What somebody stands in or has marked is not taken away under their hands.
  const inUse = (part) => part.contains(document.activeElement)
    || (!getSelection().isCollapsed && part.contains(getSelection().anchorNode));

  const leave = () => { source?.close(); source = undefined; delete state.dataset.on; };

  const put = (part, fresh) => {
    const across = [...part.querySelectorAll(".table")].map((table) => table.scrollLeft);
    part.replaceChildren(...fresh.childNodes);
    part.querySelectorAll(".table").forEach((table, index) => { table.scrollLeft = across[index] ?? 0; });
    window.htmx?.process(part);
  };

  const refresh = async () => {
    stale = true;
    if (asking || timer || document.hidden || parts.every(inUse)) return;
    [asking, stale] = [true, false];
    try {
      const answer = await fetch(location, { headers: { Accept: "text/html", "X-Refresh": "live" } });
      // A session that ended: the next press says so better than we.
      if (!answer.ok || answer.redirected) { leave(); return; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      page.querySelectorAll("[data-live]").forEach((fresh, index) => {
        const part = parts[index];
        if (!part || fresh.innerHTML === part.innerHTML) return;
        if (inUse(part)) stale = true; else put(part, fresh);
      });
    } catch {
      stale = true;
    } finally {
      asking = false;
      timer = setTimeout(() => { timer = undefined; if (stale) refresh(); }, 1000);
    }
  };

  const listen = () => {
    source = new EventSource(parts[0].dataset.live);
    // Something may have happened since the page was made, or while nobody was told.
    source.onopen = () => { state.dataset.on = ""; refresh(); };
    source.addEventListener("changed", refresh);
    source.onerror = () => { delete state.dataset.on; };
  };

  // A page that nobody looks at holds no connection.
  document.addEventListener("visibilitychange", () => { leave(); if (!document.hidden) listen(); });
  for (const part of parts) part.addEventListener("focusout", () => setTimeout(() => { if (stale) refresh(); }));
  if (!document.hidden) listen();
})();

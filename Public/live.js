// Shows a part of a page anew when it changes. Without this it is as it was when it was asked for.
(() => {
  "use strict";
  const part = document.querySelector("[data-live]");
  const state = document.querySelector(".live-state");
  if (!part || !window.EventSource) return;
  let source, timer, asking = false, stale = false;

  // What somebody stands in or has marked is not taken away under their hands.
  const inUse = () => part.contains(document.activeElement)
    || (!getSelection().isCollapsed && part.contains(getSelection().anchorNode));

  const leave = () => { source?.close(); source = undefined; delete state.dataset.on; };

  const put = (fresh) => {
    const across = [...part.querySelectorAll(".table")].map((table) => table.scrollLeft);
    part.replaceChildren(...fresh.childNodes);
    part.querySelectorAll(".table").forEach((table, index) => { table.scrollLeft = across[index] ?? 0; });
    window.htmx?.process(part);
  };

  const refresh = async () => {
    stale = true;
    if (asking || timer || document.hidden || inUse()) return;
    [asking, stale] = [true, false];
    try {
      const answer = await fetch(location, { headers: { Accept: "text/html", "X-Refresh": "live" } });
      // A session that ended: the next press says so better than we.
      if (!answer.ok || answer.redirected) { leave(); return; }
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]");
      if (!fresh || fresh.innerHTML === part.innerHTML) return;
      if (inUse()) stale = true; else put(fresh);
    } catch {
      stale = true;
    } finally {
      asking = false;
      timer = setTimeout(() => { timer = undefined; if (stale) refresh(); }, 1000);
    }
  };

  const listen = () => {
    source = new EventSource(part.dataset.live);
    // Something may have happened since the page was made, or while nobody was told.
    source.onopen = () => { state.dataset.on = ""; refresh(); };
    source.addEventListener("changed", refresh);
    source.onerror = () => { delete state.dataset.on; };
  };

  // A page that nobody looks at holds no connection.
  document.addEventListener("visibilitychange", () => { leave(); if (!document.hidden) listen(); });
  part.addEventListener("focusout", () => setTimeout(() => { if (stale) refresh(); }));
  if (!document.hidden) listen();
})();

// Makes the panel quicker where scripts run. Every page works without: this only shortens ways that exist.
(() => {
  "use strict";
  const find = (selector, within = document) => within.querySelector(selector);
  const toasts = find("#toasts");

  // On a phone the tabs are wider than the screen.
  const tab = find(".page-tabs [aria-current]");
  if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 16;

  // What was just done floats over the page for a while, and is said aloud once.
  const toast = (text, isFault) => {
    if (!toasts) return;
    const box = document.createElement("div");
    box.className = isFault ? "toast fault" : "toast";
    const words = document.createElement("p");
    words.textContent = text;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "bare";
    close.textContent = "×";
    close.setAttribute("aria-label", toasts.dataset.close);
    let timer;
    const leave = () => box.remove();
    const wait = () => { clearTimeout(timer); if (!isFault) timer = setTimeout(leave, 7000); };
    close.addEventListener("click", leave);
    box.addEventListener("pointerenter", () => clearTimeout(timer));
    box.addEventListener("pointerleave", wait);
    box.addEventListener("focusin", () => clearTimeout(timer));
    box.addEventListener("focusout", wait);
    box.append(words, close);
    toasts.append(box);
    wait();
  };

  const notice = find(".notice[data-passing]");
  if (notice && toasts) {
    const text = notice.textContent;
    notice.remove();
    requestAnimationFrame(() => toast(text));
    const here = new URL(location);
    here.searchParams.delete("notice");
    history.replaceState(null, "", here);
  }

  find(".error-summary")?.focus();

  // Links, secrets and codes that are shown once are copied by one press.
  for (const source of document.querySelectorAll("main input[readonly]:not([hidden]), main code.secret, main output.code")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = toasts.dataset.copy;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(source.value ?? source.textContent);
      toast(toasts.dataset.copied);
    });
    source.after(button);
  }

  for (const button of document.querySelectorAll("main button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      toast(toasts.dataset.copied);
    });
  }

  // A ticket is printed beside the page, which stays for the next customer; elsewhere the link opens it.
  const print = (address) => {
    find("iframe.ticket")?.remove();
    const frame = document.createElement("iframe");
    frame.className = "ticket";
    frame.title = "";
    frame.src = address;
    frame.addEventListener("load", () => { frame.contentWindow.focus(); frame.contentWindow.print(); });
    document.body.append(frame);
  };
  const ticket = navigator.pdfViewerEnabled && find("main a[data-print=now]");
  if (ticket) {
    const here = new URL(location);
    here.searchParams.delete("print");
    history.replaceState(null, "", here);
    print(ticket.href);
  }

  // Cash: what is given back, and what stays in favour.
  const cash = find("main .cash");
  if (cash) {
    const { form } = find("input", cash), { amount, received, method } = form.elements;
    const [change, favour] = [find("[data-change]", cash), find("[data-favour]", form)];
    const coin = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency: change.dataset.change });
    const scale = 10 ** coin.resolvedOptions().maximumFractionDigits;
    const amountOf = ({ value }) => {
      const text = value.replace(/[^\d.,]/g, ""), parts = text.match(/^(.*)[.,](\d{1,2})$/);
      return Math.round(scale * Number(parts ? `${parts[1].replace(/\D/g, "")}.${parts[2]}` : text.replace(/\D/g, "")));
    };
    const shown = (minor) => coin.format(minor / scale);
    const reckon = () => {
      cash.hidden = !cash.dataset.cash.split(" ").includes(method.value);
      const rest = amountOf(received) - amountOf(amount), more = amountOf(amount) - Number(amount.dataset.owed);
      change.textContent = received.value && rest >= 0 ? shown(rest) : "–";
      favour.textContent = more > 0 ? `${favour.dataset.favour} ${shown(more)}` : "";
    };
    form.addEventListener("input", reckon);
    reckon();
  }

  // A page that asks something opens over the one it was asked from.
  let opening = false;
  const openDialog = async (address, kind) => {
    if (opening) return;
    if (find("dialog[open]")) { find("dialog[open]").close(); }
    opening = true;
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const content = find("main#content", page);
      if (!answer.ok || answer.redirected || !content) { location.assign(address); return; }
      const dialog = document.createElement("dialog");
      dialog.className = "dialog " + (kind || "");
      const title = find("h1", content);
      if (title) { title.id = "dialog-title"; dialog.setAttribute("aria-labelledby", "dialog-title"); }
      const close = document.createElement("button");
      close.type = "button";
      close.className = "bare dialog-close";
      close.textContent = "×";
      close.setAttribute("aria-label", toasts.dataset.close);
      close.addEventListener("click", () => dialog.close());
      find(".notice", content)?.remove();
      dialog.append(...content.childNodes, close);
      dialog.addEventListener("close", () => dialog.remove());
      dialog.addEventListener("click", (event) => {
        if (event.target === dialog) dialog.close();
        if (event.target.closest("[data-close]")) { event.preventDefault(); dialog.close(); }
      });
      find("#menu:popover-open")?.hidePopover();
      document.body.append(dialog);
      dialog.showModal();
      find("[autofocus]", dialog)?.focus();
      window.htmx?.process(dialog);
    } catch {
      toast(toasts.dataset.failed, true);
    } finally {
      opening = false;
    }
  };

  const openPalette = () => {
    const box = find("main #search-box");
    if (box) { box.focus(); box.select(); } else openDialog(find("a[data-palette]").href, "palette");
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if ("print" in link.dataset && navigator.pdfViewerEnabled) { event.preventDefault(); print(link.href); }
    else if ("palette" in link.dataset) { event.preventDefault(); openPalette(); }
    else if ("dialog" in link.dataset) { event.preventDefault(); openDialog(link.href); }
  });

  // One press is one act.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if ("sent" in form.dataset) { event.preventDefault(); return; }
    form.dataset.sent = "";
    // What brings a file leaves the page as it is, to be sent again.
    if ("file" in (event.submitter?.dataset ?? {})) setTimeout(() => { delete form.dataset.sent; }, 1000);
    else event.submitter?.setAttribute("aria-busy", "true");
  });
  // What was typed and not sent is not lost without a word.
  document.addEventListener("input", ({ target }) => {
    if (target.form?.method === "post" && target.form.closest("main")) target.form.dataset.changed = "";
  });
  addEventListener("beforeunload", (event) => {
    if (find("main form[data-changed]:not([data-sent])")) event.preventDefault();
  });
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    for (const button of document.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
  });

  // An answer is sent without leaving the keyboard, and what was begun of it is kept.
  document.addEventListener("keydown", (event) => {
    const box = event.target.closest?.("textarea[data-submit]");
    if (box && event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); box.form.requestSubmit(); }
  });
  const answer = find("main form[data-draft]");
  if (answer) {
    let waiting;
    const keep = async () => {
      clearTimeout(waiting);
      if (!("changed" in answer.dataset) || "sent" in answer.dataset) return;
      delete answer.dataset.changed;
      const kept = await fetch(answer.dataset.draft, { method: "POST", body: new URLSearchParams(new FormData(answer)), keepalive: true, redirect: "manual" }).catch(() => null);
      if (!kept) answer.dataset.changed = "";
    };
    answer.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(keep, 1500); });
    // A slash at the beginning opens the canned replies; the arrow leads into those that fit.
    const canned = find("details.chooser", answer), box = find("textarea", answer);
    const fits = () => [...canned.querySelectorAll("li")].filter((line) => !line.hidden);
    box?.addEventListener("input", () => {
      const begun = /^\/\S*$/.test(box.value);
      if (!canned || begun === canned.open && !begun) return;
      canned.open = begun;
      for (const line of canned.querySelectorAll("li")) line.hidden = begun && !line.textContent.trim().startsWith(box.value);
    });
    box?.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" && canned?.open && fits().length) { event.preventDefault(); find("a", fits()[0]).focus(); }
    });
    document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  }

  // Without htmx a changed filter is sent as it would be by hand.
  if (!window.htmx) {
    document.addEventListener("change", (event) => event.target.closest("form.filter")?.requestSubmit());
  }
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    const isFilter = detail.verb === "get" && detail.elt.matches("form");
    const box = isFilter && find("#search-box", detail.elt);
    if (box) box.dataset.asked = box.value;
    if (!isFilter) return;
    for (const name of [...detail.formData.keys()]) if (!detail.formData.get(name)) detail.formData.delete(name);
    // How the list is sorted now; the form is from when the page was made.
    const order = find("#list") && new URL(location).searchParams.get("order");
    if (order) detail.formData.set("order", order); else detail.formData.delete("order");
  });
  for (const fault of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(fault, () => toast(toasts.dataset.failed, true));
  }
  // A session that ended meanwhile, or a fault: the whole page says it better than a part of one.
  document.addEventListener("htmx:responseError", ({ detail }) => location.assign(detail.pathInfo.finalRequestPath));

  // A page of a list is read from its top, unless somebody already types elsewhere.
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (!detail.requestConfig?.elt.closest(".pager")) return;
    scrollTo(0, 0);
    if (document.activeElement === document.body) find("#list")?.focus({ preventScroll: true });
  });

  // Arrows walk through results; what is typed goes back to the box.
  document.addEventListener("keydown", (event) => {
    const dialog = event.target.closest?.("dialog, main");
    // A browser would only empty the box.
    if (event.key === "Escape" && dialog?.matches("dialog")) { event.preventDefault(); dialog.close(); return; }
    const results = dialog && find(".results", dialog);
    if (!results || !["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) return;
    const box = find("input[type=search]", dialog);
    const links = [...results.querySelectorAll("a")];
    const here = links.indexOf(document.activeElement);
    if (here < 0 && document.activeElement !== box) return;
    if (event.key === "Enter") {
      const isAnswered = box && box.value === (box.dataset.asked ?? box.defaultValue) && !box.form.classList.contains("htmx-request");
      if (here < 0 && links.length && isAnswered) { event.preventDefault(); links[0].click(); }
      return;
    }
    event.preventDefault();
    const next = here + (event.key === "ArrowDown" ? 1 : -1);
    if (next < 0) box.focus(); else links[Math.min(next, links.length - 1)]?.focus();
  });

  let isGoing = 0;
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      openPalette();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || document.body.dataset.keys === "off") return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog")) return;
    const wasGoing = Date.now() - isGoing < 1500;
    isGoing = 0;
    const target = wasGoing ? find(`#menu a[data-key="${CSS.escape(event.key)}"]`)
      : event.key === "n" ? find("main a[data-new]")
      : find(`main a[data-press="${CSS.escape(event.key)}"]`);
    if (target) { event.preventDefault(); target.click(); return; }
    const rows = ["j", "k", "x"].includes(event.key) ? [...document.querySelectorAll("#list tbody tr, ol#list > li")] : [];
    if (rows.length) {
      const here = rows.findIndex((row) => row.contains(document.activeElement));
      const next = Math.min(rows.length - 1, Math.max(0, here + (event.key === "j" ? 1 : -1)));
      event.preventDefault();
      if (event.key === "x") rows[here] && find("input[type=checkbox]", rows[here])?.click();
      else find("a", rows[next])?.focus();
      return;
    }
    if (event.key === "g") isGoing = Date.now();
    else if (event.key === "?") { event.preventDefault(); openDialog("/panel/keys"); }
    else if (event.key === "/") {
      event.preventDefault();
      const filter = find("main .filter input[type=search]");
      if (filter) { filter.focus(); filter.select(); } else openPalette();
    }
  });
})();

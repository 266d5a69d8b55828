// Lets somebody sign by hand. Without this their typed name is the signature.
(() => {
  "use strict";
  for (const form of document.querySelectorAll(".signing")) {
    const pad = form.querySelector(".pad");
    const field = form.querySelector("[name=drawing]");
    const canvas = pad.querySelector("canvas");
    const limits = Object.fromEntries(Object.entries(pad.dataset).map(([name, text]) => [name, Number(text)]));
    const context = canvas.getContext("2d");
    let strokes = field.value ? field.value.split("_").map((stroke) =>
      stroke.split("-").map((point) => point.split(".").map(Number))) : [];
    let current, count = strokes.flat().length;

    const draw = () => {
      context.clearRect(0, 0, canvas.width, canvas.height);
      [context.lineWidth, context.lineCap, context.lineJoin, context.strokeStyle] = [3, "round", "round", "#10204a"];
      for (const stroke of strokes) {
        context.beginPath();
        stroke.forEach(([x, y], index) => (index ? context.lineTo(x, y) : context.moveTo(x, y)));
        context.stroke();
      }
    };
    const keep = () => {
      field.value = strokes.map((stroke) => stroke.map((point) => point.join(".")).join("-")).join("_");
      count = strokes.flat().length;
      draw();
    };
    const place = (event) => {
      const box = canvas.getBoundingClientRect();
      const within = (value, most) => Math.max(0, Math.min(most, Math.round(value * most)));
      return [within((event.clientX - box.left) / box.width, limits.width),
        within((event.clientY - box.top) / box.height, limits.height)];
    };
    const add = (event) => {
      const [x, y] = place(event), last = current[current.length - 1];
      // What cannot be told apart on paper is not sent.
      if (count >= limits.points || Math.hypot(x - last[0], y - last[1]) < 3) return;
      current.push([x, y]);
      count += 1;
      draw();
    };

    canvas.addEventListener("pointerdown", (event) => {
      if (current || event.button > 0 || strokes.length >= limits.strokes || count + 2 > limits.points) return;
      event.preventDefault();
      canvas.setPointerCapture(event.pointerId);
      // Twice, so that a tap is a dot.
      current = [place(event), place(event)];
      strokes.push(current);
      count += 2;
      draw();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (current) (event.getCoalescedEvents?.() ?? [event]).forEach(add);
    });
    for (const end of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(end, () => { if (current) { current = undefined; keep(); } });
    }
    pad.querySelector("[data-undo]").addEventListener("click", () => { strokes.pop(); keep(); });
    pad.querySelector("[data-clear]").addEventListener("click", () => { strokes = []; keep(); });

    [canvas.width, canvas.height] = [limits.width, limits.height];
    pad.hidden = false;
    draw();
  }
})();

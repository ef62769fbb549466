// Drawing an area on the map of a form: corners are set, moved and taken away by mouse,
// finger or keys. The list of corners in the text field is the value; the map writes it
// and follows it, and nothing is lost when this file does not load. The server judges the
// area; what is said here only helps.
const NS = "http://www.w3.org/2000/svg";
const MOST = 60; // of kernel/places
const FINGER = 22; // pixels around a corner that are the corner, for a finger
const MOUSE = 12; // and for a mouse or the cross
const NEAR = 150; // metres to the street that a corner is said to be at

// Latitude and longitude to RD New, by the approximation of Schreutelkamp and Strang van
// Hees, good to half a metre: it is only drawn. kernel/places converts what is sent.
const toRD = (lat, lon) => {
  const f = 0.36 * (lat - 52.1551744);
  const l = 0.36 * (lon - 5.38720621);
  return {
    x: 155000 + 190094.945 * l - 11832.228 * f * l - 114.221 * f * f * l - 32.391 * l ** 3 - 0.705 * f,
    y: 463000 + 309056.544 * f + 3638.893 * l * l + 73.077 * f * f - 157.984 * f * l * l + 59.788 * f ** 3,
  };
};

const apart = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

// How far p lies from the stretch between a and b.
const beside = (p, a, b) => {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const t = Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
};

const turn = (a, b, c) => (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);

const crosses = (ring) =>
  ring.some((a, i) =>
    ring.some((c, j) => {
      const b = ring[(i + 1) % ring.length];
      const d = ring[(j + 1) % ring.length];
      return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
    }),
  );

const hectares = (ring) => Math.abs(ring.reduce((sum, a, i) => sum + turn(ring[0], a, ring[(i + 1) % ring.length]), 0)) / 20000;

const read = (text) => {
  const corners = [];
  let unread = 0;
  text.split("\n").forEach((line, i) => {
    if (line.trim() === "") return;
    const m = /^(\d+(?:[.,]\d+)?)(?:[;,]?\s+|[;,])(\d+(?:[.,]\d+)?)$/.exec(line.trim());
    if (m === null) return void (unread ||= i + 1);
    const [a, b] = [m[1], m[2]].map((s) => Number(s.replace(",", ".")));
    const p = a > 180 || b > 180 ? { x: a, y: b } : toRD(a, b);
    corners.push({ x: Math.round(p.x), y: Math.round(p.y) });
  });
  if (corners.length > 3 && apart(corners[0], corners.at(-1)) === 0) corners.pop();
  return { corners: corners.slice(0, MOST), unread };
};

const sketch = (field) => {
  const box = field.querySelector("textarea");
  const svg = field.querySelector("svg[data-west]");
  const west = Number(svg.dataset.west);
  const north = Number(svg.dataset.north);
  const land = svg.dataset.land.split(" ").map(Number);
  const [border, aimed, handles, names] = ["border", "aim", "corners", "names"].map((s) => svg.querySelector(`[data-${s}]`));
  const lines = svg.querySelectorAll("use");
  const status = field.querySelector("[data-said]");
  const size = field.querySelector("[data-size]");
  const view = (({ x, y, width, height }) => ({ x, y, width, height }))(svg.viewBox.baseVal);
  const streets = [...svg.querySelectorAll("[data-street]")].map((p) => ({
    name: p.dataset.street,
    lines: p.getAttribute("d").split("M").slice(1).map((l) => l.split("L").map((s) => (([x, y]) => ({ x: west + x, y: north - y }))(s.split(" ").map(Number)))),
  }));
  const labels = [...names.children].map((el) => ({ el, x: Number(el.getAttribute("x")), y: Number(el.getAttribute("y")), room: Number(el.dataset.room), angle: (Number(el.dataset.angle) * Math.PI) / 180, long: el.textContent.length, street: el.classList.contains("baken-sketch__street") }));

  let { corners, unread } = read(box.value);
  let chosen = -1;
  let aim = null; // of the keys, in the grid
  let down = null; // the pointer that is down
  const past = [];

  const scale = () => 1 / svg.getScreenCTM().a; // metres per pixel
  const place = (e) => {
    const p = new DOMPoint(e.clientX, e.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return { x: Math.round(west + p.x), y: Math.round(north - p.y) };
  };
  const say = (what, values = {}) => field.dataset[`say${what[0].toUpperCase()}${what.slice(1)}`].replace(/\{(\w+)\}/g, (_, k) => values[k]);
  const tell = (...args) => void (status.textContent = say(...args));
  const near = (p) => {
    let best = NEAR;
    let street = null;
    for (const s of streets)
      for (const l of s.lines)
        for (let i = 0; i + 1 < l.length; i++) {
          const d = beside(p, l[i], l[i + 1]);
          if (d < best) [best, street] = [d, s.name];
        }
    return street === null ? say("far") : say("near", { street });
  };
  const cornerAt = (p, pixels) => {
    const all = corners.map((c, i) => [apart(c, p), i]).sort((a, b) => a[0] - b[0]);
    return all.length > 0 && all[0][0] <= pixels * scale() ? all[0][1] : -1;
  };

  const reach = (e) => (e.pointerType === "mouse" ? MOUSE : FINGER);

  const make = (tag, attributes, parent, text = "") => {
    const el = document.createElementNS(NS, tag);
    for (const [k, v] of Object.entries(attributes)) el.setAttribute(k, v);
    el.textContent = text;
    parent.append(el);
    return el;
  };

  // Names that fit their street, from its middle to either side, where they do not lie
  // over a corner or over one another; as names and free of web/ui/plan.go.
  const drawNames = (m) => {
    const high = 13 * m;
    names.setAttribute("font-size", high);
    const taken = corners.map((c) => ({ x: c.x - west, y: north - c.y, wide: 13 * m, high: 13 * m }));
    for (const l of labels) {
      const [sin, cos, half] = [Math.sin(l.angle), Math.cos(l.angle), l.long * high * 0.27 + 4 * m];
      const slack = l.street ? l.room / 2 - half : 0;
      const free = [0, -0.5, 0.5, -1, 1]
        .map((t) => ({ x: l.x + cos * slack * t, y: l.y + sin * slack * t, wide: Math.abs(cos) * half + Math.abs(sin) * high * 0.6, high: Math.abs(sin) * half + Math.abs(cos) * high * 0.6 }))
        .find((on) => 2 * half <= l.room && on.x > view.x && on.x < view.x + view.width && on.y > view.y && on.y < view.y + view.height &&
          taken.every((t) => Math.abs(t.x - on.x) > t.wide + on.wide || Math.abs(t.y - on.y) > t.high + on.high));
      if (free === undefined) {
        l.el.setAttribute("display", "none");
        continue;
      }
      taken.push(free);
      l.el.setAttribute("x", free.x);
      l.el.setAttribute("y", free.y);
      if (l.street) l.el.setAttribute("transform", `rotate(${l.el.dataset.angle} ${free.x} ${free.y})`);
      l.el.removeAttribute("display");
    }
  };

  const draw = () => {
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
    const m = scale();
    border.setAttribute("d", corners.length === 0 ? "" : `M${corners.map((c) => `${c.x - west} ${north - c.y}`).join("L")}Z`);
    handles.replaceChildren();
    corners.forEach((c, i) => {
      const g = make("g", { class: `baken-sketch__corner${i === chosen ? " baken-sketch__corner--chosen" : ""}`, transform: `translate(${c.x - west} ${north - c.y}) scale(${m})` }, handles);
      make("circle", { class: "baken-sketch__touch", r: FINGER }, g);
      make("circle", { class: "baken-sketch__dot", r: 11 }, g);
      make("text", { class: "baken-sketch__number", y: 4.5 }, g, String(i + 1));
    });
    const at = aim !== null && document.activeElement === svg;
    aimed.setAttribute("d", at ? "M-18 0H-5M5 0H18M0 -18V-5M0 5V18" : "");
    if (at) aimed.setAttribute("transform", `translate(${aim.x - west} ${north - aim.y}) scale(${m})`);
    // As streetWidths of web/ui/plan.go.
    const wide = Math.max(1.6, Math.min(5.5, 9 / m));
    lines[0].setAttribute("stroke-width", wide);
    lines[1].setAttribute("stroke-width", Math.max(0.6, wide - 2));
    drawNames(m);
    const n = corners.length;
    size.textContent =
      unread > 0 ? say("unread", { n: unread })
      : n === 0 ? ""
      : n < 3 ? say("few", { n })
      : crosses(corners) ? say("crosses")
      : say("size", { n, size: new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1, minimumFractionDigits: 1 }).format(hectares(corners)) });
  };

  const keep = () => past.push(box.value);
  const write = () => {
    box.value = corners.map((c) => `${c.x} ${c.y}`).join("\n");
    unread = 0;
    draw();
  };

  // One act for a tap, a click and Enter: on a corner it chooses, with a corner chosen it
  // moves that one, on a side it puts one between, and else it adds one.
  const point = (p, pixels) => {
    const on = cornerAt(p, pixels);
    if (on >= 0) {
      const same = on === chosen;
      chosen = same ? -1 : on;
      draw();
      return tell(same ? "loose" : "chosen", { n: on + 1, at: near(corners[on]) });
    }
    if (chosen >= 0) {
      keep();
      corners[chosen] = p;
      tell("moved", { n: chosen + 1, at: near(p) });
      chosen = -1;
      return write();
    }
    if (corners.length >= MOST) return tell("full", { n: MOST });
    keep();
    const side = corners.length < 3 ? -1 : corners.findIndex((a, i) => beside(p, a, corners[(i + 1) % corners.length]) < 9 * scale());
    const n = side < 0 ? corners.length : side + 1;
    corners.splice(n, 0, p);
    tell("set", { n: n + 1, at: near(p) });
    write();
  };

  const zoom = (by) => {
    const c = aim !== null && document.activeElement === svg ? { x: aim.x - west, y: north - aim.y } : { x: view.x + view.width / 2, y: view.y + view.height / 2 };
    const f = Math.max(80 / view.width, Math.min(land[0] / view.width, by));
    view.x = c.x - (c.x - view.x) * f;
    view.y = c.y - (c.y - view.y) * f;
    view.width *= f;
    view.height *= f;
    shift(0, 0);
  };
  const shift = (dx, dy) => {
    view.x = Math.max(-view.width / 2, Math.min(land[0] - view.width / 2, view.x + dx * view.width));
    view.y = Math.max(-view.height / 2, Math.min(land[1] - view.height / 2, view.y + dy * view.height));
    draw();
  };

  const acts = {
    in: () => zoom(1 / 1.6),
    out: () => zoom(1.6),
    west: () => shift(-1 / 3, 0),
    east: () => shift(1 / 3, 0),
    north: () => shift(0, -1 / 3),
    south: () => shift(0, 1 / 3),
    remove: () => {
      if (corners.length === 0) return tell("none");
      keep();
      const n = chosen >= 0 ? chosen : corners.length - 1;
      corners.splice(n, 1);
      chosen = -1;
      tell("removed", { n: n + 1, left: corners.length });
      write();
    },
    undo: () => {
      if (past.length === 0) return tell("none");
      box.value = past.pop();
      ({ corners, unread } = read(box.value));
      chosen = -1;
      tell("undone", { left: corners.length });
      draw();
    },
    clear: () => {
      if (box.value.trim() === "") return tell("none");
      keep();
      corners = [];
      chosen = -1;
      tell("cleared");
      write();
    },
  };
  field.addEventListener("click", (e) => {
    const button = e.target.closest("[data-do]");
    if (button !== null) acts[button.dataset.do]();
  });

  // A finger on the map scrolls the page, as everywhere; on a corner it drags it. A mouse
  // drags the map too.
  svg.addEventListener("pointerdown", (e) => {
    if (e.button !== 0) return;
    down = { x: e.clientX, y: e.clientY, corner: cornerAt(place(e), reach(e)), moved: false, from: { ...view }, text: box.value };
    if (down.corner >= 0 || e.pointerType === "mouse") svg.setPointerCapture(e.pointerId);
  });
  svg.addEventListener("pointermove", (e) => {
    if (down === null) return;
    down.moved ||= Math.hypot(e.clientX - down.x, e.clientY - down.y) > 6;
    if (!down.moved) return;
    if (down.corner >= 0) {
      corners[down.corner] = place(e);
      draw();
    } else if (e.pointerType === "mouse") {
      view.x = down.from.x - (e.clientX - down.x) * scale();
      view.y = down.from.y - (e.clientY - down.y) * scale();
      shift(0, 0);
    }
  });
  svg.addEventListener("pointerup", (e) => {
    if (down === null) return;
    const { moved, corner, text } = down;
    down = null;
    if (!moved) return point(place(e), reach(e));
    if (corner < 0) return;
    past.push(text);
    chosen = -1;
    tell("moved", { n: corner + 1, at: near(corners[corner]) });
    write();
  });
  svg.addEventListener("pointercancel", () => {
    down = null;
    ({ corners, unread } = read(box.value));
    draw();
  });

  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  svg.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const middle = () => ({ x: Math.round(west + view.x + view.width / 2), y: Math.round(north - view.y - view.height / 2) });
    aim ??= middle();
    if (e.key in arrows) {
      const step = (e.shiftKey ? 4 : 20) * scale();
      const before = near(aim);
      aim = { x: Math.round(aim.x + arrows[e.key][0] * step), y: Math.round(aim.y + arrows[e.key][1] * step) };
      const [x, y] = [(aim.x - west - view.x) / view.width, (north - aim.y - view.y) / view.height];
      shift(x < 0.05 ? -1 / 3 : x > 0.95 ? 1 / 3 : 0, y < 0.05 ? -1 / 3 : y > 0.95 ? 1 / 3 : 0);
      if (near(aim) !== before) tell("aim", { at: near(aim) });
    } else if (e.key === "Enter" || e.key === " ") point({ ...aim }, MOUSE);
    else if (e.key === "Backspace" || e.key === "Delete") acts.remove();
    else if (e.key === "+" || e.key === "=") acts.in();
    else if (e.key === "-") acts.out();
    else if (e.key === "Escape" && chosen >= 0) {
      chosen = -1;
      draw();
    } else return;
    e.preventDefault();
  });
  svg.addEventListener("focus", () => {
    if (svg.matches(":focus-visible")) aim ??= { x: Math.round(west + view.x + view.width / 2), y: Math.round(north - view.y - view.height / 2) };
    draw();
  });
  svg.addEventListener("blur", draw);
  box.addEventListener("input", () => {
    ({ corners, unread } = read(box.value));
    chosen = -1;
    draw();
  });
  // After typing the map shows what was typed, as it does when the page opens.
  box.addEventListener("change", () => {
    if (corners.length < 3) return;
    const [xs, ys] = [corners.map((c) => c.x - west), corners.map((c) => north - c.y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const ratio = view.width / view.height;
    const wide = Math.max(400, (right - left) * 1.8, (bottom - top) * 1.8 * ratio);
    const seen = left > view.x && right < view.x + view.width && top > view.y && bottom < view.y + view.height;
    if (seen && wide > view.width / 4) return;
    Object.assign(view, { x: (left + right - wide) / 2, y: (top + bottom - wide / ratio) / 2, width: wide, height: wide / ratio });
    draw();
  });
  addEventListener("resize", draw);

  // Keys are for the map while it has the focus, which only an application may ask.
  svg.setAttribute("role", "application");
  svg.setAttribute("tabindex", "0");
  svg.setAttribute("aria-label", say("here"));
  svg.setAttribute("aria-describedby", `${box.id}-toetsen`);
  draw();
};

document.querySelectorAll("[data-sketch]").forEach(sketch);

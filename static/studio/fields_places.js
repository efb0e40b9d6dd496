// Places drawn on the picture: touched into being, dragged, moved by arrow keys. Their numbers stay in fields beneath, and
// both say the same at all times.
import { rowsOf } from "./fields_rows.js";
import { fill, number, tell, written } from "./fields_say.js";
import { crowded, share, sized, small, within } from "./fields_zones.js";

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const SIZES = { "+": 1, "=": 1, "-": -1 };
const MOVED = 5;  // CSS px: less is a touch.

export function startPlaces(list) {
  const stage = list.querySelector("[data-stage]"), frame = stage.querySelector("[data-frame]");
  const drawn = stage.querySelector("[data-stage-picture]"), words = stage.querySelector("[data-label]");
  const rooms = JSON.parse(stage.dataset.kiosk), faults = stage.querySelector("[data-faults]");
  const form = list.closest("form"), source = form.querySelector("[data-media=picture] [data-seen] img");
  const rows = rowsOf(list), zones = new Map();
  const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
  for (const numbers of list.querySelectorAll("[data-numbers]")) numbers.open = false;

  function look() {
    const is = source.hasAttribute("src");
    frame.hidden = !is;
    for (const part of stage.querySelectorAll("[data-some]")) part.hidden = !is;
    stage.querySelector("[data-none]").hidden = is;
    if (is && drawn.src !== source.src) drawn.src = source.src;
    draw();
  }

  const at = row => ({ x: number(field(row, "x").value), y: number(field(row, "y").value), size: number(field(row, "size").value) });
  const isPlaced = ({ x, y }) => Number.isFinite(x) && Number.isFinite(y);
  const picture = () => ({ width: drawn.naturalWidth || 1, height: drawn.naturalHeight || 1 });
  const nameOf = row => [...row.querySelectorAll(`[name*="-text-"]`)].map(one => one.value).find(Boolean) ?? "";

  function draw() {
    frame.style.setProperty("--ratio", picture().width / picture().height);
    const placed = rows.shown().filter(row => isPlaced(at(row)));
    for (const [row, zone] of zones) if (!placed.includes(row)) { zone.remove(); zones.delete(row); }
    for (const row of placed) drawZone(row);
    warn(placed);
  }

  function drawZone(row) {
    const zone = zones.get(row) ?? newZone(row), { x, y, size } = at(row), wide = share(picture(), rooms[0], size) * 100;
    const place = rows.rows().indexOf(row) + 1;
    zone.style.setProperty("--x", `${x}%`);
    zone.style.setProperty("--y", `${y}%`);
    zone.style.setProperty("--wide", `${wide}%`);
    // The handle stays in the picture and off the number; what is small lies above what is large.
    zone.style.setProperty("--to-x", x > 80 ? -1 : 1);
    zone.style.setProperty("--to-y", y > 50 && x <= 80 ? -1 : 1);
    zone.style.zIndex = Math.round(100 - wide);
    zone.classList.toggle("is-right", Boolean(field(row, "correct")?.checked));
    zone.firstChild.textContent = place;
    zone.setAttribute("aria-label", fill(words.dataset.label, { number: place, name: nameOf(row), x: written(x), y: written(y), size: written(wide, 0) }));
  }

  function newZone(row) {
    const zone = Object.assign(document.createElement("button"), { type: "button", className: "zone" });
    zone.append(Object.assign(document.createElement("span"), { className: "zone-number" }), Object.assign(document.createElement("span"), { className: "zone-handle" }));
    frame.append(zone);
    zones.set(row, zone);
    zone.addEventListener("keydown", event => {
      if (event.key === "Delete") { event.preventDefault(); rows.remove(row); return; }
      if (event.key in SIZES) { event.preventDefault(); size(row, share(picture(), rooms[0], at(row).size) * 100 + SIZES[event.key]); return; }
      const step = STEPS[event.key];
      if (!step) return;
      event.preventDefault();
      const { x, y } = at(row), far = event.shiftKey ? 5 : 1;
      put(row, x + step[0] * far, y + step[1] * far);
    });
    zone.addEventListener("pointerdown", event => carry(event, row, zone));
    zone.addEventListener("click", event => {
      event.stopPropagation();
      if (!zone.hasAttribute("data-moved")) rows.focusOn(row);
      zone.removeAttribute("data-moved");
    });
    return zone;
  }

  function carry(down, row, zone) {
    if (down.button) return;
    const start = at(row), box = drawn.getBoundingClientRect();
    let isMoved = false;
    zone.setPointerCapture(down.pointerId);
    const isSized = down.target.matches(".zone-handle");
    const middle = [box.left + (start.x / 100) * box.width, box.top + (start.y / 100) * box.height];
    const follow = event => {
      const [dx, dy] = [event.clientX - down.clientX, event.clientY - down.clientY];
      if (!isMoved && Math.hypot(dx, dy) < MOVED) return;
      isMoved = true;
      zone.classList.add("is-carried");
      if (isSized) size(row, (200 * Math.hypot(event.clientX - middle[0], event.clientY - middle[1])) / box.width, false);
      else put(row, start.x + (dx / box.width) * 100, start.y + (dy / box.height) * 100, false);
    };
    const drop = () => {
      zone.removeEventListener("pointermove", follow);
      zone.classList.remove("is-carried");
      if (!isMoved) return;
      zone.dataset.moved = "";
      tell(field(row, "x"));
    };
    zone.addEventListener("pointermove", follow);
    zone.addEventListener("pointerup", drop, { once: true });
    zone.addEventListener("pointercancel", drop, { once: true });
  }

  function put(row, x, y, isDone = true) {
    field(row, "x").value = written(within(x));
    field(row, "y").value = written(within(y));
    draw();
    if (isDone) tell(field(row, "x"));
  }

  function size(row, value, isDone = true) {
    const found = sized(value, picture(), rooms[0]);
    field(row, "size").value = found === null ? "" : written(found);
    draw();
    if (isDone) tell(field(row, "size"));
  }

  function add(x, y) {
    const row = rows.shown().find(one => !rows.isUsed(one)) ?? rows.shown().find(one => !isPlaced(at(one))) ?? rows.open();
    if (!row) { faults.replaceChildren(item(words.dataset.full)); return; }
    put(row, x, y);
    zones.get(row).focus({ preventScroll: true });
  }

  // Not on another place, if there is room.
  function middle() {
    const taken = rows.shown().map(at).filter(isPlaced);
    const spots = [50, 30, 70, 15, 85].flatMap(y => [50, 30, 70, 15, 85].map(x => ({ x, y })));
    const isFree = spot => !Object.values(crowded([spot, ...taken], picture(), rooms)).flat().some(([one]) => one === 0);
    const { x, y } = spots.find(isFree) ?? spots[0];
    add(x, y);
  }

  const item = text => Object.assign(document.createElement("p"), { textContent: text });

  function warn(placed) {
    const { near, over } = crowded(placed.map(at), picture(), rooms);
    const said = (pairs, sentence) => pairs.map(([one, other]) =>
      item(fill(sentence, { one: rows.rows().indexOf(placed[one]) + 1, other: rows.rows().indexOf(placed[other]) + 1 })));
    const little = small(placed.map(row => ({ ...at(row), place: rows.rows().indexOf(row) + 1 })), picture(), rooms);
    faults.replaceChildren(...little.map(({ place }) => item(fill(faults.dataset.small, { one: place }))), ...said(near, faults.dataset.near), ...said(over, faults.dataset.overlap));
  }

  frame.addEventListener("click", event => {
    const box = drawn.getBoundingClientRect();
    add(((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100);
  });
  stage.querySelector("[data-middle]").addEventListener("click", middle);
  drawn.addEventListener("load", draw);
  list.addEventListener("input", draw);
  list.addEventListener("etabli:rows", draw);
  form.addEventListener("etabli:shown", look);
  look();
  return look;
}

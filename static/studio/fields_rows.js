// Rows: those in use are shown, one more when it is asked for; put in order by keys, by drag, by Alt and an arrow. All rows
// there may be are in the page from the start: a row that is taken away is emptied and goes to the end.
import { fill, say, tell } from "./fields_say.js";

const WORDS = "input:not([type=hidden], [type=checkbox], [type=radio], [type=file]), textarea";
const lists = new WeakMap();
export const rowsOf = list => lists.get(list);

export function startRows(list) {
  const { rows: name, least } = list.dataset;
  const holder = list.querySelector(":scope > [data-row-list]"), add = list.querySelector(":scope > div > [data-add-row]");
  const said = list.querySelector("[data-row-said]"), full = list.querySelector(":scope > div > [data-no-more]");
  const rows = () => [...holder.children], shown = () => rows().filter(row => !row.hidden);
  const atFirst = Number(least);

  for (const row of rows()) {
    const folded = row.querySelector(":scope > details");
    folded?.replaceWith(folded.querySelector(":scope > .row-one"));
  }
  for (const row of rows()) row.hidden = true;
  look();

  // Rows in use are shown, and at least as many as a question needs.
  function look() {
    const used = rows().findLastIndex(isUsed);
    rows().forEach((row, place) => { row.hidden &&= place > used && place >= atFirst; });
    number();
  }

  function isUsed(row) {
    return [...row.querySelectorAll(WORDS)].some(field => field.value) || [...row.querySelectorAll("[data-media] > input[type=hidden], .media-side > input[type=hidden]")].some(field => field.value);
  }

  function number() {
    const mine = new RegExp(`(^|\\s)${name}-\\d+-`, "g");
    rows().forEach((row, place) => {
      for (const part of row.querySelectorAll("[name], [id], [for], [aria-describedby], [aria-labelledby]")) {
        for (const attribute of ["name", "id", "for", "aria-describedby", "aria-labelledby"]) {
          const value = part.getAttribute(attribute);
          if (value) part.setAttribute(attribute, value.replace(mine, `$1${name}-${place}-`));
        }
      }
      row.querySelector("[data-place]").textContent = place + 1;
      const right = row.querySelector("[data-right]");
      if (right) right.value = place;
    });
    const seen = shown();
    seen.forEach((row, place) => {
      row.querySelector("[data-up]").disabled = place === 0;
      row.querySelector("[data-down]").disabled = place === seen.length - 1;
    });
    const isFull = seen.length === rows().length;
    add.disabled = isFull;
    full.hidden = !isFull;
  }

  function changed() {
    number();
    tell(holder);
    list.dispatchEvent(new CustomEvent("etabli:rows"));
  }

  // Show another row; nothing when there is none left.
  function open() {
    const row = rows().find(one => one.hidden);
    if (row) row.hidden = false;
    number();
    return row;
  }

  function free() {
    return shown().find(row => !isUsed(row)) ?? open();
  }

  function focusOn(row) {
    row.querySelector(WORDS)?.focus();
  }

  function move(row, by) {
    const seen = shown(), other = seen[seen.indexOf(row) + by];
    if (!other) return;
    if (by < 0) other.before(row); else other.after(row);
    changed();
    say(said, fill(said.dataset.moved, { place: rows().indexOf(row) + 1 }));
  }

  function remove(row) {
    const place = shown().indexOf(row);
    for (const field of row.querySelectorAll(WORDS)) field.value = "";
    for (const field of row.querySelectorAll("[type=checkbox], [type=radio]")) field.checked = false;
    for (const field of row.querySelectorAll("[data-media]")) field.dispatchEvent(new CustomEvent("etabli:empty"));
    // A new thing gets a new key, but a gap is named by its letter.
    if (list.dataset.layout !== "gaps") row.querySelector(`[name$="-key"]`).value = "";
    holder.append(row);
    row.hidden = shown().length > atFirst;
    changed();
    say(said, said.dataset.removed);
    (shown()[Math.min(place, shown().length - 1)]?.querySelector("[data-remove-row]") ?? add).focus();
  }

  list.addEventListener("click", event => {
    const key = event.target.closest("[data-up], [data-down], [data-remove-row], [data-add-row]");
    const row = key?.closest("[data-row]");
    if (key === add) { const made = open(); if (made) focusOn(made); }
    else if (key && "removeRow" in key.dataset) remove(row);
    else if (key) {
      move(row, "up" in key.dataset ? -1 : 1);
      (key.disabled ? row.querySelector("[data-up]:not(:disabled), [data-down]:not(:disabled)") : key)?.focus();
    }
  });
  list.addEventListener("keydown", event => {
    const row = event.target.closest("[data-row]");
    if (!row) return;
    if (event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key)) {
      event.preventDefault();
      const place = document.activeElement;
      move(row, event.key === "ArrowUp" ? -1 : 1);
      place.focus();
    } else if (event.key === "Enter" && !event.isComposing && event.target.matches("input[type=text]")) {
      event.preventDefault();  // On to the next row rather than to saving half a question.
      const next = shown()[shown().indexOf(row) + 1] ?? open();
      if (next) focusOn(next);
    }
  });
  startDrag(holder, shown, changed);
  lists.set(list, { rows, shown, free, open, isUsed, remove, focusOn });
  return look;
}

// A row follows the finger that holds its grip, over the middle of the others.
function startDrag(holder, shown, changed) {
  let carried = null;
  holder.addEventListener("pointerdown", event => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button) return;
    event.preventDefault();
    carried = grip.closest("[data-row]");
    carried.classList.add("is-carried");
    holder.setPointerCapture(event.pointerId);
  });
  holder.addEventListener("pointermove", event => {
    if (!carried) return;
    if (event.clientY < 90) scrollBy(0, -18); else if (event.clientY > innerHeight - 90) scrollBy(0, 18);
    for (const row of shown()) {
      if (row === carried) continue;
      const { top, height } = row.getBoundingClientRect();
      const isBefore = carried.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_PRECEDING;
      if (isBefore && event.clientY < top + height / 2) { row.before(carried); break; }
      if (!isBefore && event.clientY > top + height / 2) row.after(carried);
    }
  });
  const drop = () => {
    if (!carried) return;
    carried.classList.remove("is-carried");
    carried = null;
    changed();
  };
  holder.addEventListener("pointerup", drop);
  holder.addEventListener("pointercancel", drop);
}

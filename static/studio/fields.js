// What makes the fields of a block easier than plain ones: each part starts on the elements that it knows, at once and
// whenever another form is put into the page. They change fields and say so (`input`, `change`); they save nothing.
import { startCaptions } from "./fields_captions.js";
import { startCompared } from "./fields_compared.js";
import { startGaps } from "./fields_gaps.js";
import { startHeap } from "./fields_heap.js";
import { startMedia } from "./fields_media.js";
import { startNumber } from "./fields_number.js";
import { startPlaces } from "./fields_places.js";
import { startProse } from "./fields_prose.js";
import { startRows } from "./fields_rows.js";
import { startPhone } from "./phone.js";
import { startRecord } from "./record.js";

// Each `start` may return what looks at its fields again, when something else has written into them.
const STARTS = [
  ["[data-media]", startMedia],
  ["[data-rows]", startRows],
  ["[data-layout=places]", startPlaces],
  ["[data-layout=gaps]", startGaps],
  ["[data-heap]", startHeap],
  ["[data-captions]", startCaptions],
  ["[data-prose]", startProse],
  ["[data-accepted]", startNumber],
  ["[data-media=picture], [data-heap]", startPhone],
  ["[data-media=sound]", startRecord],
  ["form:has([data-compared])", startCompared],
];
const WIDGETS = "[data-media], [data-rows], [data-heap], [data-captions]";
const started = new WeakMap();

function startFields(root) {
  for (const [selector, start] of STARTS) {
    for (const element of [root, ...root.querySelectorAll(selector)]) {
      if (!element.matches?.(selector)) continue;
      const looks = started.get(element) ?? new Map();
      if (looks.has(start)) { looks.get(start)?.(); continue; }
      for (const part of [element, ...element.querySelectorAll("[data-script]")]) {
        if ("script" in part.dataset && part.closest(WIDGETS) === element) part.hidden = false;
      }
      for (const plain of element.parentElement.querySelectorAll(":scope > [data-without-script]")) plain.hidden = true;
      started.set(element, looks.set(start, start(element)));
    }
  }
}

document.addEventListener("etabli:form", event => startFields(event.target));
startFields(document);

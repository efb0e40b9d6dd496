// What makes the fields of a block easier than plain ones: each part starts on the elements that it knows, at once and
// whenever another form is put into the page. They change fields and say so (`input`, `change`); they save nothing.
import { startCaptions } from "./fields_captions.js";
import { startCompared } from "./fields_compared.js";
import { startGaps } from "./fields_gaps.js";
import { startHeap } from "./fields_heap.js";
import { startMedia } from "./fields_media.js";
import { startPlaces } from "./fields_places.js";
import { startProse } from "./fields_prose.js";
import { startRows } from "./fields_rows.js";

const STARTS = [
  ["[data-media=picture], [data-media=video]", startMedia],
  ["[data-rows]", startRows],
  ["[data-layout=places]", startPlaces],
  ["[data-layout=gaps]", startGaps],
  ["[data-heap]", startHeap],
  ["[data-captions]", startCaptions],
  ["[data-prose]", startProse],
  ["form", startCompared],
];
const WIDGETS = "[data-media], [data-rows], [data-heap], [data-captions]";
const started = new WeakMap();

function startFields(root) {
  for (const [selector, start] of STARTS) {
    for (const element of [root, ...root.querySelectorAll(selector)]) {
      if (!element.matches?.(selector) || started.get(element)?.has(start)) continue;
      started.set(element, (started.get(element) ?? new Set()).add(start));
      for (const part of [element, ...element.querySelectorAll("[data-script]")]) {
        if ("script" in part.dataset && part.closest(WIDGETS) === element) part.hidden = false;
      }
      start(element);
    }
  }
}

document.addEventListener("etabli:form", event => startFields(event.target));
startFields(document);

// Several photos at once: each is sent and becomes a row, in the order of their names, or of their times where a camera
// gave them all the same name.
import { onDrop } from "./fields_media.js";
import { rowsOf } from "./fields_rows.js";
import { fill } from "./fields_say.js";
import { Refused, send } from "./fields_send.js";

export const inOrder = files => [...files].filter(file => file.type.startsWith("image/") || /\.(heic|heif)$/i.test(file.name))
  .sort((one, other) => one.name.localeCompare(other.name, undefined, { numeric: true }) || one.lastModified - other.lastModified);

export function startHeap(heap) {
  const list = heap.closest("[data-rows]"), said = heap.querySelector("[data-said]"), progress = heap.querySelector("[data-progress]");
  const chooser = Object.assign(document.createElement("input"), { type: "file", accept: "image/*", multiple: true });
  let isBusy = false;

  async function take(files) {
    if (isBusy) return;
    isBusy = true;
    const photos = inOrder(files), faults = [];
    let put = 0, left = 0;
    progress.hidden = false;
    for (const [at, photo] of photos.entries()) {
      const row = rowsOf(list).free();
      if (!row) { left = photos.length - at; break; }
      tell([fill(said.dataset.sending, { place: at + 1, total: photos.length })]);
      try {
        const got = await send(photo, "picture", heap, share => { progress.value = (at + share) / photos.length; });
        row.querySelector("[data-media=picture]").dispatchEvent(new CustomEvent("etabli:media", { detail: got }));
        put++;
      } catch (fault) {
        const isRefused = fault instanceof Refused;
        faults.push(`${fill(said.dataset[isRefused ? "refused" : "cut"], { name: photo.name })} ${fault instanceof Refused ? fault.message : ""}`);
      }
    }
    progress.hidden = true;
    isBusy = false;
    tell([put && fill(said.dataset.done, { count: put }), left && fill(said.dataset.full, { count: left }), ...faults].filter(Boolean), left || faults.length);
    const first = rowsOf(list).shown().find(row => row.querySelector("[data-media] [src]") && ![...row.querySelectorAll("input[type=text]")].some(one => one.value));
    if (put && first) rowsOf(list).focusOn(first);
  }

  function tell(sentences, isFault = false) {
    said.classList.toggle("is-fault", Boolean(isFault));
    said.replaceChildren(...sentences.map(text => Object.assign(document.createElement("p"), { textContent: text })));
  }

  heap.querySelector("[data-choose]").addEventListener("click", () => chooser.click());
  chooser.addEventListener("change", () => { take(chooser.files).then(() => { chooser.value = ""; }); });
  onDrop(heap, take);
}

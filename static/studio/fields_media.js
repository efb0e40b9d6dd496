// A picture or a film: chosen, dropped or photographed, it is sent at once and seen at once.
import { say, tell } from "./fields_say.js";
import { Refused, send } from "./fields_send.js";

const SHOWN = { picture: "img", video: "video" };

export function startMedia(field) {
  const kind = field.dataset.media;
  const kept = field.querySelector("input[type=hidden]"), upload = field.querySelector("[data-file] input[type=file]");
  const seen = field.querySelector(":scope > [data-seen]"), shown = seen.querySelector(SHOWN[kind]);
  const chooser = field.querySelector("[data-chooser]"), [said, progress] = ["[data-said]", "[data-progress]"].map(one => chooser.querySelector(one));
  const takeAway = chooser.querySelector("[data-take-away]"), alt = field.querySelector("[data-alt]");
  let last = 0;

  field.querySelector("[data-file]").hidden = true;
  show();

  function show() {
    const is = shown.hasAttribute("src");
    seen.hidden = !is;
    if (takeAway) takeAway.hidden = !is;
    // Words are asked for as soon as there is something to put into words.
    if (alt) alt.hidden = !is && ![...alt.querySelectorAll("textarea, input")].some(words => words.value);
  }

  function put({ name, url, poster, poster_url: posterUrl }) {
    kept.value = JSON.stringify(kind === "video" ? { ...read(), file: name, poster } : name);
    if (posterUrl) shown.poster = posterUrl;
    shown.src = url;
    upload.value = "";
    unmark();
    show();
    tell(kept);
    field.dispatchEvent(new CustomEvent("etabli:shown", { bubbles: true }));
  }

  function read() {
    try { return JSON.parse(kept.value || "{}"); } catch { return {}; }
  }

  function unmark() {
    const remove = field.querySelector("[data-file] input[type=checkbox]");
    if (remove) remove.checked = false;
  }

  async function take(file) {
    const turn = ++last;
    say(said, said.dataset.sending);
    Object.assign(progress, { hidden: false, value: 0 });
    try {
      const got = await send(file, kind, chooser, (share, isWork) => {
        progress.value = share;
        if (isWork) say(said, said.dataset.working);
      });
      if (turn !== last) return;  // Another was chosen meanwhile.
      put(got);
      say(said, said.dataset.done);
    } catch (fault) {
      if (turn !== last) return;
      const isRefused = fault instanceof Refused;
      say(said, isRefused ? fault.message || said.dataset.refused : said.dataset.cut, true);
      hold(isRefused ? null : file);
    } finally {
      if (turn === last) progress.hidden = true;
    }
  }

  // What could not be sent goes with the form.
  function hold(file) {
    const held = new DataTransfer();
    if (file) held.items.add(file);
    upload.files = held.files;
    if (file) tell(kept);
  }

  function empty() {
    kept.value = "";
    shown.removeAttribute("src");
    upload.value = "";
    unmark();
    show();
  }

  const first = files => [...files].find(file => file.type.startsWith(`${kind === "video" ? "video" : "image"}/`)) ?? files[0];
  // The form hears of a file once it is there: it would send it a second time.
  upload.addEventListener("input", event => event.stopPropagation());
  upload.addEventListener("change", event => { event.stopPropagation(); if (upload.files[0]) take(upload.files[0]); });
  chooser.querySelector("[data-choose]").addEventListener("click", () => upload.click());
  startPhoto(chooser.querySelector("[data-photo]"), take);
  takeAway?.addEventListener("click", () => {
    empty();
    tell(kept);
    say(said, said.dataset.gone);
    field.dispatchEvent(new CustomEvent("etabli:shown", { bubbles: true }));
    chooser.querySelector("[data-choose]").focus();
  });
  onDrop(chooser, files => take(first(files)));
  field.addEventListener("etabli:media", event => { last++; put(event.detail); say(said, said.dataset.done); });
  field.addEventListener("etabli:empty", () => { last++; empty(); say(said, ""); });
}

// A tablet's own camera; a desk has none that would be held at a machine.
function startPhoto(button, take) {
  if (!button || !matchMedia("(pointer: coarse)").matches) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const camera = Object.assign(document.createElement("input"), { type: "file", accept: "image/*" });
    camera.setAttribute("capture", "environment");
    camera.addEventListener("change", () => camera.files[0] && take(camera.files[0]));
    camera.click();
  });
}

export function onDrop(place, take) {
  const over = is => place.classList.toggle("is-over", is);
  place.addEventListener("dragover", event => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    over(true);
  });
  place.addEventListener("dragleave", () => over(false));
  place.addEventListener("drop", event => {
    over(false);
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    take(event.dataTransfer.files);
  });
}

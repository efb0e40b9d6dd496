// A picture, a film, a recording: chosen, dropped or photographed, it is sent at once and seen or heard at once.
import { say, tell } from "./fields_say.js";
import { Refused, send } from "./fields_send.js";

const SHOWN = { picture: "img", video: "video", sound: "audio" };
const TYPES = { picture: "image/", video: "video/", sound: "audio/" };

// What the hidden field keeps of each kind, once another file has come, or none.
const KEPT = {
  picture: (before, { name }) => name,
  video: (before, { name, poster }) => ({ ...before, file: name, poster }),
  sound: (before, { name }, language) => ({ ...before, [language]: name }),
};

export function startMedia(field) {
  const { media: kind, language } = field.dataset;
  const kept = (field.closest("[data-sounds]") ?? field).querySelector("input[type=hidden]"), upload = field.querySelector("[data-file] input[type=file]");
  const seen = field.querySelector(":scope > [data-seen]"), shown = seen.querySelector(SHOWN[kind]);
  const chooser = field.querySelector("[data-chooser]"), [said, progress] = ["[data-said]", "[data-progress]"].map(one => chooser.querySelector(one));
  const takeAway = chooser.querySelector("[data-take-away]"), alt = field.querySelector("[data-alt]");
  let last = 0, known = nameIn();

  field.querySelector("[data-file]").hidden = true;
  show();

  function show() {
    const is = shown.hasAttribute("src");
    seen.hidden = !is;
    if (takeAway) takeAway.hidden = !nameIn();
    // Words are asked for as soon as there is something to put into words.
    if (alt) alt.hidden = !nameIn() && ![...alt.querySelectorAll("textarea, input")].some(words => words.value);
  }

  function read() {
    try { return JSON.parse(kept.value || "{}"); } catch { return {}; }
  }

  // The name of the file there is, as far as it is one for all languages.
  function nameIn() {
    const there = read();
    if (kind === "sound") return there[language] ?? "";
    const file = kind === "video" ? there.file ?? "" : there;
    return typeof file === "string" ? file : Object.values(file)[0] ?? "";
  }

  function put(got) {
    kept.value = JSON.stringify(KEPT[kind](read(), got, language));
    known = nameIn();
    if (got.poster_url) shown.poster = got.poster_url;
    shown.src = got.url;
    upload.value = "";
    unmark();
    show();
    tell(kept);
    field.dispatchEvent(new CustomEvent("etabli:shown", { bubbles: true }));
  }

  function unmark() {
    const remove = field.querySelector("[data-file] input[type=checkbox]");
    if (remove) remove.checked = false;
  }

  // Something else wrote into the field: only the name of its file is known until the form comes again.
  function look() {
    if (nameIn() === known) return;
    known = nameIn();
    shown.removeAttribute("src");
    say(said, known.replace("media/", ""));
    show();
    field.dispatchEvent(new CustomEvent("etabli:shown", { bubbles: true }));
  }

  async function take(file) {
    const turn = ++last, from = document.activeElement;
    upload.value = "";  // A form saved meanwhile would send it too.
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
      if (document.activeElement === from) wordsWanted()?.focus({ preventScroll: true });
    } catch (fault) {
      if (turn !== last) return;
      const isRefused = fault instanceof Refused;
      say(said, isRefused ? fault.message : said.dataset.cut, true);
      hold(isRefused ? null : file);
    } finally {
      if (turn === last) progress.hidden = true;
    }
  }

  // What is to be said of a picture comes next, unless somebody has gone on elsewhere.
  function wordsWanted() {
    const [words] = alt?.querySelectorAll("textarea, input") ?? [];
    return words && !words.value ? words : null;
  }

  // What could not be sent goes with the form.
  function hold(file) {
    const held = new DataTransfer();
    if (file) held.items.add(file);
    upload.files = held.files;
    if (file) tell(kept);
  }

  function empty() {
    const { [language]: gone, ...others } = kind === "sound" ? read() : {};
    kept.value = Object.keys(others).length ? JSON.stringify(others) : "";
    known = "";
    shown.removeAttribute("src");
    upload.value = "";
    unmark();
    show();
  }

  const first = files => [...files].find(file => file.type.startsWith(TYPES[kind])) ?? files[0];
  // The form hears of a file once it is there: it would send it a second time.
  upload.addEventListener("input", event => event.stopPropagation());
  upload.addEventListener("change", event => { event.stopPropagation(); if (upload.files[0]) take(upload.files[0]); });
  chooser.querySelector("[data-choose]").addEventListener("click", () => upload.click());
  startPhoto(chooser.querySelector("[data-photo]"), take);
  takeAway?.addEventListener("click", () => {
    last++;
    empty();
    tell(kept);
    say(said, said.dataset.gone);
    field.dispatchEvent(new CustomEvent("etabli:shown", { bubbles: true }));
    chooser.querySelector("[data-choose]").focus();
  });
  onDrop(chooser, files => take(first(files)));
  field.addEventListener("etabli:media", event => { last++; put(event.detail); say(said, said.dataset.done); });
  field.addEventListener("etabli:empty", () => { last++; empty(); say(said, ""); });
  return look;
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

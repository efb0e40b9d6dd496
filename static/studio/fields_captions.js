// Captions written beside their film: a line for what is said, its beginning and its end taken from where the film stands.
// What they come to is kept in a plain field as WebVTT.
import { say, tell } from "./fields_say.js";

const LASTS = 3;  // Seconds, until somebody says otherwise.
const TIME = /^(?:(?:(\d+):)?(\d+):)?(\d+(?:[.,]\d{0,3})?)$/;

export function read(text) {
  const [, hours, minutes, seconds] = TIME.exec(text.trim()) ?? [];
  return seconds === undefined ? NaN : Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds.replace(",", "."));
}

export function clock(seconds, isFile = false) {
  const ms = Math.max(0, Math.round(seconds * 1000)), rest = ms % 60_000;
  const two = value => String(value).padStart(2, "0"), thousandths = String(rest % 1000).padStart(3, "0");
  const [hours, minutes, whole] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, two(Math.floor(rest / 1000))];
  if (isFile) return `${two(hours)}:${two(minutes)}:${whole}.${thousandths}`;
  return `${hours ? `${hours}:${two(minutes)}` : minutes}:${whole}${`.${thousandths}`.replace(/\.?0+$/, "")}`;
}

const escaped = text => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

export const asWebvtt = cues => ["WEBVTT\n", ...cues.map(({ start, end, text }) =>
  `${clock(start, true)} --> ${clock(end, true)}\n${escaped(text.trim().replace(/\n\s*\n/g, "\n"))}\n`)].join("\n");

export function startCaptions(part) {
  const film = part.closest("[data-media]").querySelector("video"), list = part.querySelector("[data-cues]");
  const field = part.querySelector("[data-plain] textarea"), said = part.querySelector("[data-said]");
  const template = part.querySelector("[data-cue]");
  const chooser = Object.assign(document.createElement("input"), { type: "file", accept: ".vtt,.srt,text/vtt" });
  const inputs = row => ["start", "end", "text"].map(name => row.querySelector(`[data-${name}]`));
  const cueOf = row => { const [start, end, text] = inputs(row); return { start: read(start.value), end: read(end.value), text: text.value }; };
  const here = () => Math.round(film.currentTime * 10) / 10;
  const isTimed = ({ start, end }) => start >= 0 && end > start;
  // Words are kept with the last times that were any, while new ones are being typed.
  const lastTimes = new WeakMap();
  const rows = () => [...list.children];

  function wholeOf(row) {
    const cue = cueOf(row);
    if (isTimed(cue)) lastTimes.set(row, { start: cue.start, end: cue.end });
    return { ...cue, ...lastTimes.get(row) };
  }

  const wholes = () => rows().map(wholeOf).filter(cue => isTimed(cue) && cue.text.trim());
  const track = film.addTextTrack("captions", "", part.dataset.language), times = part.querySelector("[data-times]");
  part.querySelector("[data-plain]").hidden = true;

  // The film shows what is being written, in the language that was touched last.
  function shown() {
    for (const one of film.textTracks) one.mode = one === track ? "showing" : "disabled";
    for (const cue of [...track.cues ?? []]) track.removeCue(cue);
    for (const { start, end, text } of wholes()) track.addCue(new VTTCue(start, end, escaped(text)));
  }

  // Who translates captions needs the same times: they are offered while there are none.
  const others = () => [...part.parentElement.querySelectorAll("[data-captions]")].filter(other => other !== part).flatMap(other => [...other.querySelectorAll("[data-cues]")]).find(cues => cues.children.length);
  const offer = () => { times.hidden = rows().length > 0 || !others(); };

  function add({ start, end, text }) {
    const row = template.content.cloneNode(true).firstElementChild, [from, to, words] = inputs(row);
    [from.value, to.value, words.value] = [clock(start), clock(end), text];
    lastTimes.set(row, { start, end });
    const after = rows().find(other => cueOf(other).start > start);
    if (after) after.before(row); else list.append(row);
    return row;
  }

  function keep() {
    const cues = rows().map(cueOf), [start] = [cues.findIndex(cue => Number.isNaN(cue.start) || Number.isNaN(cue.end))];
    const backwards = cues.findIndex(cue => cue.end <= cue.start);
    const sorted = wholes().toSorted((one, other) => one.start - other.start);
    const overlap = sorted.some((cue, at) => at && cue.start < sorted[at - 1].end - .05);
    field.value = asWebvtt(sorted);
    shown();
    offer();
    say(said, start >= 0 ? said.dataset.time : backwards >= 0 ? said.dataset.backwards : overlap ? said.dataset.overlap : "", true);
    tell(field);
    part.dispatchEvent(new CustomEvent("etabli:cues", { bubbles: true }));
  }

  async function bring(file, isNew) {
    const body = new FormData();
    body.append("file", file, file.name ?? "captions.vtt");
    const token = part.closest("form").elements.csrf_token.value;
    const reply = await fetch(part.dataset.captions, { method: "POST", body, headers: { "X-CSRFToken": token } }).catch(() => null);
    const got = await reply?.json().catch(() => null);
    if (!reply?.ok) { say(said, got?.message ?? said.dataset.cut, true); return false; }
    list.replaceChildren();
    for (const [start, end, text] of got.cues) add({ start: start / 1000, end: end / 1000, text });
    shown();
    part.dispatchEvent(new CustomEvent("etabli:cues", { bubbles: true }));
    if (isNew) { keep(); say(said, said.dataset.read); }
    return true;
  }

  // What was written and not saved stands in the field; else what is kept, which is read and left as it is.
  async function begin() {
    if (field.value) {
      // What the server could not read is shown as it was written.
      if (!(await bring(new Blob([field.value]), false))) part.querySelector("[data-plain]").hidden = false;
    } else if (part.dataset.kept) {
      const kept = await fetch(part.dataset.kept).then(reply => reply.blob(), () => null);
      if (kept) await bring(kept, false);
    }
  }

  const ACTS = {
    from: row => {
      const [from, to] = inputs(row), { start, end } = cueOf(row), long = end > start ? end - start : LASTS;
      from.value = clock(here());
      if (!(end > here())) to.value = clock(here() + long);
    },
    to: row => { inputs(row)[1].value = clock(here()); },
    play: row => { film.currentTime = cueOf(row).start || 0; film.play(); },
    remove: row => { const next = row.nextElementSibling ?? row.previousElementSibling; row.remove(); (next?.querySelector("[data-text]") ?? part.querySelector("[data-add]")).focus(); },
  };

  part.addEventListener("click", event => {
    const key = event.target.closest("[data-from], [data-to], [data-play], [data-remove]");
    if (!key) return;
    const act = Object.keys(ACTS).find(name => name in key.dataset);
    ACTS[act](key.closest("li"));
    if (act !== "play") keep();
  });
  part.querySelector("[data-add]").addEventListener("click", () => {
    const row = add({ start: here(), end: here() + LASTS, text: "" });
    row.querySelector("[data-text]").focus();
    offer();
  });
  times.addEventListener("click", () => {
    for (const row of others().children) { const { start, end } = cueOf(row); add({ start, end, text: "" }); }
    list.querySelector("[data-text]").focus();
    offer();
  });
  part.addEventListener("focusin", () => { offer(); shown(); });
  part.parentElement.addEventListener("etabli:cues", offer);
  list.addEventListener("input", event => { event.stopPropagation(); keep(); });
  list.addEventListener("change", event => event.stopPropagation());
  part.querySelector("[data-bring]").addEventListener("click", () => chooser.click());
  chooser.addEventListener("change", async () => { if (chooser.files[0]) await bring(chooser.files[0], true); chooser.value = ""; });
  film.addEventListener("timeupdate", () => {
    for (const row of rows()) { const { start, end } = cueOf(row); row.classList.toggle("is-now", film.currentTime >= start && film.currentTime < end); }
  });
  begin();
  return begin;
}

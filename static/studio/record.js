// A voice recorded in the browser, for each language: heard before it is kept. Browsers allow it over https and on the
// machine itself only; elsewhere the page says so.
import { fill, say } from "./fields_say.js";
import { Refused, send } from "./fields_send.js";

const LONGEST = 180_000;  // Milliseconds: nobody listens longer at a kiosk.
const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const tools = document.querySelector("[data-record-tools]");

export function startRecord(field) {
  const chooser = field.querySelector("[data-chooser]");
  if (!tools || !chooser) return;
  const widget = tools.content.cloneNode(true).firstElementChild;
  chooser.after(widget);
  const [record, stop, heard, keep, drop, said] = ["record", "stop", "heard", "keep", "drop", "said"].map(name => widget.querySelector(`[data-${name}]`));
  let recorder = null, taken = null;

  function turn(state) {
    record.hidden = state !== "idle";
    stop.hidden = state !== "recording";
    heard.hidden = keep.hidden = drop.hidden = state !== "heard";
  }

  if (!navigator.mediaDevices?.getUserMedia || !window.MediaRecorder) {
    record.disabled = true;
    say(said, said.dataset.plain);
    return;
  }

  async function begin() {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: { noiseSuppression: true, echoCancellation: true } });
    } catch (fault) {
      return say(said, fault.name === "NotFoundError" ? said.dataset.none : said.dataset.denied, true);
    }
    const pieces = [], mimeType = KINDS.find(kind => MediaRecorder.isTypeSupported(kind));
    recorder = new MediaRecorder(stream, { mimeType });
    const began = Date.now();
    const clock = setInterval(() => {
      say(said, fill(said.dataset.recording, { seconds: Math.round((Date.now() - began) / 1000) }));
      if (Date.now() - began > LONGEST || !widget.isConnected) recorder.stop();
    }, 500);
    recorder.addEventListener("dataavailable", event => pieces.push(event.data));
    recorder.addEventListener("stop", () => {
      clearInterval(clock);
      for (const track of stream.getTracks()) track.stop();
      const ending = mimeType?.includes("mp4") ? "m4a" : mimeType?.includes("ogg") ? "ogg" : "webm";
      taken = new File(pieces, `voice-${field.dataset.language}.${ending}`, { type: mimeType });
      heard.src = URL.createObjectURL(taken);
      turn("heard");
      say(said, said.dataset.listen);
      heard.focus();
    });
    recorder.start();
    turn("recording");
    stop.focus();
  }

  function forget() {
    URL.revokeObjectURL(heard.src);
    heard.removeAttribute("src");
    taken = null;
    turn("idle");
    record.focus();
  }

  async function keepIt() {
    keep.disabled = true;
    say(said, said.dataset.sending);
    try {
      const got = await send(taken, "sound", widget, () => {});
      field.dispatchEvent(new CustomEvent("etabli:media", { bubbles: true, detail: got }));
      forget();
      say(said, said.dataset.kept);
    } catch (fault) {
      say(said, fault instanceof Refused ? fault.message : said.dataset.cut, true);
    } finally {
      keep.disabled = false;
    }
  }

  record.addEventListener("click", begin);
  stop.addEventListener("click", () => recorder.stop());
  keep.addEventListener("click", keepIt);
  drop.addEventListener("click", () => { forget(); say(said, said.dataset.dropped); });
  turn("idle");
}

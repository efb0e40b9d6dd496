// Saves each translation while it is written. What is not saved yet lies in this browser, where the editor keeps its texts
// too, until the server has it: a lost connection, a closed tab or a crash loses nothing.
import { answerFor, forget, keep, leftTo } from "./desk_store.js";

const page = document.querySelector("[data-translation]");
const units = [...page.querySelectorAll("form.unit")];
const said = page.querySelector("[data-said]");
const PAUSE = 800, AGAIN = 5000;
const tab = [...crypto.getRandomValues(new Uint8Array(16))].join("."), where = { person: page.dataset.translation, code: location.pathname };

class Unit {
  constructor(form) {
    this.form = form;
    this.field = form.elements.text;
    this.saved = this.field.defaultValue;
    this.place = { ...where, part: form.id, tab };
    this.field.addEventListener("input", () => { this.keep(); this.soon(PAUSE); });
    form.addEventListener("submit", event => { event.preventDefault(); this.send(event.submitter?.value); });
    this.part("save").hidden = true;
    this.part("take").hidden = false;
    this.part("take").addEventListener("click", () => this.take());
  }

  part(name) { return this.form.querySelector(`[data-${name}]`); }

  get differs() { return this.field.value !== this.saved; }

  // What a tab left unsaved that is no more comes back, the latest first, and is saved on the text that it was written on.
  // Where something is being written already it waits for the next time.
  found(texts) {
    const left = texts.filter(text => text.part === this.place.part && text.tab !== this.place.tab).sort((one, other) => other.at - one.at);
    for (const text of left) {
      if (text.text === this.saved) this.let(text);
      else if (!this.differs) this.takeUp(text);
    }
  }

  takeUp(left) {
    this.place = { ...this.place, tab: left.tab };
    this.field.value = left.text;
    this.form.elements.seen.value = left.seen;
    this.keep();
    this.soon(0);
  }

  // A full or forbidden store: the server is asked all the sooner.
  keep() {
    keep({ ...this.place, by: tab, text: this.field.value, seen: this.form.elements.seen.value, at: Date.now() }).catch(() => {});
  }

  let(text = this.place) { forget(text).catch(() => {}); }

  soon(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  async send(act = "save", keepalive = false) {
    clearTimeout(this.timer);
    if (this.sending || (act === "save" && !this.differs && this.part("conflict").hidden)) return;
    this.sending = true;
    const text = this.field.value;
    const body = new FormData(this.form);
    body.set("act", act);
    this.tell("saving");
    try {
      const answer = await fetch(this.form.getAttribute("action"), {
        method: "POST", body, keepalive, redirect: "error", headers: { Accept: "application/json" },
      });
      if (answer.status !== 200 && answer.status !== 409) throw new Error(answer.status);
      this.heard(answer.ok, await answer.json(), text);
    } catch {
      this.tell("kept");
      this.keep();
      this.soon(AGAIN);
    } finally {
      this.sending = false;
    }
    if (this.differs && this.part("conflict").hidden && !this.timer) this.soon(PAUSE);
  }

  heard(ok, told, text) {
    this.timer = 0;
    this.form.elements.seen.value = told.token;
    this.saved = ok ? text : told.text;
    this.part("conflict").hidden = ok;
    this.part("theirs").textContent = ok ? "" : told.text;
    if (!ok) {
      this.part("told").textContent = "";
      said.textContent = told.message;
      return this.keep();
    }
    if (this.field.value === text) this.let(); else this.keep();
    this.tell("saved");
    this.show(told);
  }

  show(told) {
    this.form.dataset.state = told.state;
    this.part("badge").replaceChildren(page.querySelector(`template[data-state=${told.state}]`).content.cloneNode(true));
    this.form.querySelector("[value=right]").hidden = told.state !== "outdated";
    this.part("fault").hidden = !told.fault;
    this.part("fault").textContent = told.fault;
    const bar = page.querySelector("[data-progress] progress");
    bar.value = told.done;
    bar.max = told.total || 1;
    page.querySelectorAll(".tabs-count").forEach((count, place) => { count.textContent = told.counts[place]; });
    bar.ariaLabel = bar.nextElementSibling.textContent = told.progress;
  }

  take() {
    this.field.value = this.saved;
    this.part("conflict").hidden = true;
    this.let();
    this.field.focus();
  }

  tell(what) { this.part("told").textContent = page.dataset[what]; }
}

function next(from) {
  const place = units.indexOf(from);
  const found = [...units.slice(place + 1), ...units.slice(0, place + 1)].find(form => form.dataset.state !== "done");
  if (!found) return void (said.textContent = page.dataset.none);
  found.elements.text.focus({ preventScroll: true });
  found.scrollIntoView({ block: "center" });
}

const written = units.map(form => new Unit(form));
const button = page.querySelector("[data-next]");
button.hidden = false;
button.addEventListener("click", () => next(document.activeElement.closest(".unit")));
page.addEventListener("keydown", event => {
  const form = event.target.closest(".unit");
  if (!form || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  written[units.indexOf(form)].send();
  next(form);
});
const look = () => leftTo(tab, where.person, where.code).then(texts => written.forEach(unit => unit.found(texts)), () => {});
answerFor(tab);
look();
document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
addEventListener("online", () => written.forEach(unit => unit.send()));
addEventListener("pagehide", () => written.forEach(unit => unit.send("save", true)));

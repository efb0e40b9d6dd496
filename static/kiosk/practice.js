// Practice: one question at a time, what it came to at once, and home when the questions or the seconds are over.
import "./keys.js";
import { hush } from "./listen.js";
import { identify } from "./myself.js";
import { go, pause } from "./moves.js";
import { isCut, newId, outboxReport, put, times } from "./outbox.js";
import { startQuestion } from "./questions.js";

const practice = document.getElementById("practice");
const asked = [...practice.querySelectorAll("[data-asked]")];
const feedback = document.querySelector(".feedback");
const acts = Object.fromEntries([...document.querySelectorAll("[data-act]")].map(button => [button.dataset.act, button]));
const CALM = 5000, PATIENCE = 2500;
const person = await identify();
let place = -1, part = null, shownAt = 0, open = false, over = false;

function say(kind, text = "", language = "") {
  feedback.className = kind ? `feedback feedback-${kind}` : "feedback";
  feedback.replaceChildren();
  if (!kind || !feedback.isConnected) return;
  feedback.append(document.querySelector(`template[data-feedback=${kind}]`).content.cloneNode(true));
  const words = feedback.querySelector("p[lang]");
  if (words) Object.assign(words, { textContent: text, lang: language });
  const count = feedback.querySelector("[data-count]");
  if (count) count.textContent = count.dataset.count.replace("{count}", outboxReport().waiting || 1);
}

function offer(...names) {
  for (const [name, button] of Object.entries(acts)) button.hidden = !names.includes(name);
}

function next() {
  hush();
  if (asked[place]) asked[place].hidden = true;
  place += 1;
  const question = asked[place];
  if (!question) return go(practice.dataset.home);
  if (over) return end();
  open = true;
  question.hidden = false;
  const block = question.querySelector(".block");
  block.hidden = false;
  part = startQuestion(block.querySelector("form"), mayConfirm);
  shownAt = performance.now();
  const line = document.querySelector(".step");
  const words = line.querySelector("[data-step]");
  words.textContent = words.dataset.words.replace("{current}", place + 1).replace("{total}", asked.length);
  line.querySelector("progress").value = place + 1;
  say(null);
  offer("skip", "confirm");
  mayConfirm();
  document.querySelector("main").scrollTop = 0;
  block.focus({ preventScroll: true });
}

function mayConfirm() {
  acts.confirm.disabled = !open || part.read() === undefined;
}

async function confirm() {
  const { asked: block, edition, language } = asked[place].dataset;
  const facts = { session: practice.dataset.session, edition: Number(edition), block, language, response: part.read(), duration_ms: Math.round(performance.now() - shownAt) };
  open = false;
  acts.confirm.disabled = true;
  part.close();
  const { outcome } = await put({ kind: "practised", id: newId(), at: times(), ...facts }, person);
  const came = isCut() ? undefined : await Promise.race([outcome, pause(PATIENCE)]);
  const told = came && !came.withdrawn;
  if (told) part.mark(came.parts);
  if (told) say(came.right ? "right" : "again", came.text, language);
  else say(came === undefined ? "kept" : "aside");
  offer("continue");
  acts.continue.focus();
}

// The time is up: nobody is torn away from what an answer came to; a question that is open comes another day.
function end() {
  over = true;
  if (!open && asked[place]?.hidden === false) return;
  for (const question of asked) question.hidden = true;
  document.querySelector(".step").hidden = true;
  const screen = document.querySelector("[data-ending]");
  say(null);
  screen.hidden = false;
  offer("home");
  screen.focus({ preventScroll: true });
  setTimeout(() => acts.home.form.requestSubmit(), CALM);
}

acts.confirm.addEventListener("click", confirm);
acts.continue.addEventListener("click", next);
document.addEventListener("submit", event => {
  if (!event.target.matches(".answering")) return;
  event.preventDefault();
  event.stopPropagation();
  if (!acts.confirm.hidden && !acts.confirm.disabled) confirm();
}, true);

setTimeout(end, Number(practice.dataset.lasts) * 1000);
next();

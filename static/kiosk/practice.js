// Practice: one question at a time, what it came to at once, and home when the questions or the seconds are over.
// The server has put the questions into the page; while it is away the kiosk does so, and marks what it has the key of.
import { greet, identify } from "./myself.js";
import { marked } from "./marking.js";
import { go, pause } from "./moves.js";
import { isCut, newId, outboxReport, put, times } from "./outbox.js";
import { startQuestion } from "./questions.js";
import { drawn, dueOf, skip, spend } from "./remembered.js";

const practice = document.getElementById("practice"), session = newId();
const person = await identify();
if (!practice.children.length) practice.append(...await Promise.all((await dueOf(person)).map(drawn)));
const asked = [...practice.querySelectorAll("[data-asked]")];
await import("./keys.js");
const { hush } = await import("./listen.js");
const feedback = document.querySelector(".feedback");
const acts = Object.fromEntries([...document.querySelectorAll("[data-act]")].map(button => [button.dataset.act, button]));
const CALM = 5000, PATIENCE = 2500;
const home = person.asserted ? document.body.dataset.away : practice.dataset.home;
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
  if (!question) return go(home);
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
  Object.assign(line.querySelector("progress"), { value: place + 1, max: asked.length });
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
  const facts = { session, edition: Number(edition), block, language, response: part.read(), duration_ms: Math.round(performance.now() - shownAt) };
  open = false;
  acts.confirm.disabled = true;
  part.close();
  const { outcome } = await put({ kind: "practised", id: newId(), at: times(), ...facts }, person);
  const key = await spend(person, asked[place].dataset);
  const came = key ? marked(key, facts.response) : isCut() || person.asserted ? undefined : await Promise.race([outcome, pause(PATIENCE)]);
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
  setTimeout(leave, CALM);
}

// What is left is asked no more today. Home asks again if the server has not heard of it; of a badge alone it need not hear.
async function leave() {
  acts.skip.disabled = acts.home.disabled = true;
  await skip(person);
  if (!person.asserted) {
    const { outcome } = await put({ kind: "skipped", id: newId(), at: times() }, person);
    if (!isCut()) await Promise.race([outcome, pause(PATIENCE)]);
  }
  go(home);
}

acts.confirm.addEventListener("click", confirm);
acts.continue.addEventListener("click", next);
for (const act of ["skip", "home"]) acts[act].addEventListener("click", leave);
document.addEventListener("submit", event => {
  if (!event.target.matches(".answering")) return;
  event.preventDefault();
  event.stopPropagation();
  if (!acts.confirm.hidden && !acts.confirm.disabled) confirm();
}, true);

greet(person);
setTimeout(end, Number(practice.dataset.lasts) * 1000);
next();

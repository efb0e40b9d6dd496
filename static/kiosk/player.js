// The player: one step on the screen, each sent to the server and confirmed before the next.
import { makeDelivery, newId, Refused } from "./delivery.js";
import "./keys.js";
import { hush } from "./listen.js";
import { identify } from "./myself.js";
import { keepFirst, pause } from "./moves.js";
import { startQuestion } from "./questions.js";
import { sureness } from "./sure.js";

const silence = Number(document.body.dataset.idle);
const IDLE = { card: silence + 60, question: silence };
const player = document.getElementById("player");
const { edition } = player.dataset, language = player.lang;
const { where: { attempt, spent, seen, answered }, base, pass, name, opinion, then } = await identify(player.dataset.myself, { edition, language });
const again = attempt > 1 && !spent;
for (const block of player.querySelectorAll("[data-block]")) {
  const given = answered[block.dataset.block];
  if (given) Object.assign(block.dataset, { done: "", right: given.right ? "yes" : "no", text: given.text });
  else if (seen.includes(block.dataset.block)) block.dataset.done = "";
}
const blocks = [...player.querySelectorAll("[data-block]")].filter(block => !(spent && isQuestion(block)));
// What is asked for this time: everything at first, then the questions and what was never seen.
const path = again ? blocks.filter(block => isQuestion(block) || !isDone(block)) : blocks;
const feedback = document.querySelector(".feedback");
const acts = Object.fromEntries([...document.querySelectorAll("[data-act]")].map(button => [button.dataset.act, button]));
const parts = new Map();
let current = null, shownAt = 0, shownSince = 0, came = {};

const send = makeDelivery(base, { cut: () => say("kept"), back: () => say(null) });

function isQuestion(block) { return "question" in block.dataset; }
function isDone(block) { return "done" in block.dataset; }

// Send one thing and wait until it is kept. A page that is no longer good for anything is loaded again.
async function keep(what, facts = {}) {
  const sent = send(what, { id: newId(), pass, language, occurred_at: new Date().toISOString(), ...facts });
  keepFirst(sent);
  try {
    return await sent;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    say("refused");
    await pause(3000);
    location.replace(location.pathname);
    return new Promise(() => {});
  }
}

const spentOn = () => Math.round(performance.now() - shownSince);

function say(kind, text = "") {
  feedback.className = kind ? `feedback feedback-${kind === "refused" ? "again" : kind}` : "feedback";
  feedback.replaceChildren();
  if (!kind) return;
  feedback.append(document.querySelector(`template[data-feedback=${kind}]`).content.cloneNode(true));
  const place = feedback.querySelector("p[lang]");
  if (place) place.textContent = text;
}

function offer(...names) {
  for (const [name, button] of Object.entries(acts)) button.hidden = !names.includes(name);
}

function show(block) {
  if (current) { current.hidden = true; parts.get(current)?.stop?.(); hush(); }
  current = block;
  block.hidden = false;
  shownSince = performance.now();
  document.querySelector("main").scrollTop = 0;
  document.body.dataset.idle = isQuestion(block) ? IDLE.question : IDLE.card;
  countStep(block);
  say(null);
  const answered = isQuestion(block) && isDone(block);
  if (answered) sayAnswered(block);
  offer(blocks.indexOf(block) > 0 ? "back" : "", isQuestion(block) && !answered ? "confirm" : "continue");
  acts.confirm.disabled = acts.continue.disabled = false;
  if (isQuestion(block) && !answered) mayConfirm();
  block.focus({ preventScroll: true });
}

function countStep(block) {
  const place = path.indexOf(block);
  const line = document.querySelector(".step");
  line.hidden = place < 0;
  if (place < 0) return;
  const words = line.querySelector("[data-step]");
  words.textContent = fill(again ? words.dataset.again : words.dataset.words, { current: place + 1, total: path.length });
  Object.assign(line.querySelector("progress"), { value: place + 1, max: path.length });
}

const fill = (words, facts) => words.replace(/\{(\w+)\}/g, (_, name) => facts[name]);

function sayAnswered(block) {
  parts.get(block)?.close?.();
  say(block.dataset.right === "yes" ? "right" : "again", block.dataset.text ?? "");
}

function mayConfirm() {
  acts.confirm.disabled = parts.get(current).read() === undefined;
}

async function confirm() {
  const block = current;
  acts.confirm.disabled = true;
  parts.get(block).close();
  const facts = { block: block.dataset.block, response: parts.get(block).read(), duration_ms: spentOn(), ...sureness(block) };
  came = await keep("answers", facts);
  Object.assign(block.dataset, { done: "", right: came.right ? "yes" : "no", text: came.text });
  parts.get(block).mark(came.parts);
  sayAnswered(block);
  offer("continue");
  acts.continue.disabled = false;
  acts.continue.focus();
}

async function goOn() {
  const block = current;
  acts.continue.disabled = true;
  if (!isDone(block) && !isQuestion(block)) {
    came = await keep("seen", { block: block.dataset.block, duration_ms: spentOn() });
    block.dataset.done = "";
  }
  const next = following(block);
  if (next) show(next);
  else end();
}

// What comes next: on the way itself the next of this time's steps; from a card looked back at, simply the one behind it.
function following(block) {
  return (path.includes(block) ? path : blocks).find(step => blocks.indexOf(step) > blocks.indexOf(block));
}

function end() {
  current.hidden = true;
  hush();
  document.querySelector(".step").hidden = true;
  say(null);
  const result = came.ending;
  const ending = spent ? "read" : result && !result.passed ? "failed" : "passed";
  const screen = document.querySelector(`[data-ending=${ending}]`);
  player.hidden = true;
  screen.hidden = false;
  for (const place of screen.querySelectorAll("[data-words]")) {
    place.hidden = !result;
    if (result) place.textContent = fill(place.dataset.words, { ...result, left: result.attempts_left });
  }
  if (ending === "failed") showAgain(screen, result);
  const mayRetry = ending === "failed" && result.attempts_left !== 0;
  const asks = ending === "passed" && opinion;
  offer("home", mayRetry ? "again" : "", asks ? "opinion" : "");
  acts.home.classList.toggle("touch-primary", !mayRetry && !asks);
  screen.focus({ preventScroll: true });
}

function showAgain(screen, result) {
  for (const item of screen.querySelectorAll("[data-again]")) item.hidden = !result.again.includes(item.dataset.again);
  const left = { 0: "none", 1: "one" }[result.attempts_left] ?? (result.attempts_left ? "some" : null);
  for (const line of screen.querySelectorAll("[data-left]")) line.hidden = line.dataset.left !== left;
}

for (const block of blocks) {
  if (isQuestion(block)) parts.set(block, startQuestion(block.querySelector("form"), () => current === block && !isDone(block) && mayConfirm()));
  else if (block.dataset.kind === "video") import("./film.js").then(film => parts.set(block, film.startFilm(block)));
}
acts.confirm.addEventListener("click", confirm);
acts.continue.addEventListener("click", goOn);
acts.back.addEventListener("click", () => show(blocks[blocks.indexOf(current) - 1]));
document.addEventListener("submit", event => {
  if (!event.target.matches(".answering")) return;
  event.preventDefault();
  event.stopPropagation();
  if (!acts.confirm.hidden && !acts.confirm.disabled) confirm();
}, true);

document.querySelector("[data-hello]").textContent = document.querySelector("[data-hello]").dataset.hello.replace("{name}", name);
if (opinion) acts.opinion.href = opinion;
const leads = document.querySelector("[data-then]");
leads.hidden = !then.length;
leads.replaceChildren(...then.map(words => Object.assign(document.createElement("li"), { textContent: words })));
keep("opened");
show(path.find(block => !isDone(block)) ?? blocks[0]);

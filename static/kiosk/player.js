// The player: one step on the screen. What is done goes into the outbox before the next step; what it came to is shown as
// soon as the server says so, and nobody waits for a server that is away.
import { formed } from "./forms.js";
import "./keys.js";
import { hush } from "./listen.js";
import { drawn } from "./draw.js";
import { greet, identify, remember } from "./myself.js";
import { go, pause } from "./moves.js";
import { isCut, newId, onTold, outboxReport, put, times } from "./outbox.js";
import { startQuestion } from "./questions.js";
import { askSureness, dropSureness, mayAskSureness, onSure } from "./sure.js";

const silence = Number(document.body.dataset.idle);
const IDLE = { card: silence + 60, question: silence };
const PATIENCE = 2500;
const player = document.getElementById("player");
const { edition } = player.dataset, language = player.lang;
const person = await identify({ edition, language });
const where = person.modules[edition] ??= { attempt: 1, spent: false, begun: false, seen: [], answered: {} };
const pending = where.pending ??= {};
const { attempt, spent, seen, answered } = where, done = new Set();
const again = where.again && !spent;
const sitting = { id: newId(), edition: Number(edition), attempt, language, began: times() };
for (const block of player.querySelectorAll("[data-block]")) {
  if (answered[block.dataset.block]) showGrade(block);
  else if (seen.includes(block.dataset.block)) block.dataset.done = "";
}
// Who completed an edition before looks at what has changed since, and at nothing else.
const { changed } = where;
const every = [...player.querySelectorAll("[data-block]")];
// A kiosk that knows of no attempt draws by the sitting, which the records bear; a page loaded again asks the same.
where.seed ??= sitting.id;
const isAsked = drawn(every, JSON.parse(player.dataset.pools ?? "{}"), where);
const blocks = every.filter(block => (changed ? changed.includes(block.dataset.block) : isAsked(block) && !(spent && isQuestion(block))));
// What is asked for this time: everything at first, then the questions and what was never seen.
const path = again && !changed ? blocks.filter(block => isQuestion(block) || !isDone(block)) : blocks;
const feedback = document.querySelector(".feedback");
const acts = Object.fromEntries([...document.querySelectorAll("[data-act]")].map(button => [button.dataset.act, button]));
const parts = new Map();
let current = null, shownSince = 0, came = {}, places = 0, ended = false, noted = false, gone = where.withdrawn;

function isQuestion(block) { return "question" in block.dataset; }
function isDone(block) { return "done" in block.dataset; }

function showGrade(block) {
  const { right, text } = answered[block.dataset.block];
  Object.assign(block.dataset, { done: "", grade: person.asserted ? "asserted" : right === true ? "right" : right === false ? "again" : right ?? "kept", text: text ?? "" });
}

// Keep one thing that was done, on the kiosk first; wait a moment for what it comes to, if there is anybody to say it.
async function record(kind, facts = {}) {
  const event = { kind, id: newId(), at: times(), sitting, place: ++places, ...facts };
  done.add(event.id);
  if (facts.block) pending[event.id] = facts.block;
  const sent = await put(event, person);
  await remember(person);
  return sent;
}

// What was done under a badge alone comes to nothing yet.
const patiently = ({ outcome }) => (isCut() || person.asserted ? null : Promise.race([outcome, pause(PATIENCE)]));

onTold((id, said) => {
  if (!done.has(id) && !(id in pending)) return;  // Of another module, or sent again.
  gone ||= said?.withdrawn;
  const result = said?.withdrawn ? null : said;
  const block = blocks.find(one => one.dataset.block === pending[id]);
  delete pending[id];
  if (result?.ending) came = result;
  if (result?.good_until) where.good_until = result.good_until;
  if (block && isQuestion(block)) {
    const { response } = answered[block.dataset.block] ?? {};
    answered[block.dataset.block] = result ? { response, right: result.right, text: result.text, parts: result.parts } : { response, right: "aside" };
    showGrade(block);
    if (result) parts.get(block).mark(result.parts);
    if (current === block && !block.hidden) sayAnswered(block);
  }
  remember(person);
  if (gone || (ended && !Object.keys(pending).length)) showEnding();
});

const spentOn = () => Math.round(performance.now() - shownSince);

function say(kind, text = "") {
  feedback.className = kind ? `feedback feedback-${["aside", "asserted"].includes(kind) ? "kept" : kind}` : "feedback";
  feedback.replaceChildren();
  if (!kind || !feedback.isConnected) return;
  feedback.append(document.querySelector(`template[data-feedback=${kind}]`).content.cloneNode(true));
  const place = feedback.querySelector("p[lang]"), count = feedback.querySelector("[data-count]");
  if (place) place.textContent = text;
  if (count) count.textContent = fill(count.dataset.count, { count: outboxReport().waiting || 1 });
}

function offer(...names) {
  for (const [name, button] of Object.entries(acts)) button.hidden = !names.includes(name);
}

function show(block) {
  if (current) { current.hidden = true; parts.get(current)?.stop?.(); hush(); }
  current = block;
  block.hidden = false;
  shownSince = performance.now();
  document.body.dataset.idle = isQuestion(block) ? IDLE.question : IDLE.card;
  countStep(block);
  say(null);
  const answered = isQuestion(block) && isDone(block);
  if (answered) sayAnswered(block);
  offer(blocks.indexOf(block) > 0 ? "back" : "", isQuestion(block) && !answered ? "confirm" : "continue");
  acts.confirm.disabled = acts.continue.disabled = false;
  dropSureness();
  if (isQuestion(block) && !answered) mayConfirm();
  // Both ask where everything lies: last, so that it is found once.
  block.focus({ preventScroll: true });
  document.querySelector("main").scrollTop = 0;
}

function countStep(block) {
  const place = path.indexOf(block);
  const line = document.querySelector(".step");
  line.hidden = place < 0;
  if (place < 0) return;
  const words = line.querySelector("[data-step]");
  words.textContent = fill(words.dataset[changed ? "changed" : again ? "again" : "words"], { current: place + 1, total: path.length });
  Object.assign(line.querySelector("progress"), { value: place + 1, max: path.length });
}

const fill = (words, facts) => words.replace(/\{(\w+)\}/g, (_, name) => facts[name]);

function sayAnswered(block) {
  parts.get(block)?.close?.();
  say(block.dataset.grade, block.dataset.text);
}

function mayConfirm() {
  acts.confirm.disabled = parts.get(current).read() === undefined;
  dropSureness();
}

function confirm() {
  if (mayAskSureness()) askSureness();
  else keepAnswer();
}

async function keepAnswer(said = {}) {
  const block = current;
  acts.confirm.disabled = true;
  dropSureness();
  parts.get(block).close();
  const key = block.dataset.block;
  const facts = { block: key, response: parts.get(block).read(), duration_ms: spentOn(), ...said };
  answered[key] = { response: facts.response };
  await patiently(await record("answered", facts));
  showGrade(block);
  sayAnswered(block);
  offer("continue");
  acts.continue.disabled = false;
  acts.continue.focus();
}

async function goOn() {
  const block = current;
  acts.continue.disabled = true;
  if (!isDone(block) && !isQuestion(block)) {
    seen.push(block.dataset.block);
    block.dataset.done = "";
    await record("seen", { block: block.dataset.block, duration_ms: spentOn() });
  }
  const next = following(block);
  if (next) show(next);
  else await end();
}

// What comes next: on the way itself the next of this time's steps; from a card looked back at, simply the one behind it.
function following(block) {
  return (path.includes(block) ? path : blocks).find(step => blocks.indexOf(step) > blocks.indexOf(block));
}

async function end() {
  for (const since = Date.now(); Object.keys(pending).length && !isCut() && !person.asserted && Date.now() - since < PATIENCE;) await pause(50);
  ended = true;
  showEnding();
}

function showEnding() {
  if (current) current.hidden = true;
  hush();
  document.querySelector(".step").hidden = true;
  say(null);
  const result = came.ending;
  const unknown = Object.keys(pending).length > 0;
  const ending = gone ? "withdrawn" : person.asserted ? "asserted" : changed ? (noted ? "noted" : "changed") : spent ? "read" : unknown ? "kept" : result && !result.passed ? "failed" : "passed";
  for (const one of document.querySelectorAll("[data-ending]")) one.hidden = true;
  const screen = document.querySelector(`[data-ending=${ending}]`);
  player.hidden = true;
  screen.hidden = false;
  for (const place of screen.querySelectorAll("[data-right-other]")) {
    place.hidden = !result;
    if (result) place.textContent = fill(formed(place, "right", result.right), result);
  }
  for (const place of screen.querySelectorAll("[data-until]")) {
    place.hidden = !where.good_until;
    place.textContent = fill(place.dataset.until, { day: where.good_until });
  }
  if (ending === "failed") showAgain(screen, result);
  const mayRetry = ending === "failed" && result.attempts_left !== 0;
  const asks = ending === "passed" && where.opinion, mayNote = ending === "changed";
  offer("home", mayRetry ? "again" : "", asks ? "opinion" : "", mayNote ? "note" : "");
  acts.home.classList.toggle("touch-primary", !mayRetry && !asks && !mayNote);
  screen.focus({ preventScroll: true });
}

async function note() {
  acts.note.disabled = noted = true;
  where.changed = null;
  await record("acknowledged");
  showEnding();
}

function showAgain(screen, result) {
  for (const item of screen.querySelectorAll("[data-again]")) item.hidden = !result.again.includes(item.dataset.again);
  const left = result.attempts_left, said = left ? "some" : left === 0 ? "none" : null;
  for (const line of screen.querySelectorAll("[data-left]")) {
    line.hidden = line.dataset.left !== said;
    if (line.dataset.left === said && left) line.textContent = fill(formed(line, "left", left), { left });
  }
}

for (const block of blocks) {
  if (isQuestion(block)) {
    parts.set(block, startQuestion(block.querySelector("form"), () => current === block && !isDone(block) && mayConfirm()));
    const { response, parts: marks } = answered[block.dataset.block] ?? {};
    if (response !== undefined) parts.get(block).give(response);
    if (marks) parts.get(block).mark(marks);
  } else if (block.dataset.kind === "video") import("./film.js").then(film => parts.set(block, film.startFilm(block)));
}
acts.confirm.addEventListener("click", confirm);
acts.note.addEventListener("click", note);
onSure(confidence => keepAnswer({ confidence }));
acts.continue.addEventListener("click", goOn);
acts.back.addEventListener("click", () => show(blocks[blocks.indexOf(current) - 1]));
document.addEventListener("submit", event => {
  if (person.asserted && event.target.matches(".languages")) {
    event.preventDefault();
    event.stopPropagation();
    go(location.pathname.replace(/[^/]+$/, event.submitter.value));
  }
  if (!event.target.matches(".answering")) return;
  event.preventDefault();
  event.stopPropagation();
  if (!acts.confirm.hidden && !acts.confirm.disabled) confirm();
}, true);

greet(person);
// Home is somebody's: a badge alone leads back to what the kiosk holds.
if (person.asserted) acts.home.href = document.body.dataset.away;
if (where.opinion) acts.opinion.href = where.opinion;
const leads = document.querySelector("[data-then]");
leads.hidden = !where.then?.length;
leads.replaceChildren(...(where.then ?? []).map(words => Object.assign(document.createElement("li"), { textContent: words })));
const first = path.find(block => !isDone(block));
if (gone || (changed && !first)) showEnding();
else {
  record("opened", { resumed: where.begun });
  where.begun = true;
  show(first ?? blocks[0]);
}

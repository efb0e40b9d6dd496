// An opinion: one question on the screen at a time. Nothing is sent before the end, and nothing is kept in the browser.
import { hush } from "./listen.js";

const form = document.getElementById("survey");
const screens = [...document.querySelectorAll("main [data-screen]")];
const items = screens.filter(screen => screen.dataset.screen === "item");
const spent = new Map();  // Seconds by question: only their median leaves, and of that only whether it was haste is kept.
let place = 0, shownSince = 0;

function show(next) {
  hush();
  screens[place].hidden = true;
  place = next;
  const screen = screens[place];
  screen.hidden = false;
  shownSince = performance.now();
  for (const part of document.querySelectorAll("[data-on]")) part.hidden = !part.dataset.on.split(" ").includes(screen.dataset.screen);
  if (screen.dataset.screen === "item") countStep(items.indexOf(screen));
  document.querySelector("main").scrollTop = 0;
  screen.focus({ preventScroll: true });
}

function countStep(at) {
  const words = document.querySelector("[data-step]");
  words.textContent = words.dataset.words.replace("{current}", at + 1).replace("{total}", items.length);
  Object.assign(document.querySelector(".step progress"), { value: at + 1, max: items.length });
}

// `n` is for who would rather not: no answer, never the middle.
function answer(value) {
  const screen = screens[place];
  spent.set(screen, (performance.now() - shownSince) / 1000);
  screen.querySelector("input").value = value;
  for (const key of screen.querySelectorAll("[data-answer]")) key.ariaPressed = String(key.dataset.answer === value);
  show(place + 1);
}

function median(numbers) {
  const sorted = numbers.toSorted((one, other) => one - other), half = sorted.length / 2;
  return Number.isInteger(half) ? (sorted[half - 1] + sorted[half]) / 2 : sorted[Math.floor(half)];
}

document.addEventListener("click", event => {
  const key = event.target.closest("[data-answer], [data-act]");
  if (key?.dataset.answer) answer(key.dataset.answer);
  else if (key?.dataset.act === "rather-not") answer("n");
  else if (key?.dataset.act === "next") show(place + 1);
  else if (key?.dataset.act === "back") show(place - 1);
});
form.addEventListener("submit", () => { form.elements.pace.value = median([...spent.values()]).toFixed(1); });

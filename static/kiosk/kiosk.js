// On every page of the kiosk: badges, silence, the way from page to page, and nothing left behind.
import { onBadge } from "./badge.js";
import "./help.js";
import { watchIdle } from "./idle.js";
import { canSeal, noteBadge } from "./disk.js";
import { endSession, forget, hasLeft, isAsserted, leftKnown, sayLeft } from "./myself.js";
import { comeFirst, giveWay, go, move } from "./moves.js";
import { undelivered } from "./outbox.js";

const { start, leave, here, idle, worker } = document.body.dataset;
const HEARD_EVERY = 20_000;

// A page that comes back from the browser's memory is empty, and gives way to the start page.
addEventListener("pagehide", () => {
  document.title = "";
  document.body.replaceChildren();
});
addEventListener("pageshow", event => { if (event.persisted) location.replace(start); });

// Another badge is another person, at once; read twice, or another meanwhile, the last one counts, once.
let changing = false, saying = null;
async function change(number) {
  const form = document.getElementById("badge");
  form.elements.badge.value = number;
  if (changing) return;
  changing = true;
  comeFirst();
  await forget({ owed: true });
  if (canSeal) await noteBadge(number).catch(() => {});
  await saying;  // Or what is said of whoever left could end what begins now.
  move(() => { leftKnown(); form.submit(); }, { conceal: true, instead: alone(form.elements.badge, "assertBadge") });
}

// What a badge or a personal code leads to while the server is away, where the kiosk has the means.
const worked = () => Boolean(canSeal && navigator.serviceWorker?.controller);
const alone = (field, way) => async () => worked() && !undelivered() && (await import("./asserted.js"))[way](field);

onBadge(change, { garbage: () => { const unread = document.getElementById("unread"); if (!unread.open) unread.showModal(); } });
document.addEventListener("badge", event => change(event.detail));

document.addEventListener("click", event => {
  const key = event.target.closest("[data-opens], [data-closes]");
  if (key?.dataset.opens) document.getElementById(key.dataset.opens).showModal();
  if (key?.dataset.closes) document.getElementById(key.dataset.closes).close();
  const link = event.target.closest("a[href]");
  if (!link) return;
  event.preventDefault();
  go(link.href);
});

document.addEventListener("submit", event => {
  const form = event.target, button = event.submitter;
  event.preventDefault();
  if (form.dataset.sending) return;  // A second touch while the first is under way.
  form.dataset.sending = "yes";
  if (button?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
  if (form.getAttribute("action") === leave) leaving(button?.value);
  else move(() => form.submit(), form.elements.code && idle ? { instead: alone(form.elements.code, "assertCode") } : {});
});

hintAtMore(document.querySelector("main"));
if (!idle) nobody();
if (navigator.serviceWorker && worker) stay().catch(() => {});

if (idle) {
  const dialog = document.querySelector("[data-seconds]").closest("dialog");
  const seconds = dialog.querySelector("[data-seconds]");
  const watch = watchIdle({
    idle: () => Number(document.body.dataset.idle) || Infinity,
    onWarn: () => dialog.showModal(),
    onTick: left => { seconds.textContent = left; },
    onStay: () => dialog.close(),
    onEnd: () => leaving("idle"),
  });
  keepSession(watch);
}

// The session lives on the server and knows of no touch: tell it, but only while somebody does touch.
function keepSession(watch) {
  let told = Date.now();
  setInterval(async () => {
    if (watch.lastTouched() <= told) return;
    told = Date.now();
    const answer = await tell();
    if (answer?.status === 205 && !undelivered() && !isAsserted()) {
      await forget();
      go(start, { conceal: true });
    }
  }, HEARD_EVERY);
}

const tell = () => fetch(here, { method: "POST" }).catch(() => null);

async function leaving(why) {
  await forget({ owed: true });
  if (worked() && !undelivered()) endSession(why);
  else move(() => endSession(why), { conceal: true });
}

// Nobody is signed in here: nothing of anybody stays, and the server hears of who left while it was away.
async function nobody() {
  const owed = hasLeft() && location.pathname === start;
  if (!owed) leftKnown();
  saying = forget().then(() => owed && sayLeft());
  await saying;
  if (owed) giveWay(start);
}

// The shell and the modules of this place stay on the kiosk. On plain http there is no service worker.
async function stay() {
  await navigator.serviceWorker.register(worker);
  (await navigator.serviceWorker.ready).active.postMessage("hold");
  navigator.storage?.persist?.();
}

// A hint at the foot of the stage while something lies below it: not everyone looks for what cannot be seen.
function hintAtMore(stage) {
  const hint = document.getElementById("more").content.firstElementChild.cloneNode(true);
  stage.append(hint);
  const look = () => {
    const atEnd = stage.scrollHeight - stage.scrollTop - stage.clientHeight < 24;
    if (hint.hidden !== atEnd) hint.hidden = atEnd;  // Setting it anew would be a change to look at again, for ever.
  };
  stage.addEventListener("scroll", look, { passive: true });
  new ResizeObserver(look).observe(stage);
  new MutationObserver(look).observe(stage, { subtree: true, attributes: true, attributeFilter: ["hidden"] });
  stage.addEventListener("load", look, true);
  look();
}

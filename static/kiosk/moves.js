// From page to page: never onto a browser's error page, never before what was done is kept, and without a trace in the
// history. And the pulse: the kiosk is there, said more than once a minute, with how many requests failed or
// took long since the last time.
import { deliver, hear, outboxReport, troubles, undelivered } from "./outbox.js";

const RETRY = 2000;
const PULSE_EVERY = 55_000;
const LONG = 10_000;
const { pulse } = document.body.dataset;
const site = document.title.split(" – ").pop();
const cutOff = document.getElementById("cut-off");

export const pause = ms => new Promise(resolve => setTimeout(resolve, ms));

// Leave the page by `act`, once the server answers; what is on the screen goes first if it is somebody's. When it has not
// answered twice, `instead` may lead elsewhere.
export async function move(act, { conceal = false, instead = null } = {}) {
  if (undelivered()) {
    conceal = true;
    hideWork();
    while (undelivered()) {  // Somebody waits: no longer pauses between two tries than need be.
      deliver();
      await Promise.race([undelivered(), pause(RETRY)]);
    }
  }
  for (let tries = 0; !(await answers()); tries++) {
    if (tries && await instead?.()) return;
    troubles.count += 1;
    if (conceal) hideWork();
    if (!cutOff.open) cutOff.showModal();
    await pause(RETRY);
  }
  act();
}

// With a service worker there is always a page to come to.
const lead = (act, options) => (navigator.serviceWorker?.controller && !undelivered() ? act() : move(act, options));
export const go = (address, options) => lead(() => location.replace(address), options);

// A page gives way to another by itself, but not to the loss of a badge: it is read once, and comes first.
let giving = false, called = false;
export const giveWay = address => lead(() => {
  giving = !called;
  if (giving) location.replace(address);
});
export function comeFirst() {
  called = true;
  if (giving) stop();
}

// Empty the screen, so that whoever comes next sees nothing of whom the kiosk still works for.
function hideWork() {
  for (const part of document.querySelectorAll("header, main, footer")) part.replaceChildren();
  document.title = site;
  for (const dialog of document.querySelectorAll("dialog[open]")) if (dialog !== cutOff) dialog.close();
  if (!cutOff.open) cutOff.showModal();
}

async function answers() {
  try {
    return (await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(5000) })).ok;
  } catch {
    return false;
  }
}

cutOff?.addEventListener("cancel", event => event.preventDefault());

// Which pages these are: their version stands in the address of their scripts.
const version = import.meta.url.match(/\/static\/([0-9a-f]+)\//)?.[1] ?? null;

const said = () => {
  const body = JSON.stringify({ slow: Math.min(troubles.count, 1000), version, outbox: outboxReport() });
  troubles.count = 0;
  return body;
};

async function beat() {
  const before = troubles.count, began = performance.now();
  const reply = await fetch(pulse, { method: "POST", body: said() }).catch(() => null);
  if (reply?.ok) hear(reply, began);
  else troubles.count += before + 1;
  if (reply?.status === 200) (await import("./orders.js")).obey((await reply.json()).messages);
}

setInterval(beat, PULSE_EVERY);
// Nothing is kept in the browser: what a page has counted goes out with it.
addEventListener("pagehide", () => { if (troubles.count) navigator.sendBeacon(pulse, said()); });
for (const type of ["navigation", "resource"]) {
  new PerformanceObserver(list => { troubles.count += list.getEntries().filter(entry => entry.duration >= LONG).length; })
    .observe({ type, buffered: true });
}

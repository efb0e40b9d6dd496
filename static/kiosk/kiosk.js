// On every page of the kiosk: badges, silence, the way from page to page, and nothing left behind.
import { onBadge } from "./badge.js";
import "./help.js";
import { watchIdle } from "./idle.js";
import { go, isKeeping, move } from "./moves.js";

const { start, leave, here, idle } = document.body.dataset;
const HEARD_EVERY = 20_000;

// A page that comes back from the browser's memory is empty, and gives way to the start page.
addEventListener("pagehide", () => {
  document.title = "";
  document.body.replaceChildren();
});
addEventListener("pageshow", event => { if (event.persisted) location.replace(start); });

// Another badge is another person, at once; read twice, or another meanwhile, the last one counts, once.
let changing = false;
function change(number) {
  const form = document.getElementById("badge");
  form.elements.badge.value = number;
  if (changing) return;
  changing = true;
  move(() => form.submit());
}
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
  move(() => form.submit());
});

hintAtMore(document.querySelector("main"));

if (idle) {
  const dialog = document.querySelector("[data-seconds]").closest("dialog");
  const seconds = dialog.querySelector("[data-seconds]");
  const watch = watchIdle({
    idle: () => Number(document.body.dataset.idle),
    onWarn: () => dialog.showModal(),
    onTick: left => { seconds.textContent = left; },
    onStay: () => dialog.close(),
    onEnd: () => move(signOut, { conceal: true }),
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
    if (answer?.status === 205 && !isKeeping()) go(start, { conceal: true });
  }, HEARD_EVERY);
}

const tell = () => fetch(here, { method: "POST" }).catch(() => null);

async function signOut() {
  try {
    await fetch(leave, { method: "POST", redirect: "manual", body: new URLSearchParams({ why: "idle" }) });
    location.replace(start);
  } catch {
    move(signOut, { conceal: true });
  }
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

// What stands here while the server is away: for somebody signed in the modules that this kiosk holds, for a badge alone those
// that do not certify, for anybody else the invitation to put a badge on the reader. It gives way once the server answers.
import { toldOf } from "./day.js";
import { formed } from "./forms.js";
import { giveWay, pause } from "./moves.js";
import { deliver } from "./outbox.js";
import { greet, hasLeft, recall, setPerson } from "./myself.js";
import { dueOf } from "./remembered.js";

const AGAIN = 2000;
const { start, home } = document.body.dataset;
const kept = await recall();
const person = kept?.asserted || !hasLeft() ? kept : null;

if (person) await show();
else welcome();
for (;;) {
  await pause(AGAIN * (0.5 + Math.random()));
  const reply = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(5000) }).catch(() => null);
  if (!reply?.ok) continue;
  await deliver();
  giveWay(person && !person.asserted && !hasLeft() ? home : start);
  break;
}

// Nobody is here: nothing runs out.
function welcome() {
  document.body.dataset.idle = "";
  document.querySelector(".bar-keys").hidden = true;
}

async function show() {
  const { language } = person, own = document.body.dataset.away.replace(/[^/]+$/, language);
  if (language && language !== document.documentElement.lang && location.pathname !== own) return location.replace(own);
  setPerson(person);
  greet(person);
  document.querySelector(".away").classList.remove("centred");
  for (const part of document.querySelectorAll("[data-nobody]")) part.hidden = true;
  for (const part of document.querySelectorAll(`[data-somebody], p[data-${person.asserted ? "asserted" : "known"}]`)) part.hidden = false;
  const list = document.querySelector("ul.modules");
  for (const { title, page } of person.asserted ? await learning() : Object.values(person.modules)) {
    if (!(await caches.match(page, { ignoreVary: true }))) continue;
    const item = document.getElementById("held").content.cloneNode(true);
    Object.assign(item.querySelector("a"), { href: page });
    item.querySelector("[data-title]").textContent = title;
    list.append(item);
  }
  const due = (await dueOf(person)).length, key = document.querySelector("[data-practice]");
  key.hidden = !due;
  key.querySelector("span").textContent = formed(key, "due", due).replace("{count}", due);
  document.querySelector(".nothing").hidden = list.children.length + due > 0;
}

// Each module that a badge alone opens, in the language of this page or in its own.
async function learning() {
  const { lang } = document.documentElement, told = await toldOf();
  return told.learning.map(pages => pages[lang] ?? Object.values(pages)[0]);
}

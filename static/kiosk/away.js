// What stands here while the server is away: for somebody signed in the modules that this kiosk holds, for anybody else
// nothing but words. It gives way once the server answers.
import { pause } from "./moves.js";
import { deliver } from "./outbox.js";
import { greet, hasLeft, recall, setPerson } from "./myself.js";

const AGAIN = 2000;
const { start, home } = document.body.dataset;
const person = hasLeft() ? null : await recall();

if (person) await show();
else document.querySelector(".bar-keys").hidden = true;
for (;;) {
  await pause(AGAIN * (0.5 + Math.random()));
  const reply = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(5000) }).catch(() => null);
  if (!reply?.ok) continue;
  await deliver();
  location.replace(person && !hasLeft() ? home : start);
  break;
}

async function show() {
  setPerson(person);
  document.querySelector("[data-nobody]").hidden = true;
  for (const part of document.querySelectorAll("[data-somebody]")) part.hidden = false;
  greet(person);
  const list = document.querySelector("[data-somebody] ul");
  for (const { title, page } of Object.values(person.modules)) {
    if (!(await caches.match(page, { ignoreVary: true }))) continue;
    const item = document.getElementById("held").content.cloneNode(true);
    Object.assign(item.querySelector("a"), { href: page });
    item.querySelector("[data-title]").textContent = title;
    list.append(item);
  }
}

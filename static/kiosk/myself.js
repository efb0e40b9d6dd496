// Who is signed in and where they are: asked of the server, and kept sealed on the kiosk until they leave, so that a page
// loaded again without the server still knows. A page that stays on the kiosk says nothing of it.
import { pause } from "./moves.js";
import { deliver, hear, setReader } from "./outbox.js";
import { keepDay } from "./day.js";
import { badgeKey, canSeal, lock, loseKey, store, unlock } from "./disk.js";

const { start, leave, myself } = document.body.dataset;
const LEFT = "left", PATIENCE = 3000, LONG_PATIENCE = 20_000;
const never = new Promise(() => {});
let present = null, keeping = Promise.resolve();

// Resolves to the person; whoever is not signed in comes to the start page. `must`: this page can do nothing without
// knowing who it is; another waits for a better moment when the server is slow, and resolves to null.
export async function identify(facts = {}, { must = true } = {}) {
  const kept = await recall();
  if (kept?.asserted) return setPerson(kept);  // The server does not know them before they sign in.
  if (localStorage.getItem(LEFT)) return endSession();
  const emptied = await Promise.race([deliver(), pause(PATIENCE)]);
  let fresh = await ask(facts);
  // Who has just signed in is known to the server alone, which may be slow.
  if (fresh === undefined && !kept && must) fresh = await ask(facts, LONG_PATIENCE);
  if (fresh === undefined && !kept && !must) return null;
  if (fresh === null || !(fresh || kept)) {
    await forget();
    location.replace(start);
    return never;
  }
  const person = fresh ? { practice: kept?.practice, ...fresh, ...(emptied ? {} : kept?.practice && { practice: kept.practice }), modules: { ...kept?.modules, ...merged(fresh.modules, emptied ? {} : kept?.modules) } } : kept;
  setPerson(person);
  await remember(person);
  return person;
}

export function setPerson(person) {
  present = person;
  setReader(person);
  return person;
}

// Whether a badge was read that nobody has confirmed with a PIN.
export const isAsserted = () => Boolean(present?.asserted);

// Fill the name in on a page that names nobody; of whom nothing but a badge is known, say so.
export function greet({ name, asserted }) {
  const hello = document.querySelector("[data-hello]");
  if (hello) hello.textContent = asserted ? hello.dataset.asserted : hello.dataset.hello.replace("{name}", name);
}

// Who is signed in, on whatever page of theirs.
export const somebody = async () => present ?? identify();

// The person as the server knows them; null when nobody is signed in, undefined while the server is away.
async function ask(facts, patience = PATIENCE) {
  const began = performance.now();
  try {
    const reply = await fetch(`${myself}?${new URLSearchParams(facts)}`, {
      cache: "no-store", redirect: "manual", headers: { Accept: "application/json" }, signal: AbortSignal.timeout(patience) });
    hear(reply, began);
    if (reply.ok) return await reply.json();
    return reply.type === "opaqueredirect" ? null : undefined;
  } catch {
    return undefined;
  }
}

// What still waits in the outbox is done all the same.
function merged(fresh, kept = {}) {
  for (const [edition, where] of Object.entries(fresh)) {
    const before = kept[edition];
    if (!before || before.attempt !== where.attempt || !Object.keys(before.pending ?? {}).length) continue;
    where.seen = [...new Set([...where.seen, ...before.seen])];
    where.answered = { ...before.answered, ...where.answered };
    where.pending = before.pending;
  }
  return fresh;
}

export async function remember(person) {
  if (!canSeal || person !== present) return;  // They have left: what comes of them now is kept no more.
  const key = person.by_badge || person.asserted ? badgeKey() : null;
  const locked = await lock(person);
  if (person !== present) return;
  await store("readwrite", (_, kept) => { kept.put(locked, "person"); }).catch(() => {});
  if (key) keeping = keeping.then(() => keepDay(person, key)).catch(() => {});
}

export async function recall() {
  if (!canSeal) return null;
  try {
    return await unlock(await store("readonly", (_, kept) => kept.get("person")));
  } catch {
    return null;
  }
}

// Nothing of the person stays. `owed`: the server does not know yet that they have left.
export async function forget({ owed = false } = {}) {
  if (owed) localStorage.setItem(LEFT, "yes");
  setPerson(null);
  loseKey();
  if (canSeal) await store("readwrite", (_, kept) => { kept.delete("person"); }).catch(() => {});
}

export const hasLeft = () => localStorage.getItem(LEFT) !== null;
export const leftKnown = () => localStorage.removeItem(LEFT);

// Tell the server that whoever was here has left; where it does not answer, or has no room, the start page tries again.
export async function sayLeft(why = "") {
  const told = fetch(leave, { method: "POST", redirect: "manual", body: new URLSearchParams({ why }), signal: AbortSignal.timeout(PATIENCE) });
  if (await told.then(reply => reply.ok || reply.type === "opaqueredirect", () => false)) leftKnown();
  else if (location.pathname === start) await pause(PATIENCE);
}

export async function endSession(why) {
  await forget({ owed: true });
  await sayLeft(why);
  location.replace(start);
  return never;
}

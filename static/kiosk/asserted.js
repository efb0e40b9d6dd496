// A badge read while the server is away opens what does not certify. Whose it is, the kiosk neither knows nor keeps: the number
// is sealed to the server at once, what is done goes out under it, and its owner says afterwards whether it was them.
import { seal } from "./disk.js";
import { remember, setPerson } from "./myself.js";
import { newId, times } from "./outbox.js";

const { held, away } = document.body.dataset;

// What the server told last: the key to seal to, and the modules that a badge alone opens. Null where it never did.
export const toldOf = async () => (await caches.match(held, { ignoreVary: true }))?.json() ?? null;

// Resolves to whether a page is on its way; without what it needs the kiosk can but wait.
export async function assertBadge(badge) {
  const told = await toldOf();
  if (!told?.server_key) return false;
  const id = newId();
  const person = { asserted: { id, claim: await seal(told.server_key, id, JSON.stringify({ badge, at: times() })) }, server_key: told.server_key, modules: {} };
  setPerson(person);
  await remember(person);
  location.replace(away);
  return true;
}

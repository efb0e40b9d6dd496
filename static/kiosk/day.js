// What somebody finds again at this kiosk under their badge alone, for a week: where they stopped in the modules that a badge
// opens, and the practice of their days. No name, no answer, no result; and nothing for who holds another badge.
import { badgeKey, lock, store, unlock } from "./disk.js";

const { held } = document.body.dataset;
const LASTS = 7 * 86_400_000;

// What the server told last: the key to seal to, and the modules that a badge alone opens. Null where it never did.
export const toldOf = async () => (await caches.match(held, { ignoreVary: true }))?.json() ?? null;

export async function keepDay({ modules, practice }, key) {
  const own = await key, told = own && await toldOf();
  if (!told) return;
  const open = told.learning.flatMap(pages => Object.values(pages)).map(({ page }) => page.split("/")[3]);
  const stopped = Object.entries(modules).filter(([edition]) => open.includes(edition)).map(([edition, where]) => [edition, place(where)]);
  const locked = await lock({ modules: Object.fromEntries(stopped), practice }, own.key), now = Date.now();
  await change(days => ({ ...Object.fromEntries(Object.entries(days).filter(([, day]) => day.at > now - LASTS)), [own.tag]: { ...locked, at: now } }));
}

// Resolves to what was kept under the badge that was just read, or to nothing of anybody.
export async function openDay() {
  const own = await badgeKey(), days = own && await change(days => days), day = days?.[own.tag];
  return (day && day.at > Date.now() - LASTS && await unlock(day, own.key).catch(() => null)) ?? { modules: {} };
}

const place = ({ attempt, spent, again, changed, begun, seen, answered }) => ({
  attempt, spent, again, changed, begun, seen, answered: Object.fromEntries(Object.keys(answered).map(block => [block, {}])) });

function change(act) {
  return store("readwrite", (_, kept) => {
    const days = kept.get("days");
    days.onsuccess = () => kept.put(act(days.result ?? {}), "days");
    return days;
  }).then(days => days ?? {}, () => {});
}

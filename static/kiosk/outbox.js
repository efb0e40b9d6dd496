// Everything that somebody does goes first onto the kiosk's disk, sealed, and from there to the server; it leaves the disk
// when the server has said that it has it. Without the means to seal, or with a full disk, it waits in the page, which
// then lets nobody go before it is delivered.
import { canSeal, seal, store } from "./disk.js";

const address = document.body.dataset.outbox;
const MOST = 100, MOST_LETTERS = 200_000, ONE_TRY = 8000, LONGEST_WAIT = 60_000;
const inPage = new Map(), told = new Map(), listeners = new Set();
let own = null, reader = null, running = null, asked = false, timer = 0, tries = 0, emptied = null;
let report = { id: null, recorded: 0, waiting: 0, full: false, oldest: null };

// What the server's clock says, as well as a kiosk can know it: by what was last heard of it, for the kiosk's own clock
// may be hours wrong, and jump.
const OFFSET = "clock", EPOCH = "epoch", WEEK = 7 * 86_400_000;
let heard = null;

export function hear(reply, began) {
  const said = Number(reply.headers.get("Server-Time"));
  if (!said) return;
  const now = performance.now();
  heard = { server: said + (now - began) / 2, now };
  localStorage.setItem(OFFSET, Math.round(heard.server - Date.now()));
  hearEpoch(reply.headers.get("Database-Epoch"));
}

// An older state of the database was brought back: what it acknowledged since then may be missing there.
function hearEpoch(epoch) {
  const known = localStorage.getItem(EPOCH);
  if (!epoch || epoch === known) return;
  const again = known && canSeal ? store("readwrite", (outbox, _, sent) => {
    const all = sent.getAll();
    all.onsuccess = () => { for (const one of all.result) { outbox.put(one); sent.delete(one.id); } };
  }) : Promise.resolve();
  again.then(() => { localStorage.setItem(EPOCH, epoch); if (known) deliver(); }, () => {});
}

export function times() {
  const kiosk = Date.now(), offset = localStorage.getItem(OFFSET);
  const reckoned = offset === null ? null : kiosk + Number(offset);
  return { kiosk, server: heard ? Math.round(heard.server + performance.now() - heard.now) : reckoned };
}

// UUIDv7 (RFC 9562): when, then chance. `crypto.randomUUID` is missing on plain http.
export function newId(now = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let place = 5, rest = now; place >= 0; place--, rest = Math.floor(rest / 256)) bytes[place] = rest % 256;
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = [...bytes].map(byte => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

// Who is told what their answers came to.
export const setReader = person => { reader = person?.key ? { sign_in: person.sign_in, key: person.key } : null; };
// Called with the id of each event that the server has, and what it came to.
export const onTold = listener => listeners.add(listener);
export const isCut = () => tries > 0;
export const outboxReport = () => ({ ...report, clock: Date.now() });
// What this page alone keeps holds every move back until it is delivered: a promise of that, or null.
export const undelivered = () => emptied?.promise ?? null;
// How many requests failed or took long since the pulse last told of it.
export const troubles = { count: 0 };

// Put an event into the outbox; resolves once it is kept, with a promise of what it comes to.
export async function put(event, person) {
  // Undefined is left out: either somebody signed in, or a badge was read and nobody could be asked.
  const { sign_in, key, asserted } = person;
  const content = JSON.stringify({ sign_in, key, asserted, event: JSON.stringify(event) });
  const outcome = new Promise(resolve => told.set(event.id, resolve));
  const envelope = { id: event.id, at: event.at.kiosk };
  if (!(canSeal && await keep({ ...envelope, sealed: true, content: await seal(person.server_key, event.id, content) }))) {
    inPage.set(event.id, { ...envelope, sealed: false, content });
    emptied ??= Promise.withResolvers();
  }
  count();
  deliver();
  return { outcome };
}

// What the server has makes room for what it has not.
const keep = envelope => write(envelope)
  .catch(() => store("readwrite", (_, kept, sent) => { sent.clear(); }).then(() => write(envelope)))
  .then(() => true, () => false);

async function write(envelope) {
  const { id, recorded } = await identity();
  own = { id, recorded: recorded + 1 };
  await store("readwrite", (outbox, kept) => { outbox.put(envelope); kept.put(own, "outbox"); })
    .catch(error => { own = { id, recorded: own.recorded - 1 }; throw error; });
}

async function identity() {
  own ??= (canSeal && await store("readonly", (_, kept) => kept.get("outbox"))) || { id: newId(), recorded: 0 };
  return own;
}

// What waits, newest first: whoever stands here waits for what they did last.
async function waiting() {
  const kept = canSeal ? await store("readonly", outbox => outbox.getAll()).catch(() => []) : [];
  return [...kept, ...inPage.values()].toSorted((one, other) => (one.id < other.id ? 1 : -1));
}

function nextBatch(all) {
  let letters = 0;
  return all.slice(0, MOST).filter((one, place) => (letters += one.content.length) <= MOST_LETTERS || !place);
}

// Resolves to whether everything has arrived.
export function deliver() {
  clearTimeout(timer);
  asked = true;
  running ??= run().catch(() => { running = null; return false; });
  return running;
}

// Ends in one moment: whoever asks before it has begun is seen, whoever asks afterwards begins anew.
async function run() {
  for (;;) {
    asked = false;
    const batch = nextBatch(await waiting());
    const wait = batch.length ? await send(batch) : 0;
    if (!batch.length) await count();
    if (!wait && (batch.length || asked)) continue;
    if (wait) timer = setTimeout(deliver, wait);
    running = null;
    return !wait;
  }
}

// Resolves to the milliseconds after which to try again, 0 when the batch has arrived.
async function send(batch) {
  const began = performance.now();
  let wait = 0, came = null;
  try {
    const { id } = await identity();
    const events = batch.map(({ id, sealed, content }) => ({ id, sealed, content }));
    const reply = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ outbox: id, clock: Date.now(), reader, events }),
      signal: AbortSignal.timeout(ONE_TRY),
    });
    hear(reply, began);
    if (reply.ok) came = await reply.json();
    else wait = 1000 * Number(reply.headers.get("Retry-After"));
  } catch {
    // No answer is an answer too.
  }
  if (came) {
    await settle(came, batch);
    return 0;
  }
  troubles.count += 1;
  tries += 1;
  await count();
  // Not all kiosks of a plant in the same moment.
  return Math.max(wait, Math.min(LONGEST_WAIT, 500 * 2 ** tries)) * (0.5 + Math.random());
}

async function settle({ fates, results }, batch) {
  tries = 0;
  const ids = Object.keys(fates);
  if (canSeal) await putAway(batch.filter(one => one.sealed && fates[one.id])).catch(() => {});
  for (const id of ids) inPage.delete(id);
  if (!inPage.size) emptied?.resolve();
  if (!inPage.size) emptied = null;
  await count();
  for (const id of ids) {
    for (const listener of listeners) listener(id, results[id] ?? null);
    told.get(id)?.(results[id] ?? null);
    told.delete(id);
  }
}

// What has arrived stays sealed for a week, should the server forget it; with a full disk it does not.
function putAway(batch) {
  const now = Date.now();
  const away = keeps => store("readwrite", (outbox, _, sent) => {
    for (const one of batch) { outbox.delete(one.id); if (keeps) sent.put({ ...one, sent: now }); }
    const old = sent.index("sent").getAllKeys(IDBKeyRange.upperBound(now - WEEK));
    old.onsuccess = () => { for (const id of old.result) sent.delete(id); };
  });
  return away(true).catch(() => away(false));
}

// Say how much is still kept here, to whoever stands here and to whoever looks after the kiosk.
async function count() {
  const all = await waiting();
  const { id, recorded } = await identity();
  report = { id: canSeal ? id : null, recorded, waiting: all.length, full: canSeal && inPage.size > 0, oldest: all.length ? Math.min(...all.map(one => one.at)) : null };
  const place = document.querySelector(".sending");
  if (!place) return;
  place.dataset.outbox = !all.length ? "sent" : canSeal && inPage.size ? "full" : "kept";
  place.querySelector("span").textContent = place.dataset[place.dataset.outbox].replace("{count}", all.length);
}

addEventListener("online", deliver);
// What waits is told before anybody is asked to take it: a line that was cut without a word answers late.
count().then(deliver, deliver);

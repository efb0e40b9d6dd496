// What stays on the kiosk's disk. `outbox` holds sealed events, by id; `sent` those that the server has, sealed as they were,
// for a week; `kept` what the kiosk knows of itself, and of who is signed in, sealed too.
let opened = null;

const database = () => opened ??= new Promise((done, fail) => {
  const request = indexedDB.open("etabli", 2);
  request.onupgradeneeded = ({ oldVersion }) => {
    request.result.createObjectStore("sent", { keyPath: "id" }).createIndex("sent", "sent");
    if (oldVersion) return;
    request.result.createObjectStore("outbox", { keyPath: "id" });
    request.result.createObjectStore("kept");
  };
  request.onsuccess = () => done(request.result);
  request.onerror = () => fail(request.error);
});

// Resolves once what `work` did is on disk, with what it asked for last.
export async function store(mode, work) {
  const transaction = (await database()).transaction(["outbox", "kept", "sent"], mode, { durability: "strict" });
  const request = work(...["outbox", "kept", "sent"].map(name => transaction.objectStore(name)));
  return new Promise((done, fail) => {
    transaction.oncomplete = () => done(request?.result);
    transaction.onabort = () => fail(transaction.error);
  });
}

// Sealing, where the browser has the means: not on plain http. `lms/delivery/sealing.py` opens what is sealed here.
const { subtle } = crypto;
const KEY = "key", BADGE = "badge", DAY = "day";
const P256 = { name: "ECDH", namedCurve: "P-256" };
const encode = text => new TextEncoder().encode(text);
const toBase64 = bytes => btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(""));
const fromBase64 = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0));

export const canSeal = Boolean(subtle && globalThis.indexedDB);

// To the server: nobody at the kiosk can open it again, not even who sealed it.
export async function seal(serverKey, id, text) {
  const pair = await subtle.generateKey(P256, false, ["deriveBits"]);
  const theirs = await subtle.importKey("raw", fromBase64(serverKey), P256, false, []);
  const ours = new Uint8Array(await subtle.exportKey("raw", pair.publicKey));
  const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, pair.privateKey, 256);
  const drawn = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const key = await subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: ours, info: encode("etabli event 1") }, drawn, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const sealed = await subtle.encrypt({ name: "AES-GCM", iv: new Uint8Array(12), additionalData: encode(id) }, key, encode(text));
  return toBase64([...ours, ...new Uint8Array(sealed)]);
}

// For this kiosk, until the person leaves or the browser closes: the key lives with the tab, what it opens on the disk.
export async function lock(value, key = ownKey()) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, sealed: await subtle.encrypt({ name: "AES-GCM", iv }, await key, encode(JSON.stringify(value))) };
}

export async function unlock({ iv, sealed }, key = ownKey()) {
  return JSON.parse(new TextDecoder().decode(await subtle.decrypt({ name: "AES-GCM", iv }, await key, sealed)));
}

const aes = raw => subtle.importKey("raw", fromBase64(raw), "AES-GCM", false, ["encrypt", "decrypt"]);

function ownKey() {
  const raw = sessionStorage.getItem(KEY) ?? toBase64(crypto.getRandomValues(new Uint8Array(32)));
  sessionStorage.setItem(KEY, raw);
  return aes(raw);
}

// What the tab knows of whoever is here goes with them.
export const loseKey = () => sessionStorage.clear();

// For whoever comes back with the same badge: under a key drawn from its number, slowly, since numbers can be guessed. What is
// kept of the number meanwhile is a digest, in the tab. Nothing is drawn from a personal code: there are too few of them.
const ROUNDS = 600_000;

export async function noteBadge(number) {
  sessionStorage.setItem(BADGE, toBase64(new Uint8Array(await subtle.digest("SHA-256", encode(await salt() + number)))));
}

// Whose badge it is, is looked at before anything is waited for: the next one may be read meanwhile.
export async function badgeKey() {
  const badge = sessionStorage.getItem(BADGE);
  if (!badge) return null;
  const raw = sessionStorage.getItem(DAY) ?? await (drawing[badge] ??= draw(badge));
  return { tag: toBase64(new Uint8Array(await subtle.digest("SHA-256", fromBase64(raw)))), key: aes(raw) };
}

const drawing = {};

async function draw(badge) {
  const drawn = await subtle.importKey("raw", fromBase64(badge), "PBKDF2", false, ["deriveBits"]);
  const raw = toBase64(new Uint8Array(await subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: encode(await salt()), iterations: ROUNDS }, drawn, 256)));
  if (sessionStorage.getItem(BADGE) === badge) sessionStorage.setItem(DAY, raw);
  return raw;
}

// Of this kiosk alone: what was found out at one helps at no other.
async function salt() {
  const fresh = toBase64(crypto.getRandomValues(new Uint8Array(16)));
  return store("readwrite", (_, kept) => {
    const known = kept.get("salt");
    known.onsuccess = () => { if (!known.result) kept.put(fresh, "salt"); };
    return known;
  }).then(known => known ?? fresh);
}

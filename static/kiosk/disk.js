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
const KEY = "key";
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
export async function lock(value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, sealed: await subtle.encrypt({ name: "AES-GCM", iv }, await ownKey(), encode(JSON.stringify(value))) };
}

export async function unlock({ iv, sealed }) {
  return JSON.parse(new TextDecoder().decode(await subtle.decrypt({ name: "AES-GCM", iv }, await ownKey(), sealed)));
}

function ownKey() {
  const raw = sessionStorage.getItem(KEY) ?? toBase64(crypto.getRandomValues(new Uint8Array(32)));
  sessionStorage.setItem(KEY, raw);
  return subtle.importKey("raw", fromBase64(raw), "AES-GCM", false, ["encrypt", "decrypt"]);
}

export const loseKey = () => sessionStorage.removeItem(KEY);

// What was typed and is not yet saved on the server, kept by the browser: by person, module, part and tab.
// A text counts as kept once it is on the disk ("strict"): a browser that is killed must find it again.
const opened = new Promise((resolve, reject) => {
  const asked = indexedDB.open("etabli-studio", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("texts", { keyPath: ["person", "code", "part", "tab"] });
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});
opened.catch(() => {});

async function run(mode, act) {
  const transaction = (await opened).transaction("texts", mode, { durability: "strict" });
  const request = act(transaction.objectStore("texts"));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

export const keep = text => run("readwrite", store => store.put(text));

export const forget = ({ person, code, part, tab }) => run("readwrite", store => store.delete([person, code, part, tab]));

export const kept = (person, code) => run("readonly", store => store.getAll(IDBKeyRange.bound([person, code], [person, code, []])));

// What a tab keeps is taken over once the tab is no more, and by one tab alone: of two that find it the first has it.
// `by` is the tab that writes a text; `tab`, what the server knows its writer by, stays what it was.
const take = (text, by) => run("readwrite", store => {
  const found = store.get([text.person, text.code, text.part, text.tab]);
  found.onsuccess = () => { if (isSame(found.result, text)) store.put({ ...found.result, by }); };
  return found;
}).then(found => isSame(found, text), () => false);

const isSame = (found, text) => found !== undefined && found.by === text.by && found.at === text.at;

// Tabs of this browser answer for themselves. One that is busy for longer than this while it writes would be thought gone.
const PATIENCE = 1000, tabs = new BroadcastChannel("etabli-studio");

export function answerFor(tab) {
  tabs.addEventListener("message", ({ data }) => { if (data === "who") tabs.postMessage(tab); });
}

async function openTabs() {
  const heard = new Set(), listen = ({ data }) => heard.add(data);
  tabs.addEventListener("message", listen);
  tabs.postMessage("who");
  await new Promise(resolve => setTimeout(resolve, PATIENCE));
  tabs.removeEventListener("message", listen);
  return heard;
}

// What a tab may go on with: its own texts, and those that tabs left which are no more.
export async function leftTo(tab, person, code) {
  const found = await kept(person, code), isOwn = text => text.by === tab;
  if (found.every(isOwn)) return found;
  const open = await openTabs();
  const mine = await Promise.all(found.map(text => isOwn(text) || (!open.has(text.by) && take(text, tab))));
  return found.filter((_, place) => mine[place]);
}

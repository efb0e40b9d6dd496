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

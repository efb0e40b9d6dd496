// A sheet written beside the machine outlives a dead line, a reload and a battery: what is typed and the photo are kept on
// the tablet until the server has them. It is sent once the server answers; nothing sent stays here.
const HOURS = 12;
const opened = new Promise((resolve, reject) => {
  const asked = indexedDB.open("etabli-sign-off", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("sheets", { keyPath: "key" });
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});

async function run(mode, act) {
  const transaction = (await opened).transaction("sheets", mode, { durability: "strict" });
  const request = act(transaction.objectStore("sheets"));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

const sent = document.querySelector("[data-sent]")?.dataset.sent;
if (sent) run("readwrite", store => store.delete(sent));

const form = document.querySelector("form[data-kept]");
if (form) {
  const key = form.dataset.kept;
  const words = document.querySelector("[data-no-line]");
  const photo = form.querySelector("input[type=file]");
  const left = ({ name }) => name && name !== "csrf_token" && name !== "photo";

  const keep = () => run("readwrite", store => store.put({
    key,
    at: Date.now(),
    fields: [...new FormData(form)].filter(([name]) => left({ name })),
    photo: photo.files[0],
  }));

  const fill = ({ fields, photo: file }) => {
    for (const field of form.elements) {
      if (!left(field) || field.type === "hidden") continue;
      const values = fields.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else field.value = values[0] ?? "";
    }
    if (file) {
      const files = new DataTransfer();
      files.items.add(file);
      photo.files = files.files;
    }
  };

  const kept = await run("readonly", store => store.get(key));
  if (kept && Date.now() - kept.at < HOURS * 3_600_000 && !("refused" in form.dataset)) fill(kept);
  form.addEventListener("input", keep);

  let waiting;
  const send = async () => {
    clearTimeout(waiting);
    try {
      const answer = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(8000) });
      if (!answer.ok) throw new Error(String(answer.status));
      form.submit();
    } catch {
      words.hidden = false;
      waiting = setTimeout(send, 5000);
    }
  };
  addEventListener("online", () => { if (!words.hidden) send(); });
  form.addEventListener("submit", async event => {
    event.preventDefault();
    await keep();
    send();
  });
}

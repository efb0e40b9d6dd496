// The page of a phone: each photo is sent as soon as it was taken or chosen, one after the other.
const form = document.querySelector("[data-phone-form]"), input = form.querySelector("[type=file]");
const list = document.querySelector("[data-sent]"), progress = document.querySelector("[data-progress]");
const waiting = [];
let isBusy = false;

form.querySelector("[data-plain]").hidden = true;
form.classList.add("is-live");
input.classList.add("visually-hidden");
form.addEventListener("submit", event => event.preventDefault());
input.addEventListener("change", () => {
  waiting.push(...[...input.files].map(file => ({ file, line: list.appendChild(document.createElement("li")) })));
  for (const { file, line } of waiting) line.textContent = list.dataset.sending.replace("{name}", file.name);
  input.value = "";
  sendAll();
});

async function sendAll() {
  if (isBusy) return;
  isBusy = true;
  while (waiting.length) {
    const { file, line } = waiting.shift();
    const fault = await send(file).catch(() => list.dataset.cut);
    line.textContent = (fault ?? list.dataset.done).replace("{name}", file.name);
    line.classList.toggle("is-fault", fault !== null);
  }
  isBusy = false;
}

// Returns what is wrong, in a sentence, or null.
function send(file) {
  const request = new XMLHttpRequest(), body = new FormData();
  body.append("csrf_token", form.elements.csrf_token.value);
  body.append("file", file);
  Object.assign(progress, { hidden: false, value: 0 });
  return new Promise((resolve, reject) => {
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.onprogress = event => { if (event.lengthComputable) progress.value = event.loaded / event.total; };
    request.onload = () => resolve(request.status === 201 ? null : `{name}: ${request.response?.message ?? request.response?.detail ?? ""}`);
    request.onerror = request.onabort = request.ontimeout = reject;
    request.onloadend = () => { progress.hidden = true; };
    request.send(body);
  });
}

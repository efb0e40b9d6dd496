// The editor: puts in the form of the part that is chosen, and saves it at every pause. What is typed is kept by the
// browser first, then sent; a text is called saved when the server has said so, and at no other moment. A save on an older
// text than the present one is refused by the server: then both stand side by side.
import { startOrder } from "./desk_order.js";
import { show as preview } from "./desk_preview.js";
import { answerFor, forget, keep, leftTo } from "./desk_store.js";

const PAUSE = 800, PATIENCE = 15000, UPLOAD = 600000, BEAT = 20000, AWAY = 120000;
const desk = document.querySelector("[data-desk]");
const { person, code } = desk.dataset;
const words = JSON.parse(desk.dataset.words);
const pieces = Object.fromEntries([...desk.querySelectorAll("[data-piece]")].map(piece => [piece.dataset.piece, piece]));
const state = desk.querySelector("[data-state]"), told = desk.querySelector("[data-told]");
const tab = [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, "0")).join("");
let csrf = document.querySelector("[name=csrf_token]").value;
let version = Number(desk.dataset.version), others = [];
let writing = null;  // The form that stands in the middle, and how it fares.
let lastTouch = Date.now();

// --- What is asked of the server

class Refused extends Error {
  constructor(kind, said = {}) { super(kind); Object.assign(this, { kind, said }); }
}

async function ask(address, body, { again = true, patience = PATIENCE } = {}) {
  let answer;
  body?.delete("csrf_token");  // That of the form may be over; the header has the newest.
  try {
    const options = { headers: { Accept: "application/json", "X-CSRFToken": csrf }, signal: AbortSignal.timeout(patience) };
    answer = await fetch(address, body ? { ...options, method: "POST", body } : options);
  } catch {
    throw new Refused("cut");
  }
  const isJson = answer.headers.get("Content-Type")?.includes("json");
  if (answer.status === 400 && again && body) {  // The page was open longer than its token lasts, or somebody signed in anew.
    await renew();
    return ask(address, body, { again: false, patience });
  }
  if (answer.status >= 500 || answer.status === 429) throw new Refused("cut");
  if (answer.ok && !isJson && answer.status !== 204) throw new Refused("out");  // The page to sign in.
  const said = isJson ? await answer.json() : {};
  if (answer.ok) return said;
  throw new Refused(answer.status === 409 ? "changed" : answer.status === 422 ? "faulty" : "refused", said);
}

async function renew() {
  const said = await ask(location.href);
  if (String(said.person) !== person) throw new Refused("other");
  csrf = said.csrf;
}

// --- The state in words

function say(kind, facts = {}) {
  state.dataset.state = kind;
  state.textContent = words[kind].replace(/\{(\w+)\}/g, (_, name) => facts[name]);
}

function tell(text) {
  told.textContent = text;
  told.hidden = !text;
}

// --- Writing

// `as`: the tab that wrote what the form holds already. What the server has of that tab is nobody else's text.
function begin(form, as = tab) {
  writing = { form, part: form.dataset.block, address: form.dataset.address, tab: as, typed: 0, saved: 0, sending: null, stopped: "", keeping: Promise.resolve(), waits: null, delay: 2000 };
  form.addEventListener("input", touched);
  form.addEventListener("submit", event => { event.preventDefault(); save(writing); });
  form.dispatchEvent(new CustomEvent("etabli:form", { bubbles: true }));
  // On a slow machine somebody types before this runs.
  if ([...form.querySelectorAll("textarea, input[type=text]")].some(field => field.value !== field.defaultValue)) touched();
}

function touched() {
  writing.typed += 1;
  if (!writing.stopped) say("unsaved");
  keepHere(writing);
  later(writing, PAUSE);
}

const isOpen = one => one.typed > one.saved;

function later(one, delay) {
  clearTimeout(one.waits);
  one.waits = setTimeout(() => save(one), delay);
}

function texts(form) {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrf_token");
}

function keepHere(one) {
  one.keeping = keep({ person, code, part: one.part, tab: one.tab, by: tab, fields: texts(one.form), at: Date.now(), address: one.address });
  one.keeping.catch(() => { one.nowhere = true; });
}

// Save what stands in a form now; while a save is under way the next one waits for its end. Tells whether all is saved.
async function save(one) {
  clearTimeout(one.waits);
  if (one.stopped) return false;
  if (one.sending) { await one.sending; return isOpen(one) && !one.stopped ? save(one) : !one.stopped; }
  if (!isOpen(one)) return true;
  one.sending = send(one);
  const saved = await one.sending;
  one.sending = null;
  if (saved && isOpen(one)) later(one, PAUSE);
  return saved && !isOpen(one);
}

async function send(one) {
  const { typed } = one, body = new FormData(one.form);
  const hasFiles = [...body.values()].some(value => value instanceof File && value.size);
  body.set("tab", one.tab);
  if (one === writing) say("saving");
  try {
    const said = await ask(`${one.address}/save`, body, hasFiles ? { patience: UPLOAD } : {});
    one.form.elements.token.value = said.token;
    one.saved = typed;
    one.delay = 2000;
    saved(one, said);
    await one.keeping.catch(() => {});
    if (isOpen(one)) keepHere(one);
    else await forget({ person, code, part: one.part, tab: one.tab }).catch(() => {});
    if (hasFiles) await open(location.href, false);
    return true;
  } catch (error) {
    await notSaved(one, error);
    return false;
  }
}

function saved(one, said) {
  if (one === writing) {
    if (isOpen(one)) say("unsaved"); else say("saved", { time: said.saved });
    for (const seen of pieces.form.querySelectorAll("[data-act] [name=token]")) seen.value = said.token;
    showFaults({});
    showLacks(said.problems);
    tell("");
    preview();
    document.dispatchEvent(new CustomEvent("etabli:saved"));
  }
  showInOutline(one.part, said);
  if (said.version > version + 1) refresh();
  else { version = Math.max(version, said.version); pieces.acts.querySelector("button:not([data-again])").disabled = false; }
}

async function notSaved(one, error) {
  if (!(error instanceof Refused)) throw error;
  const { kind, said } = error;
  if (kind === "changed") {
    one.stopped = kind;
    if (one === writing) say("changed");
    await showConflict(one);
  } else if (kind === "faulty") {
    if (one === writing) { say("faulty"); showFaults(said.faults ?? {}); if (said.files) tell(said.files.join(" ")); }
  } else {
    await one.keeping.catch(() => {});
    if (one === writing) say(one.nowhere ? "nowhere" : kind === "refused" ? "cut" : kind);
    if (kind === "refused" && said.detail) tell(said.detail);
    if (kind === "other") one.stopped = kind;
    else { later(one, one.delay); one.delay = Math.min(one.delay * 2, 15000); }
  }
}

// --- What the server says of a form

function showFaults(faults) {
  for (const line of writing.form.querySelectorAll(".is-from-script")) line.remove();
  for (const field of writing.form.querySelectorAll("[data-faulty]")) { delete field.dataset.faulty; field.removeAttribute("aria-invalid"); field.classList.remove("is-invalid"); }
  for (const [name, said] of Object.entries(faults)) {
    const found = writing.form.elements[name], field = found instanceof RadioNodeList ? found[0] : found;
    if (!(field instanceof Element)) { tell(said.join(" ")); continue; }
    field.dataset.faulty = field.ariaInvalid = "true";
    field.classList.add("is-invalid");
    field.after(Object.assign(document.createElement("div"), { className: "field-fault is-from-script", textContent: said.join(" ") }));
    for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  }
}

function showLacks(problems) {
  const place = pieces.form.querySelector("[data-lacks]");
  place.hidden = !problems.length;
  const list = document.createElement("ul");
  for (const problem of problems) {
    const line = document.createElement("li");
    line.append(Object.assign(document.createElement("strong"), { textContent: problem.place }), ` — ${problem.message}`);
    list.append(line);
  }
  place.querySelector("ul")?.remove();
  place.querySelector(".notice-title").after(list);
}

function showInOutline(part, { title, problems }) {
  const row = pieces.outline.querySelector(`[data-open="${CSS.escape(part)}"]`);
  if (!row) return;
  if (part) row.querySelector("[data-title]").textContent = title;
  row.querySelector("[data-faults]").hidden = !problems.length;
  row.querySelector("[data-count]").textContent = problems.length;
}

// --- Two texts of the same

async function showConflict(one) {
  const place = pieces.form.querySelector("[data-conflict]");
  const body = new FormData(one.form);
  body.delete("csrf_token");
  try {
    const answer = await fetch(`${one.address}/compare`, { method: "POST", body, headers: { "X-CSRFToken": csrf } });
    if (!answer.ok || !answer.headers.get("Content-Type").includes("html")) throw new Error();
    place.innerHTML = await answer.text();
  } catch {
    one.stopped = "";
    later(one, one.delay);
    return;
  }
  place.hidden = false;
  const { token } = place.querySelector("[data-token]").dataset;
  place.querySelector("h3").focus();
  place.onclick = event => choose(one, token, event.target.closest("[data-choose]")?.dataset.choose);
}

async function choose(one, token, which) {
  if (!which || one.choosing) return;
  one.choosing = true;
  const place = pieces.form.querySelector("[data-conflict]");
  try {
    if (which === "mine") {
      one.form.elements.token.value = token;
      one.stopped = "";
      one.typed += 1;
      if (await save(one) && token === "") await open(one.address, false);
    } else {
      await ask(`${one.address}/aside`, new FormData(one.form));
      await forget({ person, code, part: one.part, tab: one.tab });
      one.saved = one.typed;
      one.stopped = "";
      await open(token === "" ? base() : one.address, false);
    }
    if (!one.stopped) { place.hidden = true; place.replaceChildren(); }
  } catch (error) {
    await notSaved(one, error);
  }
  one.choosing = false;
}

const base = () => location.pathname.replace(/(module\/[^/]+\/).*/, "$1");

// --- Going from part to part

// Save what is open, then show what an address gives; nothing is left behind while two texts wait for a choice.
async function open(address, remembered = true) {
  if (!await mayLeave()) return;
  try {
    await render(await ask(address), { address, remembered });
  } catch (error) {
    complain(error);
  }
}

async function mayLeave() {
  if (!writing || !isOpen(writing) || await save(writing)) return true;
  pieces.form.querySelector("[data-conflict] h3")?.focus();
  return writing.stopped === "" && state.dataset.state === "faulty";  // The browser keeps it, and gives it back on return.
}

function complain(error) {
  if (!(error instanceof Refused)) throw error;
  if (error.kind === "changed" || error.kind === "refused" || error.kind === "faulty") { tell(error.said.detail ?? ""); refresh(); }
  else say(error.kind);
}

async function act(form, submitter) {
  const menu = form.closest("details");
  if (menu) menu.open = false;  // First of all: what is saved meanwhile may put in the outline anew, as open as it stands.
  if (!await mayLeave()) return;
  try {
    const shown = await ask(submitter?.getAttribute("formaction") ?? form.action, new FormData(form, submitter));
    tell("");
    await render(shown, { address: addressOf(shown.part), remembered: true, isNew: form.closest("[data-palette]") !== null });
  } catch (error) {
    complain(error);
  }
}

const addressOf = part => (part ? pieces.outline.querySelector(`[data-open="${CSS.escape(part)}"]`)?.href : null) ?? pieces.outline.querySelector('[data-open=""]').href;

async function render(shown, { address, remembered, isNew = false }) {
  const left = await leftOver(), focused = remembered ? null : whereFocusIs();
  version = shown.version;
  csrf = shown.csrf;
  put("outline", shown.outline);
  put("acts", shown.acts);
  if (remembered) history.pushState(null, "", addressOf(shown.part) ?? address);
  const [text, ...others] = left.filter(one => one.part === shown.part).sort(byWhoLeft);
  putForm(shown.form, text);
  // What was typed here in the moment before goes with the form it was typed into.
  if (text && text.tab !== tab) for (const one of others) if (one.tab === tab) forget(one).catch(() => {});
  showOthers();
  if (!isOpen(writing)) say("saved", { time: shown.saved });
  preview(shown.part);
  pieces.outline.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  if (remembered) begins(isNew).focus({ preventScroll: true });
  if (remembered) scrollTo({ top: 0 });
  if (focused) focusAgain(focused);
}

// What a tab left that is no more comes before the letters of this one, the latest of it first.
const byWhoLeft = (one, other) => (one.tab === tab) - (other.tab === tab) || other.at - one.at;

// What is new is written next; what was chosen is read first.
const begins = isNew => (isNew && pieces.form.querySelector("form[data-block] :is(input[type=text], textarea)")) || pieces.form.querySelector("[data-heading]");

// The form is put in anew under the hands of whoever writes in it: they go on at the same letter of the same field.
function whereFocusIs() {
  const field = document.activeElement;
  return writing.form.contains(field) && field.name ? { name: field.name, value: field.value, from: field.selectionStart, to: field.selectionEnd, isAtEnd: field.selectionStart === field.value.length } : null;
}

function focusAgain({ name, value, from, to, isAtEnd }) {
  const found = writing.form.elements[name], field = found instanceof RadioNodeList ? [...found].find(one => one.value === value) : found;
  field?.focus({ preventScroll: true });
  if (typeof from === "number") field?.setSelectionRange(...(isAtEnd ? [field.value.length, field.value.length] : [from, to]));
}

// Put a form in as the server made it, with what had stayed on this computer of it, before anything starts on its fields.
function putForm(html, text) {
  pieces.form.innerHTML = html;
  const form = pieces.form.querySelector("form[data-block]");
  if (text) fill(form, text);
  begin(form, text?.tab);
  htmx.process(pieces.form);
  if (text) touched();
}

function put(name, html) {
  const scrolled = pieces[name].querySelector("[data-order]")?.scrollTop;
  const chosen = pieces[name].querySelector("[data-palette][open]");
  pieces[name].innerHTML = html;
  if (chosen) pieces[name].querySelector("[data-palette]").open = true;
  if (scrolled) pieces[name].querySelector("[data-order]").scrollTop = scrolled;
}

// Others changed something: the outline is fetched again, and the form too where nothing was typed into it.
async function refresh() {
  try {
    const shown = await ask(location.href);
    version = shown.version;
    csrf = shown.csrf;
    const focused = pieces.outline.contains(document.activeElement) && document.activeElement.dataset?.open;
    put("outline", shown.outline);
    put("acts", shown.acts);
    showOthers();
    if (focused !== undefined && focused !== false) pieces.outline.querySelector(`[data-open="${CSS.escape(focused)}"]`)?.focus();
    if (shown.part !== writing.part) return;
    const piece = new DOMParser().parseFromString(shown.form, "text/html"), fetched = piece.querySelector("form[data-block]");
    const head = pieces.form.querySelector(".desk-form-head");
    if (fetched.elements.token.value === writing.form.elements.token.value) {
      const onHeading = document.activeElement.matches("[data-heading]");
      if (head.contains(document.activeElement) && !onHeading) return;
      head.replaceWith(piece.querySelector(".desk-form-head"));  // It may stand at another place now.
      if (onHeading) pieces.form.querySelector("[data-heading]").focus({ preventScroll: true });
      return;
    }
    if (isOpen(writing) || writing.stopped || pieces.form.contains(document.activeElement)) return;
    putForm(shown.form);
    preview();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
}

// --- What had stayed on this computer: after a reload, a crash, a sign-out

const leftOver = () => leftTo(tab, person, code).catch(() => []);

// Send what was left of other parts, by tabs that are no more; one that has to be looked at is opened.
async function bringBack() {
  for (const text of await leftOver()) {
    if (text.tab !== tab && text.part !== writing.part && Date.now() - text.at > 5000) await sendKept(text);
  }
}

function fill(form, text) {
  for (const field of form.elements) if (field.type === "checkbox" || field.type === "radio") field.checked = false;
  for (const [name, value] of text.fields) {
    const found = form.elements[name];
    for (const field of found instanceof RadioNodeList ? found : [found]) {
      if (field?.type === "checkbox" || field?.type === "radio") field.checked ||= field.value === value;
      else if (field && field.type !== "file") field.value = value;
    }
  }
}

async function sendKept(text) {
  const body = new FormData();
  for (const [name, value] of text.fields) body.append(name, value);
  body.set("tab", text.tab);
  try {
    const said = await ask(`${text.address}/save`, body);
    await forget(text);
    if (said.version === version) return;  // It had arrived as its page was left.
    tell(words.brought.replace("{name}", said.title));
    refresh();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.kind === "changed" || error.kind === "faulty") await open(text.address);
  }
}

// --- Who else is here

function showOthers() {
  for (const place of pieces.outline.querySelectorAll("[data-here]")) {
    const here = others.filter(one => one.part === place.dataset.here);
    place.textContent = [...new Set(here.map(one => (one.own ? words.self : words.writes.replace("{name}", one.name))))].join(", ");
  }
}

function report(more = {}) {
  const body = new FormData();
  for (const [name, value] of Object.entries({ tab, part: writing.part, csrf_token: csrf, ...more })) body.set(name, value);
  return body;
}

async function beat() {
  // Nobody at the desk: the session is left to end in its time.
  if (document.hidden || Date.now() - lastTouch > AWAY) return;
  try {
    const said = await ask(desk.dataset.here, report());
    if (String(said.person) !== person) { say("other"); writing.stopped = "other"; return; }
    ({ others } = said);
    showOthers();
    if (said.version > version && !writing.sending) await refresh();
    if (isOpen(writing) && !writing.stopped && ["cut", "out"].includes(state.dataset.state)) save(writing);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (isOpen(writing)) say(error.kind === "out" ? "out" : state.dataset.state);
  }
}

// --- What is pressed

desk.addEventListener("click", event => {
  const link = event.target.closest("a[data-open]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); open(link.href); }
  const pane = event.target.closest("[data-pane]");
  if (pane) showPane(pane);
});

function showPane(button) {
  desk.dataset.shows = button.dataset.pane;
  for (const one of desk.querySelectorAll("[data-pane]")) one.ariaPressed = String(one === button);
  if (button.dataset.pane === "see") preview();
}

desk.addEventListener("submit", event => {
  if (!event.target.matches("[data-act]")) return;
  event.preventDefault();
  act(event.target, event.submitter);
});

document.addEventListener("click", event => {
  for (const open of desk.querySelectorAll(".palette[open], .desk-send[open]")) if (!open.contains(event.target)) open.open = false;
});
document.addEventListener("keydown", event => {
  lastTouch = Date.now();
  const menu = event.key === "Escape" && desk.querySelector(".palette[open], .desk-send[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  if ((event.ctrlKey || event.metaKey) && event.key === "s") { event.preventDefault(); save(writing); }
  if ((event.ctrlKey || event.metaKey) && ["z", "y"].includes(event.key) && !event.target.closest("input, textarea, select")) {
    event.preventDefault();
    const button = pieces.acts.querySelector(event.key === "y" || event.shiftKey ? "[data-again]" : "button:not([data-again])");
    if (!button.disabled) button.click();
  }
});
document.addEventListener("pointerdown", () => { lastTouch = Date.now(); });
// A page that is opened from here shows what was typed last: it is saved before it is asked for.
document.addEventListener("click", async event => {
  const link = event.target.closest("a[href]");
  const stays = !link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || link.target || link.getAttribute("href").startsWith("#");
  if (stays || !isOpen(writing)) return;
  event.preventDefault();
  if (await save(writing) || writing.stopped !== "changed") location.assign(link.href);
});
addEventListener("popstate", () => open(location.href, false));
addEventListener("online", () => { if (isOpen(writing)) save(writing); });
addEventListener("pagehide", () => {
  // The last words go with the page; if they do not arrive, the browser has them.
  if (isOpen(writing) && !writing.stopped) {
    const body = new FormData(writing.form);
    body.set("tab", writing.tab);
    body.delete("csrf_token");
    fetch(`${writing.address}/save`, { method: "POST", body, keepalive: true, headers: { Accept: "application/json", "X-CSRFToken": csrf } }).catch(() => {});
  }
  navigator.sendBeacon(desk.dataset.here, report({ leaves: "y" }));
});
addEventListener("beforeunload", event => { if (writing.nowhere && isOpen(writing)) event.preventDefault(); });

desk.dataset.live = "";
answerFor(tab);
say("saved", { time: desk.dataset.saved });
startOrder(pieces.outline, (address, key, after) => {
  const body = new FormData();
  body.set("after", after);
  ask(address, body).then(refresh, complain);
});
begin(pieces.form.querySelector("form[data-block]"));
preview(writing.part);
leftOver().then(left => left.some(text => text.part === writing.part) && open(location.href, false)).then(bringBack).then(beat);
setInterval(beat, BEAT);

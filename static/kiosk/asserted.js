// A badge read while the server is away opens what does not certify. Whose it is, the kiosk neither knows nor keeps: the number
// is sealed to the server at once, what is done goes out under it, and its owner says afterwards whether it was them.
import { isCode, secondsToWait } from "./codes.js";
import { openDay, toldOf } from "./day.js";
import { seal } from "./disk.js";
import { remember, setPerson } from "./myself.js";
import { newId, put, times } from "./outbox.js";

const { away } = document.body.dataset;

// Each resolves to whether that is all for now; without what it needs the kiosk can but wait.
export async function assertBadge({ value }) {
  const claim = await claimed(value);
  return Boolean(claim) && begin({ ...claim, ...await openDay() });
}

// A code can be tried out: the kiosk lets few be typed, and the server hears of each.
export async function assertCode(field) {
  const claim = await claimed(field.value);
  if (!claim) return false;
  const seconds = secondsToWait();
  if (seconds) return refuse(field, "wait", seconds);
  await put({ kind: "claimed", id: newId(), at: times() }, claim);
  return isCode(field.value) ? begin({ ...claim, modules: {} }) : refuse(field, "unknown");
}

async function claimed(badge) {
  const told = await toldOf(), id = newId();
  return told?.server_key && { asserted: { id, claim: await seal(told.server_key, id, JSON.stringify({ badge, at: times() })) }, server_key: told.server_key };
}

async function begin(person) {
  setPerson(person);
  await remember(person);
  location.replace(away);
  return true;
}

function refuse(field, why, seconds) {
  const words = document.querySelector(`template[data-code=${why}]`).content.cloneNode(true);
  for (const place of words.querySelectorAll("[data-seconds]")) place.textContent = place.dataset.seconds.replace("{seconds}", seconds);
  const feedback = document.querySelector(".feedback");
  feedback.className = "feedback feedback-again";
  feedback.replaceChildren(words);
  document.getElementById("cut-off").close();
  field.value = "";
  delete field.form.dataset.sending;
  return true;
}

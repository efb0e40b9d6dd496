// A question of a draft, answered as at a kiosk: the server marks the answer by what the trainer has written.
import "../kiosk/keys.js";
import { startQuestion } from "../kiosk/questions.js";

const block = document.querySelector("[data-answer]"), feedback = document.querySelector(".feedback");
const confirm = document.querySelector("[data-confirm]"), afresh = document.querySelector("[data-afresh]");
const question = startQuestion(block.querySelector("form"), mayConfirm);

function mayConfirm() {
  confirm.disabled = question.read() === undefined;
}

async function mark() {
  confirm.disabled = true;
  const reply = await fetch(`${block.dataset.answer}&${new URLSearchParams({ response: JSON.stringify(question.read()) })}`).catch(() => null);
  if (!reply?.ok) { confirm.disabled = false; return; }
  const { right, parts, text } = await reply.json(), kind = right ? "right" : "again";
  question.close();
  question.mark(parts);
  feedback.className = `feedback feedback-${kind}`;
  feedback.replaceChildren(document.querySelector(`template[data-feedback=${kind}]`).content.cloneNode(true));
  feedback.querySelector("p[lang]").textContent = text;
  confirm.hidden = true;
  afresh.hidden = false;
  afresh.focus();
}

confirm.addEventListener("click", mark);
afresh.addEventListener("click", () => location.reload());
block.addEventListener("submit", event => { event.preventDefault(); if (!confirm.disabled) mark(); });
mayConfirm();

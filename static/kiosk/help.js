// A call for help goes out beside what stands on the screen, which stays as it is.
import { somebody } from "./myself.js";
import { pause } from "./moves.js";
import { isCut, newId, put, times } from "./outbox.js";

const PATIENCE = 2500;
const dialog = document.getElementById("help");
const show = turn => { for (const part of dialog.querySelectorAll("[data-turn]")) part.hidden = part.dataset.turn !== turn; };

// Resolves to whether the call has arrived; it is kept in any case.
async function call(category) {
  const edition = Number(document.getElementById("player")?.dataset.edition) || null;
  const block = edition && (document.querySelector("[data-block]:not([hidden])")?.dataset.block ?? null);
  const { outcome } = await put({ kind: "called", id: newId(), at: times(), category, edition, block }, await somebody());
  return !isCut() && Promise.race([outcome.then(() => true), pause(PATIENCE)]);
}

dialog?.addEventListener("click", async event => {
  const key = event.target.closest("[data-category]");
  if (!key || dialog.dataset.sending) return;
  dialog.dataset.sending = "yes";
  const sent = await call(key.dataset.category);
  delete dialog.dataset.sending;
  show(sent ? "sent" : "kept");
  dialog.querySelector("[data-turn]:not([hidden]) button").focus();
});
dialog?.addEventListener("close", () => show("ask"));

// A call for help goes out beside what stands on the screen, which stays as it is.
import { newId } from "./delivery.js";

const dialog = document.getElementById("help");
const show = turn => { for (const part of dialog.querySelectorAll("[data-turn]")) part.hidden = part.dataset.turn !== turn; };
let id = newId();

async function send(category) {
  const edition = Number(document.getElementById("player")?.dataset.edition) || null;
  const block = edition && (document.querySelector("[data-block]:not([hidden])")?.dataset.block ?? null);
  try {
    const reply = await fetch(dialog.dataset.help, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ id, category, edition, block }),
      signal: AbortSignal.timeout(8000),
    });
    return reply.status === 204;
  } catch {
    return false;
  }
}

dialog?.addEventListener("click", async event => {
  const key = event.target.closest("[data-category]");
  if (!key || dialog.dataset.sending) return;
  dialog.dataset.sending = "yes";
  const sent = await send(key.dataset.category);
  delete dialog.dataset.sending;
  // The same call again bears the same id until it has arrived.
  if (sent) id = newId();
  show(sent ? "sent" : "unsent");
  dialog.querySelector("[data-turn]:not([hidden]) button").focus();
});
dialog?.addEventListener("close", () => show("ask"));

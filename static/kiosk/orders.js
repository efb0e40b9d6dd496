// What an administrator asks of this kiosk comes with the answer to its pulse: first it says that it has heard, then it
// obeys, once. What it could not say that it heard comes again with the next pulse.
import { go, move } from "./moves.js";

const { start, pulse, screen, idle } = document.body.dataset;

export async function obey(messages) {
  // A badge is laid on the glass when nobody is at work there; until then the message is left unheard.
  const now = messages.filter(({ kind }) => !(kind === "measure" && idle));
  const kinds = new Set(now.map(({ kind }) => kind));
  if (!kinds.size) return;
  const body = JSON.stringify({ ids: now.map(({ id }) => id) });
  const heard = await fetch(`${pulse}/heard`, { method: "POST", headers: { "Content-Type": "application/json" }, body }).catch(() => null);
  if (!heard?.ok) return;
  if (kinds.has("sign_out") || kinds.has("out_of_order") || kinds.has("back_in_service")) go(start, { conceal: true });
  else if (kinds.has("reload")) move(() => location.reload());
  else go(screen);
}

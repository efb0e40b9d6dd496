// Who is signed in, and where they are in an edition: a page that stays on the kiosk does not say.
import { pause, trouble } from "./moves.js";

const { start } = document.body.dataset;

// Nobody signed in any more: the start page, and no answer.
export async function identify(address, facts) {
  for (let tries = 0; ; tries++) {
    try {
      const reply = await fetch(`${address}?${new URLSearchParams(facts)}`, { cache: "no-store", redirect: "manual" });
      if (reply.ok) return await reply.json();
      if (reply.type === "opaqueredirect") {
        location.replace(start);
        return new Promise(() => {});
      }
    } catch {
      trouble();
    }
    await pause(Math.min(8000, 500 * 2 ** tries));
  }
}

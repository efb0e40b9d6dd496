// One thing at a time to the server, the same thing under the same id until the server says that it is on disk.
import { pause, trouble } from "./moves.js";

const LONGEST_WAIT = 8000;
const GIVE_UP_ON_ONE_TRY = 8000;

export class Refused extends Error {}

// `cut` is told when a try fails, `back` when one succeeds after that.
export function makeDelivery(base, { cut, back }) {
  let last = Promise.resolve();

  async function insist(path, body) {
    for (let tries = 0; ; tries++) {
      const reply = await attempt(path, body);
      if (reply) {
        if (tries) back();
        return reply;
      }
      cut();
      trouble();
      // Not all kiosks of a plant in the same moment.
      await pause(Math.min(LONGEST_WAIT, 500 * 2 ** tries) * (0.5 + Math.random()));
    }
  }

  async function attempt(path, body) {
    let reply;
    try {
      reply = await fetch(base + path, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body,
        signal: AbortSignal.timeout(GIVE_UP_ON_ONE_TRY),
      });
      if (reply.ok) return await reply.json();
    } catch {
      return null;
    }
    if (reply.status >= 500 || reply.status === 429) return null;
    throw new Refused(String(reply.status));
  }

  return (path, message) => {
    const body = JSON.stringify(message);
    const sent = last.then(() => insist(path, body));
    last = sent.catch(() => {});
    return sent;
  };
}

// UUIDv7 (RFC 9562): when, then chance. `crypto.randomUUID` is missing on plain http.
export function newId(now = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let place = 5, rest = now; place >= 0; place--, rest = Math.floor(rest / 256)) bytes[place] = rest % 256;
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = [...bytes].map(byte => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

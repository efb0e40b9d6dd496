// A file sent at once, before the form is saved: with its share done, and what the server says of it.

export class Refused extends Error {}  // The server said no, with a sentence for whoever reads it.

const POLL = 1000;
const pause = ms => new Promise(resolve => setTimeout(resolve, ms));

// Returns { name, url, kind, width, height, bytes }, of a film its `poster` and `poster_url` too; `place` says where to in `data-address`, `onShare(share, isWork)` hears
// how far it is, 0 to 1. Throws Refused, or another error when the way was cut.
export async function send(file, kind, place, onShare) {
  const reply = await post(file, kind, place, share => onShare(share, false));
  if (reply.status === 202) return follow(reply.body.job, onShare);
  if (reply.status === 201) return reply.body;
  const said = reply.body?.message ?? reply.body?.detail;
  // Without a reason it never came to whoever decides: signed out meanwhile, or a server in trouble.
  throw said && reply.status < 500 ? new Refused(said) : new TypeError(`answered ${reply.status}`);
}

function post(file, kind, place, onShare) {
  const request = new XMLHttpRequest(), body = new FormData();  // fetch does not say how much has been sent.
  body.append("file", file);
  body.append("kind", kind);
  return new Promise((resolve, reject) => {
    request.open("POST", place.dataset.address);
    request.setRequestHeader("X-CSRFToken", place.closest("form").elements.csrf_token.value);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.onprogress = event => event.lengthComputable && onShare(event.loaded / event.total);
    request.onload = () => resolve({ status: request.status, body: request.response });
    request.onerror = request.onabort = request.ontimeout = () => reject(new TypeError("cut"));
    request.send(body);
  });
}

async function follow(job, onShare) {
  for (;;) {
    await pause(POLL);
    const reply = await fetch(job).catch(() => null);
    if (!reply?.ok) continue;  // A moment without a server does not stop the work.
    const said = await reply.json();
    if (said.name) return said;
    if (said.state === "refused") throw new Refused(said.message);
    onShare(said.share ?? 0, true);
  }
}

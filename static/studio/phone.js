// Photos from a phone: a square code beside a picture, and what the phone sends put in its place.
import { rowsOf } from "./fields_rows.js";
import { fill, say } from "./fields_say.js";

const POLL = 2000;
const tools = document.querySelector("[data-phone-tools]");

export function startPhone(part) {
  const chooser = part.matches("[data-heap]") ? part : part.querySelector("[data-chooser]");
  if (!tools || !chooser) return;
  const widget = tools.content.cloneNode(true).firstElementChild;
  chooser.after(widget);
  const [show, panel, code, onlyHere, said, pictures, end] =
    ["show", "panel", "code", "only-here", "said", "pictures", "end"].map(name => widget.querySelector(`[data-${name}]`));
  let link = null, seen = 0;
  chooser.querySelector(".chooser-drop").before(show);

  async function ask(address) {
    const headers = { "X-CSRFToken": part.closest("form").elements.csrf_token.value, Accept: "application/json" };
    const reply = await fetch(address, { method: "POST", headers }).catch(() => null);
    return { isDone: Boolean(reply?.ok), body: await reply?.json().catch(() => null) };
  }

  async function open() {
    const { isDone, body } = await ask(chooser.dataset.address.replace(/media$/, "phone"));
    panel.hidden = false;
    show.setAttribute("aria-expanded", "true");
    if (!isDone) return say(said, body?.message ?? said.dataset.cut, true);
    Object.assign(code, { src: body.code, hidden: false });
    onlyHere.hidden = !body.only_here;
    pictures.replaceChildren();
    [link, seen] = [body, 0];
    say(said, said.dataset.waiting);
    follow(body);
  }

  // Another code, or the end of this one, ends the asking.
  async function follow(mine) {
    while (link === mine && panel.isConnected) {
      const reply = await fetch(mine.follow).catch(() => null), got = await reply?.json().catch(() => null);
      if (link !== mine) return;
      if (!reply?.ok) say(said, said.dataset.cut, true);
      else if (!take(got)) return;
      await new Promise(resolve => setTimeout(resolve, POLL));
    }
  }

  function take({ state, files }) {
    for (const file of files.slice(seen)) {
      seen++;
      offer(file);
      if (!put(file)) { say(said, said.dataset.full, true); continue; }
      say(said, seen === 1 ? said.dataset.cameOne : fill(said.dataset.came, { count: seen }));
    }
    if (state === "used" && !seen) say(said, said.dataset.used);
    if (state !== "over") return true;
    code.hidden = true;
    link = null;
    if (!seen) say(said, said.dataset.over);
    return false;
  }

  // In a heap each photo gets a row of its own; in a field the last that came stays.
  function put(file) {
    const field = part === chooser ? rowsOf(part.closest("[data-rows]")).free()?.querySelector("[data-media=picture]") : part;
    field?.dispatchEvent(new CustomEvent("etabli:media", { bubbles: true, detail: file }));
    return Boolean(field);
  }

  function offer(file) {
    const button = Object.assign(document.createElement("button"), { type: "button" });
    button.append(Object.assign(document.createElement("img"), { src: file.url, alt: fill(pictures.dataset.use, { number: seen }) }));
    button.addEventListener("click", () => put(file));
    pictures.appendChild(document.createElement("li")).append(button);
  }

  async function close() {
    const mine = link;
    link = null;
    panel.hidden = true;
    show.setAttribute("aria-expanded", "false");
    show.focus();
    if (mine) await ask(mine.end);
  }

  show.addEventListener("click", () => (panel.hidden ? open() : close()));
  end.addEventListener("click", close);
}

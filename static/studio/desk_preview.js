// The kiosk beside the form: the kiosk's own page, drawn at its size and made smaller. A new picture of it is fetched
// behind the old one and takes its place when it is there, so that nothing flickers.
const room = document.querySelector("[data-preview]");
const screen = room.querySelector("[data-screen]");
const SCREENS = [[1280, 720], [820, 512], [1080, 1920]];
let language = room.querySelector("[data-language]").dataset.language, part = "", size = SCREENS[0], coming = null;

function address(framed) {
  const asked = new URLSearchParams({ at: part, language, ...(framed ? { framed: 1 } : {}) });
  return `${room.dataset.preview}?${asked}`;
}

function fit() {
  const [width, height] = size;
  const edge = screen.offsetWidth - screen.clientWidth, most = room.clientWidth - edge;
  const wide = Math.min(most, Math.max(innerHeight - 180, 240) * width / height);
  Object.assign(screen.style, { width: `${wide + edge}px`, height: `${wide * height / width + edge}px` });
  for (const frame of screen.querySelectorAll("iframe")) {
    Object.assign(frame.style, { width: `${width}px`, height: `${height}px`, transform: `scale(${wide / width})` });
  }
}

export function show(key = part) {
  part = key;
  room.querySelector("[data-alone]").href = address(false);
  if (!screen.clientWidth) return;  // It is not to be seen; it is fetched when it is.
  coming?.remove();
  const shown = screen.querySelector("iframe:not(.is-coming)");
  const frame = coming = Object.assign(document.createElement("iframe"), { className: "is-coming", title: shown.title, src: address(true) });
  frame.addEventListener("load", () => {
    if (coming !== frame) return;
    frame.classList.remove("is-coming");
    shown.remove();
    coming = null;
  });
  screen.append(frame);
  fit();
}

room.addEventListener("click", event => {
  const button = event.target.closest("[data-language]");
  if (!button) return;
  language = button.dataset.language;
  for (const one of room.querySelectorAll("[data-language]")) one.ariaPressed = String(one === button);
  show();
});
room.querySelector("[data-size]").addEventListener("change", event => { size = SCREENS[event.target.selectedIndex]; fit(); });
new ResizeObserver(fit).observe(screen.parentElement);

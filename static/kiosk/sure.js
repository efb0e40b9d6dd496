// How sure one is of an answer, where the module asks: three keys, none of which must be pressed.
for (const keys of document.querySelectorAll("[data-sureness]")) {
  keys.addEventListener("click", event => {
    const pressed = event.target.closest("[data-sure]");
    for (const key of pressed ? keys.querySelectorAll("[data-sure]") : []) {
      key.ariaPressed = String(key === pressed && key.ariaPressed !== "true");
    }
  });
}

// What was said beside a question, 0 to 1, and no more to be changed; nothing where nothing was said.
export function sureness(block) {
  for (const key of block.querySelectorAll("[data-sure]")) key.disabled = true;
  const said = block.querySelector("[data-sure][aria-pressed=true]");
  return said ? { confidence: Number(said.dataset.sure) } : {};
}

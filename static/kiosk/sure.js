// How sure one is of an answer, where the module asks: once it was confirmed, above the keys that go on, where its feedback
// will stand. Three keys, none of which must be touched: confirming again goes on without.
const group = document.querySelector("[data-sureness]");

export const mayAskSureness = () => group?.hidden ?? false;

export function askSureness() {
  group.hidden = false;
  group.querySelector("p").focus({ preventScroll: true });
}

export function dropSureness() {
  if (group) group.hidden = true;
}

// Called with what was said, 0 to 1.
export function onSure(listener) {
  group?.addEventListener("click", event => {
    const key = event.target.closest("[data-sure]");
    if (key) listener(Number(key.dataset.sure));
  });
}

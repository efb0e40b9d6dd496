// How each kind of question is answered: `read` gives the response, or undefined while there is none.
const chosen = form => [...form.querySelectorAll("input:checked")].map(input => input.value);

const KINDS = {
  single: { read: form => chosen(form)[0] },
  multiple: { read: form => (chosen(form).length ? chosen(form) : undefined) },
  true_false: { read: form => (chosen(form).length ? chosen(form)[0] === "true" : undefined) },
  numeric: { read: readNumber },
  ordering: { read: form => [...form.querySelectorAll("[data-key]")].map(item => item.dataset.key), start: startOrdering },
  matching: { read: readPairs, start: startMatching },
  gaps: { read: readPairs, start: startMatching },
  hotspot: { read: form => (chosen(form).length ? chosen(form) : undefined) },
  picture_choice: { read: form => chosen(form)[0] },
};

// Make a question's form ready; `changed` is called whenever its response may have changed.
export function startQuestion(form, changed) {
  const kind = KINDS[form.dataset.kind];
  form.addEventListener("input", changed);
  kind.start?.(form, changed);
  return { read: () => kind.read(form), close: () => close(form), mark: parts => mark(form, parts) };
}

// Say at each part of an answer whether it was right: in a word, a sign and a colour.
function mark(form, parts) {
  for (const [key, right] of Object.entries(parts)) {
    const part = form.querySelector(`input[value="${key}"], [data-key="${key}"], [data-left="${key}"]`);
    const words = document.querySelector(`template[data-part=${right ? "right" : "again"}]`).content.cloneNode(true);
    (part.closest("label") ?? part).append(words);
  }
}

function close(form) {
  for (const part of form.querySelectorAll("input, button:not([data-large])")) part.disabled = true;
}

function readNumber(form) {
  const text = form.elements.number.value.trim().replace(",", ".").replace("−", "-");
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

function startOrdering(form, changed) {
  const list = form.querySelector(".ordering");
  const trim = () => [...list.children].forEach((item, place, all) => {
    item.querySelector("[data-move=up]").disabled = place === 0;
    item.querySelector("[data-move=down]").disabled = place === all.length - 1;
  });
  list.addEventListener("click", event => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    const item = button.closest("li");
    if (button.dataset.move === "up") item.previousElementSibling?.before(item);
    else item.nextElementSibling?.after(item);
    trim();
    (button.disabled ? item.querySelector("[data-move]:not(:disabled)") : button).focus();
    changed();
  });
  trim();
}

function startMatching(form, changed) {
  const lefts = [...form.querySelectorAll("[data-left]")];
  const activate = left => lefts.forEach(other => other.setAttribute("aria-pressed", String(other === left)));
  form.addEventListener("click", event => {
    const left = event.target.closest("[data-left]"), right = event.target.closest("[data-right-token]");
    if (left) activate(left);
    const active = lefts.find(one => one.getAttribute("aria-pressed") === "true");
    if (!right || !active) return;
    active.dataset.token = right.dataset.rightToken;
    active.querySelector("[data-chosen]").textContent = right.textContent.trim();
    activate(lefts.find(one => !one.dataset.token) ?? active);
    changed();
  });
  activate(lefts[0]);
}

function readPairs(form) {
  const lefts = [...form.querySelectorAll("[data-left]")];
  if (lefts.some(left => !left.dataset.token)) return undefined;
  return Object.fromEntries(lefts.map(left => [left.dataset.left, left.dataset.token]));
}

// How each kind of question is answered: `read` gives the response, or undefined while there is none; `give` shows one that
// was given before, as much of it as the question knows.
const chosen = form => [...form.querySelectorAll("input:checked")].map(input => input.value);

const KINDS = {
  single: { read: form => chosen(form)[0], give: choose },
  multiple: { read: form => (chosen(form).length ? chosen(form) : undefined), give: choose },
  true_false: { read: form => (chosen(form).length ? chosen(form)[0] === "true" : undefined), give: choose },
  numeric: { read: readNumber, give: giveNumber },
  ordering: { read: form => [...form.querySelectorAll("[data-key]")].map(item => item.dataset.key), start: startOrdering, give: giveOrder },
  matching: { read: readPairs, start: startMatching, give: givePairs },
  gaps: { read: readPairs, start: startMatching, give: givePairs },
  hotspot: { read: form => (chosen(form).length ? chosen(form) : undefined), give: choose },
  picture_choice: { read: form => chosen(form)[0], give: choose },
};

// Make a question's form ready; `changed` is called whenever its response may have changed.
export function startQuestion(form, changed) {
  const kind = KINDS[form.dataset.kind];
  form.addEventListener("input", changed);
  kind.start?.(form, changed);
  return { read: () => kind.read(form), give: response => kind.give(form, response), close: () => close(form), mark: parts => mark(form, parts) };
}

// Say at each part of an answer whether it was right: in a word, a sign and a colour.
function mark(form, parts) {
  for (const before of form.querySelectorAll(".part")) before.remove();
  for (const [key, right] of Object.entries(parts)) {
    const part = form.querySelector(`input[value="${key}"], [data-key="${key}"], [data-left="${key}"]`);
    const words = document.querySelector(`template[data-part=${right ? "right" : "again"}]`).content.cloneNode(true);
    (part.closest("label") ?? part).append(words);
  }
}

function close(form) {
  for (const part of form.querySelectorAll("input, button:not([data-large])")) part.disabled = true;
}

function choose(form, response) {
  const keys = [response].flat().map(String);
  for (const input of form.querySelectorAll("input[type=radio], input[type=checkbox]")) input.checked = keys.includes(input.value);
  form.dispatchEvent(new Event("input", { bubbles: true }));  // A place on a picture looks like its control.
}

function giveNumber(form, response) {
  const sign = form.querySelector("[data-key=','], [data-key='.']").dataset.key;
  form.elements.number.value = String(response).replace(".", sign);
}

function giveOrder(form, response) {
  const list = form.querySelector(".ordering"), items = [...list.children];
  list.append(...[response].flat().flatMap(key => items.filter(item => item.dataset.key === key)));
}

function givePairs(form, response) {
  const rights = [...form.querySelectorAll("[data-right-token]")];
  for (const left of form.querySelectorAll("[data-left]")) {
    const right = rights.find(one => one.dataset.rightToken === response?.[left.dataset.left]);
    if (right) join(left, right);
  }
}

function join(left, right) {
  left.dataset.token = right.dataset.rightToken;
  left.querySelector("[data-chosen]").textContent = right.textContent.trim();
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
    join(active, right);
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

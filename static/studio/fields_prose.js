// Keys that put the few marks a text may have around what is selected: bold, slanted, lists, a link.
const MARKS = {
  bold: text => wrap(text, "**"),
  slanted: text => wrap(text, "*"),
  list: text => eachLine(text, () => "- "),
  numbers: text => eachLine(text, at => `${at + 1}. `),
  link: text => `[${text || "…"}](https://)`,
};
const KEYS = { b: "bold", i: "slanted" };

function wrap(text, mark) {
  const isMarked = text.length > 2 * mark.length && text.startsWith(mark) && text.endsWith(mark);
  return isMarked ? text.slice(mark.length, -mark.length) : `${mark}${text}${mark}`;
}

const eachLine = (text, mark) => (text || "…").split("\n").map((line, at) => mark(at) + line.replace(/^(?:- |\d+\. )/, "")).join("\n");

export function startProse(field) {
  const bar = field.closest("fieldset").querySelector("[data-marks]").content.cloneNode(true).firstElementChild;
  field.before(bar);
  bar.setAttribute("aria-controls", field.id);
  bar.addEventListener("click", event => {
    const key = event.target.closest("[data-mark]");
    if (key) mark(field, key.dataset.mark);
  });
  field.addEventListener("keydown", event => {
    const name = (event.ctrlKey || event.metaKey) && !event.altKey && KEYS[event.key.toLowerCase()];
    if (!name) return;
    event.preventDefault();
    mark(field, name);
  });
}

function mark(field, name) {
  field.focus();
  const isList = ["list", "numbers"].includes(name), { value } = field;
  let { selectionStart: start, selectionEnd: end } = field;
  if (isList) {
    start = value.lastIndexOf("\n", start - 1) + 1;
    end = value.indexOf("\n", end) < 0 ? value.length : value.indexOf("\n", end);
  }
  const text = MARKS[name](value.slice(start, end));
  // A list stands apart from the paragraph before it.
  const apart = isList && start > 1 && !value.slice(0, start).endsWith("\n\n") && !/(?:^|\n)(?:- |\d+\. )[^\n]*\n$/.test(value.slice(0, start)) ? "\n" : "";
  field.setSelectionRange(start, end);
  // This way the browser's own undo knows of it; it tells the form by itself.
  document.execCommand("insertText", false, apart + text);
  if (name === "bold" || name === "slanted") {
    const inside = start + (name === "bold" ? 2 : 1);
    if (start === end) field.setSelectionRange(inside, inside);
  } else if (name === "link") field.setSelectionRange(field.selectionStart - 1, field.selectionStart - 1);
}

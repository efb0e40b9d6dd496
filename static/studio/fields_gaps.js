// Gaps in a sentence: the word that is selected becomes the next gap, and the sentence is shown as a kiosk shows it.
import { rowsOf } from "./fields_rows.js";
import { say, tell } from "./fields_say.js";

export function startGaps(list) {
  const form = list.closest("form"), rows = rowsOf(list);
  const sentences = [...form.querySelectorAll(`textarea[name^="text-"]`)], template = form.querySelector("[data-gap-keys]");
  const letterOf = row => row.querySelector(`[name$="-key"]`).value;
  const wordIn = (row, language) => row.querySelector(`[name$="-word-${language}"]`);

  const draws = [];
  for (const sentence of sentences) {
    const language = sentence.name.replace("text-", "");
    const keys = template.content.cloneNode(true).firstElementChild, shown = keys.querySelector("[data-shown]"), said = keys.querySelector("[data-said]");
    sentence.after(keys);
    keys.querySelector("[data-gap]").addEventListener("click", () => makeGap(sentence, language, said));
    const draw = () => show(sentence, language, shown);
    sentence.addEventListener("input", draw);
    list.addEventListener("input", draw);
    draws.push(draw);
    draw();
  }
  return () => draws.forEach(draw => draw());

  function makeGap(sentence, language, said) {
    const { selectionStart: start, selectionEnd: end, value } = sentence, word = value.slice(start, end).trim();
    if (!word) return say(said, said.dataset.select, true);
    const named = [...value.matchAll(/\[([a-z0-9-]+)\]/g)].map(found => found[1]);
    const isFree = row => !named.includes(letterOf(row)) && !wordIn(row, language).value;
    // A gap that another language has already comes first: it is the same one.
    const row = rows.shown().filter(isFree).find(rows.isUsed) ?? rows.shown().find(isFree) ?? rows.open();
    if (!row || !isFree(row)) return say(said, said.dataset.full, true);
    say(said, "");
    wordIn(row, language).value = word;
    const lead = value.slice(start, end).length - value.slice(start, end).trimStart().length;
    sentence.focus();
    sentence.setSelectionRange(start + lead, start + lead + word.length);
    document.execCommand("insertText", false, `[${letterOf(row)}]`);
    tell(wordIn(row, language));
  }

  function show(sentence, language, place) {
    const words = Object.fromEntries(rows.rows().map(row => [letterOf(row), wordIn(row, language).value]));
    place.replaceChildren(...sentence.value.split(/\[([a-z0-9-]+)\]/).map((piece, at) => (at % 2
      ? Object.assign(document.createElement("span"), { className: "gap-shown", textContent: words[piece] || "……" }) : piece)));
  }
}

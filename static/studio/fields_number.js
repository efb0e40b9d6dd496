// What a number and its tolerance come to, said as they are typed.
import { fill, number, say, written } from "./fields_say.js";

export function startNumber(said) {
  const form = said.closest("form"), [answer, tolerance] = ["answer", "tolerance"].map(name => form.elements[name]);

  function look() {
    const right = number(answer.value), away = tolerance.value.trim() ? number(tolerance.value) : 0;
    const isNone = field => field.value.trim() && Number.isNaN(number(field.value));
    if (isNone(answer) || isNone(tolerance) || away < 0) return say(said, said.dataset.none, true);
    say(said, Number.isNaN(right) ? "" : fill(away ? said.dataset.between : said.dataset.only, { least: exact(right - away), most: exact(right + away) }));
  }

  for (const field of [answer, tolerance]) field.addEventListener("input", look);
  look();
  return look;
}

// 0.1 + 0.2 is 0.3 to people.
const exact = value => written(Number(value.toPrecision(12)), 9);

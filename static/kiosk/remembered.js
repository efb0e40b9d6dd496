// The practice that the kiosk holds for whoever is here: what is due, drawn from pages of modules that it holds too.
import { remember } from "./myself.js";
import { times } from "./outbox.js";

const DAY = 86_400_000;
const OWN = ["id", "for", "aria-labelledby", "data-for", "data-erase", "data-said"];

// What is asked now, and can be shown. A day that has begun since has its own questions.
export async function dueOf({ practice }) {
  if (!practice) return [];
  const now = times().server ?? Date.now();
  if (now > practice.until) Object.assign(practice, { room: practice.most, until: practice.until + Math.ceil((now - practice.until) / DAY) * DAY });
  const found = [];
  for (const one of practice.questions.filter(({ due }) => due <= now)) {
    if (found.length < practice.room && await caches.match(one.page, { ignoreVary: true })) found.push(one);
  }
  return found;
}

// A question as the page of its module has it, with ids that no other question has.
export async function drawn({ page, edition, block, language, direction, module }, number) {
  const text = await (await caches.match(page, { ignoreVary: true })).text();
  const question = new DOMParser().parseFromString(text, "text/html").querySelector(`[data-block="${block}"]`);
  for (const name of OWN) {
    for (const part of question.querySelectorAll(`[${name}]`)) part.setAttribute(name, `${number}-${part.getAttribute(name)}`);
  }
  const place = Object.assign(document.createElement("div"), { lang: language, dir: direction, hidden: true });
  Object.assign(place.dataset, { asked: block, edition, language });
  place.append(Object.assign(document.createElement("p"), { className: "second", textContent: module }), question);
  return place;
}

// Resolves to the key of a question that was answered, if it is here. It comes no more before the server says so.
export async function spend(person, { asked, edition }) {
  const { practice } = person, one = practice?.questions.find(({ block, edition: of }) => block === asked && of === Number(edition));
  if (!one) return null;
  practice.questions = practice.questions.filter(other => other !== one);
  practice.room -= 1;
  await remember(person);
  return one.key;
}

export async function skip(person) {
  if (person.practice) person.practice.room = 0;
  await remember(person);
}

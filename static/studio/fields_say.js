// What the parts of a form have in common: telling the form that a field has changed, and people what has happened.

export function tell(field) {
  for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
}

// Words of the page, in the reader's language, with facts in their places: `{name}`.
export const fill = (words, facts = {}) => words.replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");

export function say(place, words, isFault = false) {
  place.textContent = words;
  place.classList.toggle("is-fault", isFault);
}

// A number as people write it, with a comma or a point; NaN for anything else.
export const number = text => (text.trim() ? Number(text.replace(/\s/g, "").replace(",", ".")) : NaN);

// And back, with the sign that this language has before its decimals.
export const written = (value, decimals = 1) => value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: decimals, useGrouping: false });

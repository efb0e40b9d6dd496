// What an answer in practice comes to, by the key that came with its question: the same that the server says when it arrives
// (`lms/practice/keys.py`, `lms/catalogue/grading.py`).
export function marked({ right, range, order, pairs, says, options, parts: shown }, response) {
  const chosen = [response].flat();
  let parts = {};
  if (pairs) parts = Object.fromEntries(Object.entries(response).map(([left, token]) => [left, pairs[left].includes(token)]));
  if (order) parts = Object.fromEntries(order.map((key, place) => [key, key === response[place]]));
  if (right) parts = Object.fromEntries(chosen.map(key => [key, right.includes(key)]));
  const whole = range ? range[0] <= response && response <= range[1] : Object.values(parts).every(Boolean) && (!right || chosen.length === right.length);
  const explained = Object.keys(options).filter(key => chosen.includes(key)).map(key => options[key]);
  return { right: whole, text: [...explained, whole ? says.right : says.again].join(" "), parts: shown && typeof response !== "boolean" ? parts : {} };
}

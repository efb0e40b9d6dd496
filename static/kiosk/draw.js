// Which questions an attempt asks: the twin of `lms/catalogue/drawing.py`, so that a kiosk draws without the server too.

// FNV-1a of the question's key and the seed, stirred as MurmurHash3 does at its end.
export function rank(key, seed) {
  let found = 2166136261;
  for (const byte of new TextEncoder().encode(`${key}/${seed}`)) found = Math.imul(found ^ byte, 16777619);
  found = Math.imul(found ^ (found >>> 16), 0x85ebca6b);
  found = Math.imul(found ^ (found >>> 13), 0xc2b2ae35);
  return (found ^ (found >>> 16)) >>> 0;
}

// What was answered in this attempt stays asked, whoever drew it.
export function drawn(blocks, pools, { seed, form, answered }) {
  const isBegun = block => block.dataset.block in answered;
  const order = new Map(blocks.map(block => [block, rank(block.dataset.block, seed) - (isBegun(block) ? 2 ** 32 : 0)]));
  const chosen = new Set(Object.entries(pools).flatMap(([pool, draw]) =>
    blocks.filter(block => block.dataset.pool === pool).sort((one, other) => order.get(one) - order.get(other)).slice(0, draw)));
  const wanted = blocks.find(block => block.dataset.form && isBegun(block))?.dataset.form ?? form ?? "AB"[rank("form", seed) % 2];
  return block => [undefined, wanted].includes(block.dataset.form) && (!block.dataset.pool || chosen.has(block));
}

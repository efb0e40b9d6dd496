// A grid typed without looking: a cell that is full gives way to the next, arrows and Enter go where they say.
const cells = [...document.querySelectorAll("[data-longest]")];
const width = cells.length ? document.querySelectorAll("thead th").length - 1 : 0;
const steps = { ArrowDown: width, ArrowUp: -width, Enter: 1 };

const go = (cell, by) => {
  const next = cells[cells.indexOf(cell) + by];
  next?.focus();
  next?.select();
};

document.addEventListener("input", event => {
  const cell = event.target.closest("[data-longest]");
  if (cell && (/^n$/i.test(cell.value) || cell.value.length >= Number(cell.dataset.longest))) go(cell, 1);
});
document.addEventListener("keydown", event => {
  const cell = event.target.closest("[data-longest]");
  if (!cell || !(event.key in steps)) return;
  event.preventDefault();
  go(cell, steps[event.key]);
});

// A card the size of a badge (ISO/IEC 7810 ID-1, 85.6 × 54 mm) is made larger or smaller until a badge laid on the
// glass covers it. What is kept are device pixels a millimetre: they stay when the browser's zoom changes.
const WIDTH = 85.6, HEIGHT = 54;
const form = document.getElementById("measure"), card = document.getElementById("card");
const known = Number(form.dataset.measured) / devicePixelRatio || 96 / 25.4;
let width = Math.round(known * WIDTH);

function draw() {
  const each = width / WIDTH;
  card.setAttribute("width", width);
  card.setAttribute("height", each * HEIGHT);
  form.elements.pixels_per_mm.value = (each * devicePixelRatio).toFixed(3);
}

document.addEventListener("click", event => {
  const step = Number(event.target.closest("[data-step]")?.dataset.step);
  if (!step) return;
  width = Math.max(160, Math.min(width + step, innerWidth));
  draw();
});
draw();

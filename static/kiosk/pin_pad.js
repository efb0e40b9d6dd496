// The keys of a PIN pad. What is typed stands in the hidden field of its form; the page shows only how many.
for (const pad of document.querySelectorAll(".pin-pad")) {
  const field = pad.querySelector("input");
  const dots = [...pad.querySelectorAll(".pin-dots i")];
  const words = pad.querySelector("[data-words]");

  const write = digits => {
    field.value = digits.slice(0, Number(pad.dataset.length));
    dots.forEach((dot, place) => dot.classList.toggle("typed", place < field.value.length));
    words.textContent = `${field.value.length} ${words.dataset.words}`;
  };

  pad.addEventListener("click", event => {
    const key = event.target.closest("button");
    if (key?.dataset.digit) write(field.value + key.dataset.digit);
    else if (key && "erase" in key.dataset) write(field.value.slice(0, -1));
  });
  addEventListener("pagehide", () => write(""));
}

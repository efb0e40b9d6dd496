// The keys of a PIN pad, and those of a keyboard. What is typed stands in the hidden field of its form; the page shows
// only how many. A form with `data-twice` asks for the number a second time before it is sent.
for (const pad of document.querySelectorAll(".pin-pad[data-length]")) {
  const field = pad.querySelector("input");
  const form = field.form;
  const length = Number(pad.dataset.length);
  const dots = [...pad.querySelectorAll(".pin-dots i")];
  const words = pad.querySelector("[data-words]");

  const write = digits => {
    field.value = digits.slice(0, length);
    dots.forEach((dot, place) => dot.classList.toggle("typed", place < field.value.length));
    words.textContent = `${field.value.length} ${words.dataset.words}`;
  };

  pad.addEventListener("click", event => {
    const key = event.target.closest("button");
    if (key?.dataset.digit) write(field.value + key.dataset.digit);
    else if (key && "erase" in key.dataset) write(field.value.slice(0, -1));
  });

  addEventListener("keydown", event => {
    const digit = event.code.match(/^(?:Digit|Numpad)(\d)$/)?.[1];
    if (digit) write(field.value + digit);
    else if (event.code === "Backspace") write(field.value.slice(0, -1));
    else if (event.code === "Enter" && event.target === document.body) form.requestSubmit();
  });

  form.addEventListener("submit", event => {
    if (field.value.length < length) {
      event.preventDefault();
      event.stopPropagation();
    } else if ("twice" in form.dataset && !form.elements.again.value) {
      event.preventDefault();
      event.stopPropagation();
      form.elements.again.value = field.value;
      write("");
      for (const turn of document.querySelectorAll("[data-turn]")) turn.hidden = turn.dataset.turn === "first";
    }
  });

  addEventListener("pagehide", () => write(""));
}

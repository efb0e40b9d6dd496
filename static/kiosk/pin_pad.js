// The keys of a PIN pad or of a picture code, and those of a keyboard. What is touched stands in the hidden field of its
// form; the page shows only how much. A form with `data-twice` asks for it a second time before it is sent.
for (const pad of document.querySelectorAll(".pin-pad[data-length]")) {
  const field = pad.querySelector("input");
  const form = field.form;
  const length = Number(pad.dataset.length);
  const between = pad.dataset.between ?? "";
  const dots = [...pad.querySelectorAll(".pin-dots i")];
  const words = pad.querySelector("[data-words]");
  let touched = [];

  const write = keys => {
    touched = keys.slice(0, length);
    field.value = touched.join(between);
    dots.forEach((dot, place) => dot.classList.toggle("typed", place < touched.length));
    words.textContent = `${touched.length} ${words.dataset.words}`;
  };

  pad.addEventListener("click", event => {
    const key = event.target.closest("button");
    if (key?.dataset.touched) write([...touched, key.dataset.touched]);
    else if (key && "erase" in key.dataset) write(touched.slice(0, -1));
  });

  addEventListener("keydown", event => {
    const digit = event.code.match(/^(?:Digit|Numpad)(\d)$/)?.[1];
    if (digit && !between) write([...touched, digit]);
    else if (event.code === "Backspace") write(touched.slice(0, -1));
    else if (event.code === "Enter" && event.target === document.body) form.requestSubmit();
  });

  form.addEventListener("submit", event => {
    if (touched.length < length) {
      event.preventDefault();
      event.stopPropagation();
    } else if ("twice" in form.dataset && !form.elements.again.value) {
      event.preventDefault();
      event.stopPropagation();
      form.elements.again.value = field.value;
      write([]);
      for (const turn of document.querySelectorAll("[data-turn]")) turn.hidden = turn.dataset.turn === "first";
    }
  });

  addEventListener("pagehide", () => write([]));
}

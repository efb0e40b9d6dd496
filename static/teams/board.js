// The key that prints is there where it can print.
const key = document.querySelector("[data-print]");
key.hidden = false;
key.addEventListener("click", () => print());

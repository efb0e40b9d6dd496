// Keys on the screen for a field that may be seen: a personal code, a one-time code, a number.
for (const keys of document.querySelectorAll(".keys")) {
  const field = keys.querySelector(".keys-field");

  const write = text => {
    if (field.maxLength > 0) text = text.slice(0, field.maxLength);
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  document.addEventListener("click", event => {
    const key = event.target.closest("button");
    if (key && keys.contains(key) && key.dataset.key) write(field.value + key.dataset.key);
    else if (key?.dataset.erase === keys.id) write(field.value.slice(0, -1));
  });
}

// Native dialogs: a button opens the one named in its `data-opens` and closes that of its `data-closes`.
document.addEventListener("click", event => {
  const button = event.target.closest("[data-opens], [data-closes]");
  if (button?.dataset.opens) document.getElementById(button.dataset.opens).showModal();
  if (button?.dataset.closes) document.getElementById(button.dataset.closes).close();
});

// Native dialogs are opened by any button that names one in `data-opens`.
document.addEventListener("click", event => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens).showModal();
});

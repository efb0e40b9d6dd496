// What opens and closes on the pages of the desk, told from the page by attributes.
document.addEventListener("click", event => {
  const button = event.target.closest("[data-opens], [data-closes], [data-unfolds]");
  if (button?.dataset.opens) document.getElementById(button.dataset.opens).showModal();
  if (button?.dataset.closes) document.getElementById(button.dataset.closes).close();
  if (button && "unfolds" in button.dataset) button.ariaExpanded = String(button.ariaExpanded !== "true");
  closeMenus(menu => !menu.contains(event.target));
});

document.addEventListener("keydown", event => {
  if (event.key === "Escape") closeMenus(menu => { menu.querySelector("summary").focus(); return true; });
});

function closeMenus(condition) {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (condition(menu)) menu.open = false;
}

// What a cell's level rests on is said when it is pointed at, and a touch leads to all of it; whoever has no pointer
// finds the same behind the person's name. The words stand once in the page: cells name them by their place.
const table = document.querySelector(".matrix");
const evidence = JSON.parse(table?.dataset.evidence ?? "[]");
const tasks = [...table?.querySelectorAll("[data-task]") ?? []].map(head => head.dataset.task);
const pointedAt = event => event.target.closest("tbody td:not(.matrix-sum)");

table?.addEventListener("pointerover", event => {
  const cell = pointedAt(event);
  if (cell?.dataset.e && !cell.title) cell.title = evidence[cell.dataset.e];
});

table?.addEventListener("click", event => {
  const cell = pointedAt(event);
  if (!cell) return;
  const { person } = cell.parentElement.dataset;
  location.assign(`${table.dataset.skill.replace(/0$/, person)}/${tasks[cell.cellIndex - 1]}`);
});

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

// Thirty thousand cells would take a second to read: those of later rows are short words, made cells before they come
// into sight, and all of them once there is time, so that search, print and screen readers meet the whole table.
const told = [...table?.querySelectorAll("[data-cells]") ?? []];
const drawn = word => word ? `<td class=${word[0]} data-e=${word.slice(1)}>${word[0]}` : "<td>–";
const draw = row => {
  if (row.dataset.cells === undefined) return;
  near.unobserve(row);
  row.cells[0].insertAdjacentHTML("afterend", row.dataset.cells.split(",").map(drawn).join(""));
  delete row.dataset.cells;
};
const near = new IntersectionObserver(seen => {
  for (const { isIntersecting, target } of seen) if (isIntersecting) draw(target);
}, { root: table?.parentElement, rootMargin: "400px 0px" });
const whenIdle = globalThis.requestIdleCallback ?? (work => setTimeout(work, 50, { timeRemaining: () => 0 }));
const drawRest = left => {
  do {
    const row = told.shift();
    if (row) draw(row);
    // Laid out now, and not in the frame that brings it into sight.
    void row?.lastElementChild.offsetTop;
  } while (told.length && left.timeRemaining() > 5);
  if (told.length) whenIdle(drawRest);
};
told.forEach(row => near.observe(row));
addEventListener("beforeprint", () => told.forEach(draw));

// A scroll stays smooth: rows out of sight are clipped to a line at one side, watched however far across the frame stands,
// and the names stick as one column in place of one by one. It is for the eye alone, and only where the names of the rows
// are out of sight. (Of thousands of people, the browser's own way of skipping rows opens sooner.)
const SMOOTH_UP_TO = 1000;
const frame = table?.parentElement;
const away = new IntersectionObserver(seen => {
  for (const { isIntersecting, target } of seen) target.classList.toggle("matrix-away", !isIntersecting);
}, { root: frame, rootMargin: "300px 100000px" });
const held = document.createElement("div");
held.className = "matrix-names";
held.ariaHidden = "true";
held.hidden = true;
const hold = () => {
  if (!held.firstChild) {
    const names = [...table.querySelectorAll("tbody th")];
    held.innerHTML = names.map(({ innerHTML }) => `<div>${innerHTML}</div>`).join("");
    for (const link of held.querySelectorAll("a")) link.tabIndex = -1;
    frame.prepend(held);
  }
  held.hidden = frame.scrollLeft === 0;
};
const smoothen = () => {
  table.classList.add("matrix-smooth");
  for (const body of table.tBodies) away.observe(body);
  new ResizeObserver(([{ target }]) => {
    held.style.setProperty("margin-block-start", `${target.getBoundingClientRect().height}px`);
  }).observe(table.tHead);
  frame.addEventListener("scroll", () => { if (held.hidden === (frame.scrollLeft !== 0)) hold(); }, { passive: true });
  whenIdle(hold);
};
if (table) addEventListener("load", () => {
  // Once the page stands: until then the browser's way costs less. A scroll begun at once would leave no idle time.
  if (table.querySelectorAll("tbody tr").length <= SMOOTH_UP_TO) setTimeout(smoothen, 200);
  if (told.length) whenIdle(drawRest);
});

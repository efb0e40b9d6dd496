// The order of blocks: dragged by its grip with mouse, pen or finger, or moved by Alt and an arrow key. The keys of the
// form's head do the same, without dragging.
export function startOrder(place, moved) {
  place.addEventListener("pointerdown", event => {
    const row = event.target.closest("[data-handle]") && event.target.closest("li");
    if (row && event.button === 0) drag(row, event);
  });
  place.addEventListener("keydown", event => {
    const row = event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key) && event.target.closest("li[data-key]");
    if (!row) return;
    event.preventDefault();
    const up = event.key === "ArrowUp", beside = up ? row.previousElementSibling : row.nextElementSibling;
    if (!beside) return;
    if (up) beside.before(row); else beside.after(row);
    row.querySelector("a").focus();
    drop(row);
  });

  function drag(row, { pointerId }) {
    const list = row.parentElement, before = row.previousElementSibling;
    list.setPointerCapture(pointerId);  // The row itself would lose it as soon as it is put elsewhere.
    row.classList.add("is-moving");
    const follow = event => {
      const under = [...list.children].find(one => one !== row && event.clientY < one.getBoundingClientRect().top + one.offsetHeight / 2);
      if (under !== row.nextElementSibling) list.insertBefore(row, under ?? null);
      const window = list.getBoundingClientRect();
      if (event.clientY < window.top + 40) list.scrollTop -= 12;
      else if (event.clientY > window.bottom - 40) list.scrollTop += 12;
    };
    list.addEventListener("pointermove", follow);
    list.addEventListener("lostpointercapture", () => {
      list.removeEventListener("pointermove", follow);
      row.classList.remove("is-moving");
      if (row.previousElementSibling !== before) drop(row);
    }, { once: true });
  }

  function drop(row) {
    moved(row.dataset.move, row.dataset.key, row.previousElementSibling?.dataset.key ?? "");
  }
}

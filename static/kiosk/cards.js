// What cards do by themselves: pictures seen large, cards turned over, places on a picture, before and after.
const large = document.getElementById("large");
const frame = large.querySelector(".large-frame");

const ACTS = {
  large: key => {
    frame.replaceChildren(...[...key.closest("figure").querySelectorAll("img")].map(image => image.cloneNode()));
    zoom("out");
    large.showModal();
    frame.focus();
  },
  zoom: key => zoom(key.dataset.zoom),
  shut: () => large.close(),
  over: key => {
    for (const face of key.closest("[data-flip]").querySelectorAll("[data-face]")) face.hidden = !face.hidden;
  },
  for: spot => document.getElementById(spot.dataset.for).click(),
  spot: key => {
    const card = key.closest("[data-spots]");
    key.dataset.seen = "";
    for (const other of card.querySelectorAll("[data-spot]")) other.setAttribute("aria-pressed", String(other === key));
    for (const words of card.querySelectorAll("[data-said]")) words.hidden = words.dataset.said !== key.id;
    markSpots(card);
  },
  cut: key => cut(key.closest("[data-compare]"), Number(key.dataset.cut)),
};

function zoom(way) {
  frame.classList.toggle("zoomed", way === "in");
  for (const key of large.querySelectorAll("[data-zoom]")) key.hidden = key.dataset.zoom === way;
}

// A place on the picture looks like the control that it stands for.
function markSpots(card) {
  for (const spot of card.querySelectorAll("[data-for]")) {
    const control = document.getElementById(spot.dataset.for);
    spot.classList.toggle("spot-seen", "seen" in control.dataset);
    spot.classList.toggle("spot-chosen", control.checked ?? control.getAttribute("aria-pressed") === "true");
  }
}

function cut(card, share) {
  card.querySelector("input").value = share;
  card.querySelector(".compare-frame").style.setProperty("--shown", `${share}%`);
  for (const key of card.querySelectorAll("[data-cut]")) key.setAttribute("aria-pressed", String(Number(key.dataset.cut) === share));
}

document.addEventListener("click", event => {
  for (const [name, act] of Object.entries(ACTS)) {
    const key = event.target.closest(`[data-${name}]`);
    if (key) return act(key);
  }
});
document.addEventListener("input", event => {
  const compared = event.target.closest("[data-compare]"), spotted = event.target.closest("[data-spots]");
  if (compared) cut(compared, Number(event.target.value));
  if (spotted) markSpots(spotted);
});

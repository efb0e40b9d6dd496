// Before and after, as a kiosk shows them: one over the other, uncovered by a slider.
export function startCompared(form) {
  const place = form.querySelector("[data-compared]");
  const frame = place.querySelector("[data-frame]"), images = [...frame.querySelectorAll("img")], slider = place.querySelector("input");
  const sources = ["before", "after"].map(name => form.querySelector(`[name="${name}-kept"]`).closest("[data-media]").querySelector("[data-seen] img"));

  function look() {
    place.hidden = !sources.every(source => source.hasAttribute("src"));
    if (place.hidden) return;
    images.forEach((image, at) => { if (image.src !== sources[at].src) image.src = sources[at].src; });
    differ();
  }

  // A picture of another format would slip under the slider.
  function differ() {
    const [one, other] = images.map(image => image.naturalWidth / image.naturalHeight);
    place.querySelector("[data-differ]").hidden = !(Math.abs(one / other - 1) > .02);
  }

  slider.addEventListener("input", event => {
    event.stopPropagation();  // It is no answer of the form.
    frame.style.setProperty("--shown", `${slider.value}%`);
  });
  for (const image of images) image.addEventListener("load", differ);
  form.addEventListener("etabli:shown", look);
  look();
  return look;
}

// A hint at the foot of the stage while something lies below it: not everyone looks for what cannot be seen.
export function hintAtMore(stage) {
  const hint = document.getElementById("more").content.firstElementChild.cloneNode(true);
  stage.append(hint);
  const look = () => {
    const atEnd = stage.scrollHeight - stage.scrollTop - stage.clientHeight < 24;
    if (hint.hidden !== atEnd) hint.hidden = atEnd;  // Setting it anew would be a change to look at again, for ever.
  };
  stage.addEventListener("scroll", look, { passive: true });
  new ResizeObserver(look).observe(stage);
  new MutationObserver(look).observe(stage, { subtree: true, attributes: true, attributeFilter: ["hidden"] });
  stage.addEventListener("load", look, true);
  look();
}

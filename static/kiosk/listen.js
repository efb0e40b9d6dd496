// Reads aloud what stands on the screen: when somebody asks for it, never by itself, and no further than this screen.
const sounds = [...document.querySelectorAll("[data-listen] audio")];

export function hush() {
  for (const sound of sounds) sound.pause();
}

for (const sound of sounds) {
  const key = sound.parentElement.querySelector("button");
  const show = () => {
    for (const words of key.querySelectorAll("[data-heard]")) words.hidden = (words.dataset.heard === "no") !== sound.paused;
  };
  key.addEventListener("click", () => {
    if (!sound.paused) return sound.pause();
    hush();
    sound.currentTime = 0;
    // A file that does not come, or is cut off by the next key: the key says "listen" again.
    sound.play().catch(show);
  });
  for (const name of ["play", "pause", "ended"]) sound.addEventListener(name, show);
}
addEventListener("pagehide", hush);
document.addEventListener("visibilitychange", hush);

// A film with three big keys; captions stand from the start, for it is loud here.
export function startFilm(block) {
  const film = block.querySelector("video");
  const key = name => block.querySelector(`[data-film=${name}]`);
  const showKeys = () => {
    key("play").hidden = !film.paused;
    key("pause").hidden = film.paused;
  };
  for (const name of ["play", "pause", "ended"]) film.addEventListener(name, showKeys);
  film.textTracks[0].mode = "showing";

  block.addEventListener("click", event => {
    const button = event.target.closest("[data-film]");
    if (!button) return;
    const act = button.dataset.film;
    if (act === "play") film.play();
    if (act === "pause") film.pause();
    if (act === "restart") { film.currentTime = 0; film.play(); }
    if (act === "captions") {
      const track = film.textTracks[0];
      track.mode = track.mode === "showing" ? "hidden" : "showing";
      button.setAttribute("aria-pressed", String(track.mode === "showing"));
    }
    if (act === "play" || act === "pause") key(film.paused ? "play" : "pause").focus();
  });
  return { stop: () => film.pause() };
}

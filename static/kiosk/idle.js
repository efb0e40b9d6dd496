// Nobody touches the kiosk: warn, count down, end. `idle` gives the seconds of silence before the warning.
// The warning is closed by a click and not by the touch's first moment, which would fall on the answer behind it.
export function watchIdle({ idle, grace = 20, onWarn, onTick, onStay, onEnd, now = Date.now }) {
  let last = now(), warned = false;
  const active = () => { if (!warned) last = now(); };
  const stay = event => {
    if (!warned) return;
    event.preventDefault();
    event.stopPropagation();
    warned = false;
    last = now();
    onStay();
  };
  for (const name of ["pointerdown", "keydown", "wheel"]) addEventListener(name, active, { passive: true, capture: true });
  addEventListener("click", stay, true);
  addEventListener("keydown", stay, true);
  document.addEventListener("timeupdate", active, true);  // A playing video is activity.
  const watching = setInterval(() => {
    const silent = (now() - last) / 1000;
    if (silent >= idle() + grace) { clearInterval(watching); onEnd(); return; }
    if (silent < idle()) return;
    if (!warned) { warned = true; onWarn(); }
    onTick(Math.ceil(idle() + grace - silent));
  }, 250);
  return { lastTouched: () => last };
}

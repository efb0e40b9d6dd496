// A screen that was measured is drawn at its true size: what is 4.75rem (76 px of 1/96 inch) is 20 mm to a finger.
// Never smaller than designed, and never so large that less than 820 × 512 px of the design would be left.
// Before anything is drawn, so that nothing jumps.
{
  const root = document.documentElement;
  const wanted = root.dataset.pixelsPerMm / devicePixelRatio / (96 / 25.4);
  const most = Math.min(innerWidth / 820, innerHeight / 512);
  root.style.setProperty("--scale", Math.max(1, Math.min(wanted, most)));
}

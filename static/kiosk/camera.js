// A printed badge before the camera of the kiosk, where the browser itself finds square codes (`BarcodeDetector`: Chromium
// on Android, ChromeOS and macOS, over https). Elsewhere the key stays hidden; a reader of square codes works everywhere.
const LOOK_EVERY = 200, LOOK_FOR = 30_000;
const key = document.getElementById("camera-key");
const dialog = document.getElementById("camera");
const picture = dialog.querySelector("video");
let stream = null;

const finds = "BarcodeDetector" in window && navigator.mediaDevices
  ? await BarcodeDetector.getSupportedFormats().catch(() => []) : [];
key.hidden = !finds.includes("qr_code");

key.addEventListener("click", async () => {
  dialog.showModal();
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "user" } });
  } catch {
    dialog.close();
    key.hidden = true;
    return;
  }
  if (!dialog.open) { stop(); return; }
  picture.srcObject = stream;
  await picture.play();
  setTimeout(() => dialog.close(), LOOK_FOR);
  look(new BarcodeDetector({ formats: ["qr_code"] }));
});

dialog.addEventListener("close", stop);
addEventListener("pagehide", stop);

async function look(detector) {
  if (!stream) return;
  const [found] = await detector.detect(picture).catch(() => []);
  if (found && stream) {
    stop();
    document.dispatchEvent(new CustomEvent("badge", { detail: found.rawValue }));
    return;
  }
  setTimeout(look, LOOK_EVERY, detector);
}

function stop() {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
}

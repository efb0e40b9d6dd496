// From page to page: never onto a browser's error page, never before what was answered is kept, and without a trace
// in the history.
const RETRY = 2000;
const cutOff = document.getElementById("cut-off");
let keeping = null;

export const pause = ms => new Promise(resolve => setTimeout(resolve, ms));

// Hold every move back until this is settled: something is not on the server yet.
export function keepFirst(promise) {
  keeping = promise;
  const free = () => { if (keeping === promise) keeping = null; };
  promise.then(free, free);
}

export const isKeeping = () => keeping !== null;

// Leave the page by `act`, once the server answers; what is on the screen goes first if it is somebody's.
export async function move(act, { conceal = false } = {}) {
  if (keeping) {
    conceal = true;
    hideWork();
    await keeping.catch(() => {});
  }
  while (!(await answers())) {
    if (conceal) hideWork();
    if (!cutOff.open) cutOff.showModal();
    await pause(RETRY);
  }
  act();
}

export const go = (address, options) => move(() => location.replace(address), options);

// Empty the screen, so that whoever comes next sees nothing of whom the kiosk still works for.
function hideWork() {
  for (const part of document.querySelectorAll("header, main, footer")) part.replaceChildren();
  document.title = "Établi";
  for (const dialog of document.querySelectorAll("dialog[open]")) if (dialog !== cutOff) dialog.close();
  if (!cutOff.open) cutOff.showModal();
}

async function answers() {
  try {
    return (await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(5000) })).ok;
  } catch {
    return false;
  }
}

cutOff?.addEventListener("cancel", event => event.preventDefault());

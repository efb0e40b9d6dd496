// A badge reader types like a keyboard, but faster than anyone: keys less than `gap` ms apart, ended by Enter.
// `event.code` is where the key lies, whatever the layout says: on a French keyboard `event.key` would give &é"'(-.
const character = code => code.match(/^(?:Digit|Numpad)(\d)$|^Key([A-Z])$/)?.slice(1).join("") ?? "";

export function onBadge(report, { gap = 50, shortest = 6 } = {}) {
  let read = "", last = 0;
  addEventListener("keydown", event => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    // When the key was struck, and not when a busy page came to hear of it.
    if (event.timeStamp - last > gap) read = "";
    last = event.timeStamp;
    if (!["Enter", "NumpadEnter", "Tab"].includes(event.code)) { read += character(event.code); return; }
    if (read.length >= shortest) {
      event.preventDefault();
      event.stopPropagation();
      report(read);
    }
    read = "";
  }, true);
}

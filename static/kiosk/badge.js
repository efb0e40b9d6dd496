// A badge reader types like a keyboard, but faster than anyone: keys less than `gap` ms apart, ended by Enter or Tab.
// `event.code` is where the key lies, whatever the layout says: on a French keyboard `event.key` would give &é"'(-.
// As many keys in a burst that make no badge number (`few` or more) are garbage from the reader, not somebody typing.
const character = code => code.match(/^(?:Digit|Numpad)(\d)$|^Key([A-Z])$/)?.slice(1).join("") ?? "";

export function onBadge(report, { garbage = () => {}, gap = 50, few = 4, shortest = 6, longest = 60 } = {}) {
  let read = "", struck = 0, last = 0;
  addEventListener("keydown", event => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    // When the key was struck, and not when a busy page came to hear of it.
    if (event.timeStamp - last > gap) { read = ""; struck = 0; }
    last = event.timeStamp;
    if (!["Enter", "NumpadEnter", "Tab"].includes(event.code)) {
      if (!event.code.startsWith("Shift")) struck++;
      read += character(event.code);
      return;
    }
    const [number, keys] = [read, struck];
    read = "";
    struck = 0;
    if (keys < few) return;
    event.preventDefault();
    event.stopPropagation();
    if (number.length >= shortest && number.length <= longest) report(number);
    else garbage();
  }, true);
}

// Personal codes typed while the server is away. Whose they are the kiosk cannot say; whether they can be anybody's it can, by
// their last digit (`lms/people/proofs.py`). And it lets twenty be typed, then one in half a minute, as the server does
// (`lms/people/throttle.py`): a shift that types its codes hardly waits. A badge never does.
const DAMM = ["0317598642", "7092154863", "4206871359", "1750983426", "6123045978", "3674209581", "5869720134", "8945362017", "9438617205", "2581436790"];
const MOST = 20, DRAIN = 30_000, TYPED = "codes";

export const isCode = text => /^\d{4,12}$/.test(text) && Number([...text].reduce((state, digit) => DAMM[state][digit], 0)) === 0;

// The seconds to wait before a code may be typed, 0 for one that now counts. It outlives the page and its browser.
export function secondsToWait(now = Date.now()) {
  const [level, at] = JSON.parse(localStorage.getItem(TYPED) ?? "[0, 0]");
  const left = at > now ? level : Math.max(0, level - (now - at) / DRAIN);  // A clock that was set back lets nobody in.
  if (left > MOST - 1) return Math.ceil((left - MOST + 1) * DRAIN / 1000);
  localStorage.setItem(TYPED, JSON.stringify([left + 1, now]));
  return 0;
}

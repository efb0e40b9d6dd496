"""What a kiosk costs its small machine: weight, first paint, blocking, touches, at CPU x1 and x6.

The demonstration, served as `make run` serves it, in Chromium at 1280 x 720 as a kiosk.
CPU x6 stands in for a small board (interface reference, section 7: an estimate). Cold: a
browser that holds nothing but the kiosk's cookie. Warm: the page once more.

- LCP: the largest paint (web.dev); TBT: what long tasks take beyond 50 ms each.
- Badge to name: from the Enter that ends the badge to the first paint of the page that
  greets the person. Tap to feedback: from the touch on *Confirm* to the frame that shows
  whether the answer was right; it holds a durable write on the server.
- Longest touch: the longest of all event timings at that page, touch to next paint, as INP
  counts it when there are less than fifty. Of all modules, it is said what was touched.

    python -m bench.kiosk
"""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Locator, Page, sync_playwright
from sqlalchemy import select

from bench.pictures import demonstration
from lms.delivery import actions as kiosks
from lms.demonstration import story, visitors
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.people import badges
from lms.people.models import Person

ROOT = Path(__file__).resolve().parent.parent
SIZE = {"width": 1280, "height": 720}
SPEEDS = (1, 6)
BADGES = 20
BADGE = "0004711234"
KEY = "pictures"
MOST_JS, MOST_CSS, MOST_COLD, MOST_WARM = 25, 15, 150, 15
MOST_REQUESTS, MOST_LCP_COLD, MOST_LCP_WARM, MOST_TOUCH, MOST_TBT = 15, 1_500, 800, 100, 200
SHOWN_FOR = 1_500
"""Milliseconds after its load in which a page is watched for further paints."""

WATCH = """
(() => {
  const seen = window.seen = { paint: 0, lcp: 0, tbt: 0, touch: 0, touched: "", taps: [] };
  const on = (type, what, more = {}) =>
    new PerformanceObserver(list => list.getEntries().forEach(what)).observe({ type, buffered: true, ...more });
  on("paint", entry => { seen.paint = performance.timeOrigin + entry.startTime; });
  on("largest-contentful-paint", entry => { seen.lcp = entry.startTime; });
  on("longtask", entry => { seen.tbt += Math.max(0, entry.duration - 50); });
  const touched = entry => {
    if (!entry.interactionId || entry.duration <= seen.touch) return;
    const key = entry.target?.closest("[data-act], [data-sure], [data-left], [data-key], label, button");
    const shown = [...document.querySelectorAll("[data-block]")].find(block => block.checkVisibility());
    seen.touch = entry.duration;
    seen.touched = `${key?.dataset.act ?? key?.className ?? "?"}, then ${shown?.dataset.block ?? "the end"} is shown`;
  };
  on("event", touched, { durationThreshold: 16 });
  // The name of a window outlives its page.
  addEventListener("keydown", event => {
    if (event.code === "Enter") window.name = performance.timeOrigin + event.timeStamp;
  }, true);
  addEventListener("click", event => {
    if (!event.target.closest("[data-act=confirm], [data-sure]")) return;
    const began = event.timeStamp, place = document.querySelector(".feedback");
    window.look?.disconnect();
    const look = window.look = new MutationObserver(() => {
      if (!place.classList.contains("feedback-right") && !place.classList.contains("feedback-again")) return;
      look.disconnect();
      requestAnimationFrame(() => setTimeout(() => seen.taps.push(performance.now() - began)));
    });
    look.observe(place, { attributes: true, childList: true });
  }, true);
})();
"""

STRIKE = "codes => codes.forEach(code => dispatchEvent(new KeyboardEvent('keydown', { code, bubbles: true })))"


@dataclass
class Weight:
    """What came over the network, in kilobytes as compressed."""

    requests: int = 0
    total: float = 0
    by_kind: dict[str, float] = field(default_factory=dict)


def main() -> int:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("No Chromium found (Debian: apt-get install chromium).", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        token = _prepare(folder)
        with _served(folder) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            fine = [_measure(browser, address, token, speed) for speed in SPEEDS]
            browser.close()
    return int(not all(fine))


def _prepare(folder: Path) -> str:
    """Make the demonstration, give the visiting operator a badge; return the secret of a kiosk."""
    app = demonstration(folder)
    with app.app_context(), writing():
        typed = kiosks.offer_enrolment(story.visited_kiosk(), now=now())
        db.session.commit()
        token = kiosks.enrol(typed, now=now()).token
        code = story.visiting_operator()
        operator = db.session.scalars(select(Person.id).where(Person.personal_code == code)).one()
        badges.issue(operator, BADGE, by=None, now=now())
        db.session.commit()
    return token


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    settings = {"LMS_INSTANCE_DIR": str(folder), "LMS_DATABASE_URL": "", "LMS_SECRET_KEY": KEY}
    command = [sys.executable, "wsgi.py", "serve", "--port", port]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings}, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    while True:
        try:
            urllib.request.urlopen(f"{address}/kiosk/enrol", timeout=5).read()
            break
        except OSError:
            if server.poll() is not None:
                raise SystemExit("the server did not start") from None
            time.sleep(0.02)
    try:
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _measure(browser: Browser, address: str, token: str, speed: int) -> bool:
    print(
        f"\nCPU x{speed}           requests  cold KB   JS  CSS  fonts  LCP cold  TBT   warm KB  LCP warm  longest touch"
    )
    context = _kiosk(browser, address, token)
    page = context.new_page()
    protocol = context.new_cdp_session(page)
    protocol.send("Emulation.setCPUThrottlingRate", {"rate": speed})
    fine = _weigh(page, protocol, "start", lambda: page.goto("/kiosk/"))
    greeted = [_badge(page) for _ in range(BADGES)]
    fine &= _weigh(page, protocol, "PIN", lambda: _read_badge(page))
    fine &= _weigh(page, protocol, "home", lambda: _type_pin(page), again=False)
    fine &= _weigh(page, protocol, "module", lambda: _open_module(page))
    taps, touches = _take_modules(page)
    print(f"badge to name        {_spread(greeted)}")
    print(f"tap to feedback      {_spread(taps)}")
    longest, what = max(touches)
    print(f"longest touch        {_spread([touch for touch, _ in touches])} modules; {longest:.0f} ms: {what}")
    context.close()
    return fine and longest <= MOST_TOUCH


def _kiosk(browser: Browser, address: str, token: str) -> BrowserContext:
    context = browser.new_context(viewport=SIZE, locale="fr-FR", base_url=address, has_touch=True)
    context.add_cookies([{"name": "terminal", "value": token, "url": address, "httpOnly": True, "sameSite": "Strict"}])
    context.add_init_script(WATCH)
    return context


def _weigh(page: Page, protocol: CDPSession, name: str, arrive: Callable[[], object], *, again: bool = True) -> bool:
    """Come to a page with an empty cache, then once more; print what that took; return whether it is within limits."""
    protocol.send("Network.clearBrowserCache")
    cold, paint, blocked = _arrive(page, protocol, arrive)
    warm, warm_paint = Weight(), 0.0
    if again:
        warm, warm_paint, _ = _arrive(page, protocol, page.reload)
    js, css, fonts = (cold.by_kind.get(kind, 0) for kind in ("Script", "Stylesheet", "Font"))
    print(
        f"{name:18} {cold.requests:9} {cold.total:8.1f} {js:4.1f} {css:4.1f} {fonts:6.1f} {paint:7.0f}ms "
        f"{blocked:4.0f}ms {warm.total:8.1f} {warm_paint:7.0f}ms"
    )
    light = js <= MOST_JS and css <= MOST_CSS and cold.total <= MOST_COLD and cold.requests <= MOST_REQUESTS
    quick = paint <= MOST_LCP_COLD and warm_paint <= MOST_LCP_WARM and blocked <= MOST_TBT
    return light and quick


def _arrive(page: Page, protocol: CDPSession, arrive: Callable[[], object]) -> tuple[Weight, float, float]:
    weight, kinds = Weight(), {}

    def came(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event["type"]

    def finished(event: dict[str, Any]) -> None:
        size = event["encodedDataLength"] / 1024
        kind = kinds.get(event["requestId"], "Other")
        # What the cache gives back costs nothing, and a picture is the module's, not the page's.
        if size and kind != "Image":
            weight.requests += 1
            weight.total += size
            weight.by_kind[kind] = weight.by_kind.get(kind, 0) + size

    protocol.send("Network.enable")
    protocol.on("Network.responseReceived", came)
    protocol.on("Network.loadingFinished", finished)
    arrive()
    page.wait_for_load_state("load")
    page.wait_for_timeout(SHOWN_FOR)
    protocol.remove_listener("Network.responseReceived", came)
    protocol.remove_listener("Network.loadingFinished", finished)
    seen = page.evaluate("window.seen")
    return weight, seen["lcp"], seen["tbt"]


def _badge(page: Page) -> float:
    """Read the badge at the start page; return the milliseconds until the person's name was painted."""
    page.goto("/kiosk/")
    _read_badge(page)
    while not page.evaluate("window.seen.paint"):
        page.wait_for_timeout(5)
    return float(page.evaluate("window.seen.paint - window.name"))


def _read_badge(page: Page) -> None:
    """Strike the keys as a reader does, at once: a throttled page must not hold up the hand that types."""
    page.evaluate(STRIKE, [f"Digit{digit}" for digit in BADGE] + ["Enter"])
    page.wait_for_url("**/kiosk/pin")


def _type_pin(page: Page) -> None:
    for digit in visitors.PIN:
        page.get_by_role("button", name=digit, exact=True).click()
    page.get_by_role("button", name="Valider").click()
    page.wait_for_url("**/kiosk/home")


def _open_module(page: Page) -> None:
    page.locator(".module").first.click()
    page.locator("#player").wait_for()


def _take_modules(page: Page) -> tuple[list[float], list[tuple[float, str]]]:
    """Take the modules to their ends; return the milliseconds from tap to feedback, and each one's longest touch."""
    taps: list[float] = []
    touches: list[tuple[float, str]] = []
    page.goto("/kiosk/modules/")
    addresses = [link.get_attribute("href") for link in page.locator(".module").all()]
    for address in addresses:
        page.goto(str(address))
        page.locator("[data-block]:visible").wait_for()
        while _shown(page):
            _step(page)
        taps += page.evaluate("window.seen.taps")
        touch, what = page.evaluate("[window.seen.touch, window.seen.touched]")
        touches.append((touch, f"{address}, {what}"))
    return taps, touches


def _step(page: Page) -> None:
    confirm, go_on = page.locator("[data-act=confirm]"), page.locator("[data-act=continue]")
    if confirm.is_visible():
        _answer(page.locator("[data-block]:visible"))
        confirm.click()
        sure = page.locator("[data-sure]:visible")
        if sure.count():
            sure.first.click()
        go_on.wait_for()
    before = _shown(page)
    go_on.click()
    while _shown(page) == before:
        page.wait_for_timeout(20)


def _shown(page: Page) -> str | None:
    """Return the key of the step on the screen, or None at the end."""
    return page.evaluate(
        "document.querySelector('[data-block]:not([hidden])')?.checkVisibility() ? "
        "document.querySelector('[data-block]:not([hidden])').dataset.block : null"
    )


def _answer(block: Locator) -> None:
    """Answer with whatever comes first; right or not is the same to a clock."""
    kind = block.locator("form").get_attribute("data-kind")
    if kind == "numeric":
        block.get_by_role("button", name="1", exact=True).click()
    elif kind in ("matching", "gaps"):
        for number in range(block.locator("[data-left]").count()):
            block.locator("[data-left]").nth(number).click()
            block.locator("[data-right-token]").nth(number).click()
    elif kind != "ordering":
        block.locator("label").first.click()


def _spread(times: list[float]) -> str:
    times = sorted(times)
    return f"median {statistics.median(times):5.0f} ms   p95 {times[int(len(times) * 0.95)]:5.0f} ms   of {len(times)}"


if __name__ == "__main__":
    sys.exit(main())

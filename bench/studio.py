"""The editor of the studio: its weight, how soon what is typed is saved, fifty trainers at once, and what faults lose.

A real server on SQLite, a real browser. *Weight* is all that a cold load of the page brings over the
wire, the kiosk beside it included.
*Typing to saved* runs from the last key to the word “saved”, the pause of 0.8 s included. *At once* is fifty
sessions, each with a block of its own, that post whole forms one after the other. The *faults* type while
the connection is cut, the server is killed and started again, two tabs write into the same block, the
browser is killed in the middle of a word: what was shown as saved, and what was shown as kept on the
computer, must be on the server in the end, or in its history.

Two *walks* make a module as a trainer does (`bench/authoring.py`): six cards and five questions with four photos
from nothing to published, and a deck of twenty slides with five questions added.

    python -m bench studio
"""

import json
import os
import random
import re
import signal
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from bench.answers import KEY, _prepare
from bench.authoring import deck, from_a_deck, from_nothing, photos
from bench.faults.plant import Server
from lms.application import create_app
from lms.authoring import actions, queries
from lms.authoring.models import DraftChange
from lms.kernel import sessions
from lms.kernel.database import db, writing
from lms.people.permissions import Role
from tests.browsing import ARGUMENTS, CHROMIUM
from tests.people.making import a_colleague

TRAINERS, SAVES = 50, 4
MOST_KB, MOST_SAVE_MS = 300, 1500
TYPED = 12
WORDS = "vérifier la laize avant de lancer la bobineuse puis noter la valeur sur la fiche".split()
MODULE = "/studio/module/bench/"


@dataclass(frozen=True)
class Bench:
    """A server with one module, and a session for each trainer."""

    folder: Path
    server: Server
    tokens: list[str]

    @property
    def address(self) -> str:
        """Where the server is."""
        return f"http://127.0.0.1:{self.server.port}"

    def texts(self, key: str) -> list[str]:
        """Return the French title of a block on the server, and each that its history holds."""
        app = create_app({"INSTANCE_DIR": self.folder, "SECRET_KEY": KEY, "DATABASE_URL": ""})
        with app.app_context():
            work = queries.work("bench")
            told = db.session.query(DraftChange.delta).where(DraftChange.module_id == work.module_id)
            sides = [side for (delta,) in told for side in delta.get("blocks", {}).get(key, ()) if side]
            found = [work.document["blocks"][work.place_of(key)], *sides]
            db.session.remove()
            db.engine.dispose()
        return [one.get("title", {}).get("fr", "") for one in found]


def main() -> int:
    if CHROMIUM is None:
        print("no Chromium on this machine")
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _prepare(folder)
        tokens = _furnish(folder)
        server = Server(folder)
        try:
            return _measure(Bench(folder, server, tokens))
        finally:
            server.kill()


def _measure(bench: Bench) -> int:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        weight = _weight(bench, browser)
        print(f"editor, cold         {weight / 1000:6.1f} KB   at most {MOST_KB} KB")
        print(f"typing to saved      {median(_typing(bench, browser)):6.0f} ms   the pause of 800 ms included")
        p95, errors = _at_once(bench)
        print(f"{TRAINERS} save at once     p95 {p95:6.0f} ms   errors {errors}   under {MOST_SAVE_MS} ms")
        _walks(bench, browser)
        lost = sum(_fault(name, run, bench) for name, run in _faults(bench, browser, playwright))
        browser.close()
    return int(weight > MOST_KB * 1000 or errors > 0 or p95 > MOST_SAVE_MS or lost > 0)


def _walks(bench: Bench, browser: Browser) -> None:
    """Say what it takes to make a module, from nothing and from slides."""
    shots = photos(bench.folder)
    for name, walk in (
        ("from nothing", partial(from_nothing, shots=shots)),
        ("from 20 slides", partial(from_a_deck, file=deck(bench.folder), shot=shots[3])),
    ):
        with _context(bench, browser) as context:
            print(f"{name:20} {walk(context.new_page())}")


def _furnish(folder: Path) -> list[str]:
    app = create_app({"INSTANCE_DIR": folder, "SECRET_KEY": KEY, "DATABASE_URL": ""})
    at, tokens = datetime.now(UTC), [f"session-of-trainer-{number:04}" for number in range(TRAINERS)]
    with app.app_context(), writing():
        text = {"fr": " ".join(WORDS), "en": " ".join(WORDS)}
        blocks = [{"card": "text", "key": f"b{number}", "title": text, "body": text} for number in range(TRAINERS)]
        actions.create_module("bench", languages=["fr", "en"], title={"fr": "Banc", "en": "Bench"}, by=None, now=at)
        actions.save_draft("bench", lambda document: {**document, "blocks": blocks}, version=None, by=None, now=at)
        for number, token in enumerate(tokens):
            person = a_colleague(Role.TRAINER, registration=f"T{number}")
            sessions.begin(token, "staff", person, {"_user_id": str(person), "_fresh": True}, at)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return tokens


def _context(bench: Bench, browser: Browser, trainer: int = 0) -> BrowserContext:
    context = browser.new_context(locale="fr-FR", base_url=bench.address, viewport={"width": 1366, "height": 768})
    _sign_in(bench, context, trainer)
    return context


def _sign_in(bench: Bench, context: BrowserContext, trainer: int = 0) -> None:
    context.add_cookies([{"name": "sid", "value": bench.tokens[trainer], "url": bench.address}])


def _weight(bench: Bench, browser: Browser) -> float:
    with _context(bench, browser) as context:
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        sizes: list[float] = []
        wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        page.goto(f"{MODULE}block/b0", wait_until="networkidle")
        return sum(sizes)


def _typing(bench: Bench, browser: Browser) -> list[float]:
    spent = []
    with _context(bench, browser) as context:
        page = _editor(context, "b0")
        for _ in range(TYPED):
            _title(page).press_sequentially("a")
            began = time.perf_counter()
            expect(_state(page)).to_have_attribute("data-state", "saved")
            spent.append((time.perf_counter() - began) * 1000)
    return spent


def _at_once(bench: Bench) -> tuple[float, int]:
    spent: list[float] = []
    errors: list[object] = []
    together = threading.Barrier(TRAINERS)
    threads = [
        threading.Thread(target=_trainer, args=(bench, number, together, spent, errors)) for number in range(TRAINERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return quantiles(spent, n=20)[-1], len(errors)


def _trainer(bench: Bench, number: int, together: threading.Barrier, spent: list[float], errors: list[object]) -> None:
    key, headers = f"b{number}", {"Cookie": f"sid={bench.tokens[number]}", "Accept": "application/json"}
    shown = _asked(urllib.request.Request(f"{bench.address}{MODULE}block/{key}", headers=headers))
    token = shown["form"].split('name="token"')[1].split('value="')[1].split('"')[0]
    headers["X-CSRFToken"] = shown["csrf"]
    together.wait()
    for save in range(SAVES):
        fields = {
            "token": token,
            "tab": key,
            "title-fr": f"{key} {save}",
            "title-en": "x",
            "body-fr": "x",
            "body-en": "x",
        }
        request = urllib.request.Request(
            f"{bench.address}{MODULE}block/{key}/save", urlencode(fields).encode(), headers
        )
        began = time.perf_counter()
        try:
            token = _asked(request)["token"]
        except OSError as error:
            errors.append(error)
        spent.append((time.perf_counter() - began) * 1000)


def _asked(request: urllib.request.Request) -> dict[str, str]:
    with urllib.request.urlopen(request, timeout=60) as answer:
        said: dict[str, str] = json.load(answer)
        return said


def _faults(bench: Bench, browser: Browser, playwright: Playwright) -> Iterator[tuple[str, Callable[[], "Writer"]]]:
    yield "connection lost", lambda: _cut(bench, browser)
    yield "server restarted", lambda: _restarted(bench, browser)
    yield "two tabs", lambda: _two_tabs(bench, browser)
    yield "browser killed", lambda: _killed(bench, playwright)


def _fault(name: str, run: Callable[[], "Writer"], bench: Bench) -> int:
    """Run one fault; return how many characters of what was shown as saved or kept are nowhere."""
    writer = run()
    there = bench.texts(writer.key)
    lost = sum(len(text) for text in writer.promised if not any(one.startswith(text) for one in there))
    shown = max((len(text) for text in writer.promised), default=0)
    print(f"{name:20} promised {len(writer.promised):3} times, {shown:4} characters at last   lost {lost}")
    return lost


class Writer:
    """Types into the title of a block, and writes down each text that the page said was saved or kept."""

    def __init__(self, page: Page, key: str, seed: int = 1, *, goes_on: bool = False) -> None:
        self.page, self.key = page, key
        self.promised: list[str] = []
        self._chance = random.Random(seed)
        if not goes_on:
            _title(page).fill("")
        _title(page).press("End")
        page.evaluate(WATCH)

    def write(self, words: int) -> None:
        """Type some words as somebody does who thinks in between."""
        for _ in range(words):
            _title(self.page).press_sequentially(self._chance.choice(WORDS) + " ", delay=15)
            self.page.wait_for_timeout(self._chance.choice([50, 300, 1300]))
            self.look()

    def look(self) -> None:
        """Note what was promised so far; a page that is gone promised nothing more."""
        with suppress(Exception):
            self.promised = list(dict.fromkeys([*self.promised, *self.page.evaluate("promised")]))

    def settle(self) -> None:
        """Wait until all is saved."""
        expect(_state(self.page)).to_have_attribute("data-state", "saved", timeout=60_000)
        self.look()


WATCH = """() => {
  window.promised = [];
  const state = document.querySelector(".desk-state"), title = () => document.querySelector("[name=title-fr]").value;
  new MutationObserver(() => { if (["saved", "cut"].includes(state.dataset.state)) promised.push(title().trim()); })
    .observe(state, { attributes: true, childList: true });
}"""


def _cut(bench: Bench, browser: Browser) -> Writer:
    with _context(bench, browser, 1) as context:
        writer = Writer(_editor(context, "b1"), "b1")
        for _ in range(2):
            writer.write(3)
            context.set_offline(True)
            writer.write(4)
            context.set_offline(False)
        writer.settle()
    return writer


def _restarted(bench: Bench, browser: Browser) -> Writer:
    with _context(bench, browser, 2) as context:
        writer = Writer(_editor(context, "b2"), "b2")
        for _ in range(2):
            writer.write(3)
            bench.server.kill()
            writer.write(3)
            bench.server.start()
        writer.write(2)
        writer.settle()
    return writer


def _two_tabs(bench: Bench, browser: Browser) -> Writer:
    with _context(bench, browser, 3) as context:
        first = Writer(_editor(context, "b3"), "b3", 1)
        second = Writer(_editor(context, "b3"), "b3", 2, goes_on=True)  # While the other's text is not saved yet.
        first.write(3)
        first.settle()
        second.write(3)
        second.page.locator("[data-choose=mine]").click()
        second.settle()
        first.write(3)
        expect(_state(first.page)).to_have_attribute("data-state", re.compile("saved|changed"), timeout=60_000)
        if _state(first.page).get_attribute("data-state") == "changed":  # Else it had heard of the other's text.
            first.page.locator("[data-choose=theirs]").click()
            first.page.locator("[data-conflict]").wait_for(state="hidden")
        first.look()
        second.look()
        second.promised += first.promised
    return second


def _killed(bench: Bench, playwright: Playwright) -> Writer:
    """Kill the browser in the middle of a word, twice, the second time without a connection."""
    with tempfile.TemporaryDirectory() as profile:
        promised: list[str] = []
        for offline in (False, True):
            with _browser(bench, playwright, profile) as context:
                writer = Writer(_editor(context, "b4"), "b4", 1 + offline, goes_on=offline)
                writer.write(3)
                if offline:
                    context.set_offline(True)
                    writer.write(3)
                    expect(_state(writer.page)).to_have_attribute("data-state", "cut", timeout=30_000)
                    writer.look()
                _title(writer.page).press_sequentially("bobi")
                _kill(profile)
                promised += writer.promised
        with _browser(bench, playwright, profile) as context:
            last = _editor(context, "b4")
            expect(_state(last)).to_have_attribute("data-state", "saved", timeout=30_000)
            last.wait_for_timeout(3000)
        writer.promised = promised
    return writer


@contextmanager
def _browser(bench: Bench, playwright: Playwright, profile: str) -> Iterator[BrowserContext]:
    context = playwright.chromium.launch_persistent_context(
        profile, executable_path=CHROMIUM, args=ARGUMENTS, locale="fr-FR", base_url=bench.address
    )
    _sign_in(bench, context, 4)
    try:
        yield context
    finally:
        with suppress(Exception):
            context.close()


def _kill(profile: str) -> None:
    """Kill the processes of the browser of this profile, as a power cut would."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if profile in (process / "cmdline").read_text():
                os.kill(int(process.name), signal.SIGKILL)
    time.sleep(0.5)
    for lock in Path(profile).glob("Singleton*"):
        lock.unlink()


def _editor(context: BrowserContext, key: str) -> Page:
    page = context.new_page()
    page.goto(f"{MODULE}block/{key}")
    page.locator(".desk[data-live]").wait_for()
    return page


def _title(page: Page):  # type: ignore[no-untyped-def]
    return page.locator("[name=title-fr]")


def _state(page: Page):  # type: ignore[no-untyped-def]
    return page.locator(".desk-state")


if __name__ == "__main__":
    raise SystemExit(main())

"""Hands at a real kiosk page: they answer as fast as the page lets them, and count what they were told.

A kiosk counts each event when its own disk has it; the server's rows are counted afterwards.
"""

import os
import shutil
import signal
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

from playwright.sync_api import BrowserContext, Error, Page, Playwright

from bench.faults.plant import BADGE, PIN, Plant
from tests.browsing import ARGUMENTS, CHROMIUM

COUNT = """
(() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value, ...rest) {
    if (this.name === "outbox") this.transaction.addEventListener("complete", () => window.noteKept(value.id));
    return put.call(this, value, ...rest);
  };
})();
"""
MOVE_CLOCK = """
(() => {
  const real = Date.now.bind(Date), since = performance.now.bind(performance);
  const moved = () => Number(localStorage.getItem("bench:clock") ?? START);
  const atLoad = moved();
  Date.now = () => real() + moved();
  performance.now = () => since() + moved() - atLoad;
})();
"""
ANSWER = """async most => {
  const pause = () => new Promise(resolve => setTimeout(resolve, 2));
  const shown = () => [...document.querySelectorAll("[data-block]")].find(block => block.checkVisibility());
  const act = name => document.querySelector(`[data-act=${name}]`);
  const edition = document.getElementById("player").dataset.edition;
  for (let given = 0; given < most && shown();) {
    const block = shown(), key = block.dataset.block;
    if (!act("confirm").hidden) {
      block.querySelector("input:not(:checked)").click();
      window.noteGiven(edition, key);
      act("confirm").click();
      while (act("continue").hidden) await pause();
      window.noteAccepted(edition, key);
      given += 1;
    }
    act("continue").click();
    while (shown() === block) await pause();
  }
  return !shown();
}"""
CONFIRM = """() => {
  const block = [...document.querySelectorAll("[data-block]")].find(block => block.checkVisibility());
  const confirm = document.querySelector("[data-act=confirm]");
  if (!block || confirm.hidden) return;
  block.querySelector("input").click();
  window.noteGiven(document.getElementById("player").dataset.edition, block.dataset.block);
  confirm.click();
}"""
BURST = (
    "codes => codes.forEach(code => document.body.dispatchEvent(new KeyboardEvent('keydown', { code, bubbles: true })))"
)
WAITING = """async () => {
  const open = indexedDB.open("etabli");
  const database = await new Promise(done => { open.onsuccess = () => done(open.result); });
  const ask = request => new Promise(done => { request.onsuccess = () => done(request.result); });
  const own = await ask(database.transaction("kept").objectStore("kept").get("outbox"));
  const left = await ask(database.transaction("outbox").objectStore("outbox").count());
  database.close();
  return { id: own?.id ?? null, recorded: own?.recorded ?? 0, left };
}"""
HELD = """async most => {
  const pages = (await caches.keys()).find(name => name.startsWith("pages-"));
  return !!navigator.serviceWorker.controller && !!pages && (await (await caches.open(pages)).keys()).length >= most;
}"""


class Kiosk:
    """A kiosk in a browser of its own, whose profile outlives it, and whoever stands there."""

    def __init__(self, playwright: Playwright, plant: Plant, address: str, number: int = 0) -> None:
        self.given: Counter[tuple[int, str]] = Counter()
        """How often *Confirm* was touched, by edition and question."""
        self.accepted: set[tuple[int, str]] = set()
        """Where the page said that the answer was taken: sent, or kept here."""
        self.kept: set[UUID] = set()
        """Events that this kiosk's disk has taken."""
        self.fault = False
        self.meanwhile = 0
        """Answers accepted while the fault was on."""
        self._playwright, self._plant, self._address = playwright, plant, address
        self._profile = Path(tempfile.mkdtemp(prefix="etabli-kiosk-"))
        self._start: float | None = None
        self.open()
        cookie = {"name": "terminal", "value": plant.tokens[number], "url": address, "httpOnly": True}
        self.context.add_cookies([{**cookie, "sameSite": "Strict", "expires": time.time() + 86_400}])  # type: ignore[list-item]

    def open(self) -> None:
        """Start the browser on its profile."""
        self.context: BrowserContext = self._playwright.chromium.launch_persistent_context(
            self._profile,
            executable_path=CHROMIUM,
            args=ARGUMENTS,
            locale="fr-FR",
            viewport={"width": 1280, "height": 720},
            base_url=self._address,
        )
        self.context.expose_function("noteGiven", self._note_given)
        self.context.expose_function("noteAccepted", self._note_accepted)
        self.context.expose_function("noteKept", lambda id: self.kept.add(UUID(id)))
        self.context.add_init_script(COUNT)
        if self._start is not None:
            self.context.add_init_script(MOVE_CLOCK.replace("START", str(self._start)))
        self.page: Page = self.context.pages[0]
        self.page.set_default_timeout(60_000)

    def close(self) -> None:
        """End the browser in order."""
        self.context.close()

    def kill(self) -> None:
        """End the browser as a power cut would."""
        marked = f"--user-data-dir={self._profile}".encode()
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if marked in (entry / "cmdline").read_bytes().split(b"\0"):
                    os.kill(int(entry.name), signal.SIGKILL)
        with suppress(Error):
            self.context.close()

    def forget(self) -> None:
        """Remove the profile."""
        shutil.rmtree(self._profile, ignore_errors=True)

    def move_clock(self, milliseconds: float) -> None:
        """Let the kiosk's clock stand so far from the true one, from here on; before the first page, from its start."""
        if self.page.url == "about:blank":
            self._start = milliseconds
            self.context.add_init_script(MOVE_CLOCK.replace("START", str(milliseconds)))
        else:
            self.page.evaluate("moved => localStorage.setItem('bench:clock', moved)", milliseconds)

    def sign_in(self) -> None:
        """Badge and PIN."""
        self.page.goto("/kiosk/")
        self.page.wait_for_load_state()
        self.page.evaluate(BURST, [f"Digit{digit}" for digit in BADGE] + ["Enter"])
        self.page.locator(".pin-pad[data-length]").wait_for()
        self.page.wait_for_load_state()
        for digit in PIN:
            self.page.get_by_role("button", name=digit, exact=True).click()
        self.page.get_by_role("button", name="Valider").click()
        self.page.wait_for_url("**/kiosk/home")
        self.page.wait_for_load_state()

    def hold(self) -> None:
        """Wait until the modules of the place lie on the kiosk."""
        self.page.wait_for_function(HELD, arg=len(self._plant.editions))

    def take(self, edition: int) -> None:
        """Open a module."""
        self.page.goto(f"/kiosk/editions/{edition}/fr")
        self.page.locator("[data-act]:visible").first.wait_for()

    def answer(self, most: int) -> bool:
        """Give so many answers more, or those that are left; return whether the module is at its end."""
        return bool(self.page.evaluate(ANSWER, most))

    def begin(self, most: int) -> None:
        """Give them while something else is done."""
        self.page.evaluate(f"most => {{ window.answering = ({ANSWER})(most); }}", most)

    def end(self) -> bool:
        """Wait until those that were begun are given; return whether the module is at its end."""
        return bool(self.page.evaluate("window.answering"))

    def confirm(self) -> None:
        """Touch *Confirm* and see nothing of what follows."""
        self.page.evaluate(CONFIRM)

    def deliver(self) -> dict[str, Any]:
        """Come back to the start page, as the next person does, until nothing waits; return what the kiosk counted."""
        self.page.goto("/kiosk/")
        until = time.monotonic() + 60
        while True:
            counted: dict[str, Any] = self.page.evaluate(WAITING)
            if not counted["left"] or time.monotonic() > until:
                return counted
            self.page.wait_for_timeout(50)

    def _note_given(self, edition: str, block: str) -> None:
        self.given[int(edition), block] += 1

    def _note_accepted(self, edition: str, block: str) -> None:
        self.accepted.add((int(edition), block))
        self.meanwhile += self.fault

"""A plant with two operators and two modules, and kiosks in real browsers."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page
from sqlalchemy import select
from waitress import create_server

from lms.catalogue.queries import frozen
from lms.delivery import actions
from lms.kernel.clock import today
from lms.kernel.database import db, writing
from lms.people import actions as people
from lms.plans.actions import make_plan
from lms.records.models import LearningRecord
from tests.delivery.house import DAY, content, publish
from tests.people.making import a_team
from tests.web.kiosk.conftest import Operator, an_operator


@pytest.fixture
def amina(live_app: Flask) -> Operator:
    """Amina, of whom the module `small` is asked; `other` is there too."""
    with live_app.app_context(), writing():
        operator = an_operator()
        team = a_team()
        people.move(operator.id, team, today() - timedelta(days=30), by=None, now=DAY)
        edition = frozen(publish(content()))
        publish(content("other"))
        make_plan(
            "P1",
            recommendation_id=None,
            module_id=edition.module_id,
            team_ids=[team],
            assigned_on=today() - timedelta(days=20),
            due_on=today() + timedelta(days=9),
            now=DAY,
        )
        db.session.commit()
        return operator


@pytest.fixture
def tomasz(live_app: Flask) -> Operator:
    with live_app.app_context(), writing():
        return an_operator("Tomasz Nowak", "2002", "00998877")


@pytest.fixture
def enrolled(live_app: Flask) -> Callable[[BrowserContext, str], BrowserContext]:
    """Make a browser a kiosk without typing a code."""

    def make(context: BrowserContext, address: str, code: str = "coating-1") -> BrowserContext:
        with live_app.app_context(), writing():
            moment = datetime.now(UTC)
            _, typed = actions.announce_terminal(code, "Line", None, now=moment)
            token = actions.enrol(typed, now=moment).token
            db.session.commit()
        context.add_cookies(
            [{"name": "terminal", "value": token, "url": address, "httpOnly": True, "sameSite": "Strict"}]
        )
        return context

    return make


@pytest.fixture
def kiosk(new_context: Callable[..., BrowserContext], enrolled: Callable, live_server: str) -> Page:
    """The start page of an enrolled kiosk."""
    page = enrolled(new_context(has_touch=True), live_server).new_page()
    page.goto("/kiosk/")
    return page


class Server:
    """A server that can be stopped and started again at its address."""

    def __init__(self, app: Flask) -> None:
        self.app, self.port = app, 0
        self.start()

    def start(self) -> None:
        self._server = create_server(self.app, host="127.0.0.1", port=self.port, threads=8)
        self.port = self._server.effective_port
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        channels = list(self._server._map.values())
        self._server.trigger.pull_trigger(lambda: [channel.close() for channel in channels])
        self._thread.join(timeout=5)
        self._server.task_dispatcher.shutdown()


@pytest.fixture
def server(live_app: Flask) -> Iterator[Server]:
    server = Server(live_app)
    yield server
    server.stop()


HURRIED = "{ const real = setTimeout; window.setTimeout = (act, ms, ...more) => real(act, ms / 8, ...more); }"
"""What a page waits for before it tries again takes an eighth of the time."""


@pytest.fixture
def frail_kiosk(browser, enrolled: Callable, server: Server) -> Iterator[Page]:
    """A kiosk whose server may be stopped."""
    address = f"http://127.0.0.1:{server.port}"
    context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 720}, base_url=address)
    context.add_init_script(HURRIED)
    page = enrolled(context, address).new_page()
    page.goto("/kiosk/")
    yield page
    context.close()


BURST = r"""number => {
  for (const letter of [...number, "Enter"]) {
    const code = letter === "Enter" ? letter : /\d/.test(letter) ? `Digit${letter}` : `Key${letter}`;
    document.body.dispatchEvent(new KeyboardEvent("keydown", { code, bubbles: true, cancelable: true }));
  }
}"""


def read_badge(page: Page, operator: Operator) -> None:
    """Hold a badge to the reader: a burst of keys, which a busy test machine must not stretch."""
    page.wait_for_load_state()
    page.evaluate(BURST, operator.badge)
    page.locator(".pin-pad[data-length], #cut-off[open]").first.wait_for()


def type_pin(page: Page, pin: str) -> None:
    page.locator(".pin-pad").wait_for()
    page.wait_for_load_state()
    for digit in pin:
        page.get_by_role("button", name=digit, exact=True).click()
    page.get_by_role("button", name="Valider").click()


def come(page: Page, operator: Operator) -> None:
    """Sign in by badge and PIN."""
    read_badge(page, operator)
    type_pin(page, operator.pin)
    page.get_by_role("heading", name="Mes modules").wait_for()


def step(page: Page, key: str) -> None:
    """Wait for a step of the player."""
    page.locator(f"[data-block={key}]:visible").wait_for()


def press(page: Page, name: str) -> None:
    page.locator(".actions").get_by_role("button", name=name).click()


def answered(page: Page) -> str:
    """Confirm, and return what the kiosk says."""
    press(page, "Valider")
    if page.locator("[data-sureness]:visible").count():
        press(page, "Valider")
    page.locator("[data-act=continue]:visible").wait_for()
    return page.locator(".feedback").inner_text()


def stored(app: Flask) -> list[tuple[str, str | None]]:
    """Return what is on the server: verb and block, in the order of arrival."""
    with app.app_context():
        rows = db.session.execute(
            select(LearningRecord.verb, LearningRecord.block_key).order_by(LearningRecord.sequence)
        )
        return [(verb.rsplit("/", 1)[1], key) for verb, key in rows]


def until_there(page: Page, found: list) -> None:
    """Wait until something is in the list: a request that was held back, for instance."""
    for _ in range(500):
        if found:
            return
        page.wait_for_timeout(20)
    raise AssertionError("nothing came")

"""A real server and a real browser, for every test that wants them (a plugin of the suite)."""

import shutil
import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from waitress import create_server

from lms.kernel import database
from tests.browser.checks import watch

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What starts browsers; there is one for each process."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture
def new_context(browser: Browser, live_server: str) -> Iterator[Callable[..., BrowserContext]]:
    """Make browsers that share nothing with each other: as many people or kiosks as a test needs."""
    contexts = []

    def make(**options: object) -> BrowserContext:
        usual = {"locale": "fr-FR", "viewport": {"width": 1280, "height": 720}, "base_url": live_server}
        contexts.append(browser.new_context(**{**usual, **options}))
        contexts[-1].on("page", watch)
        return contexts[-1]

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """A page of a fresh browser; its addresses are relative to the live server."""
    return new_context().new_page()


@pytest.fixture
def live_app(make_app: Callable[..., Flask]) -> Iterator[Flask]:
    """The application behind the live server, as it runs in a plant: CSRF tokens are asked for."""
    app = make_app(DEVELOPMENT=True)
    app.config.update(TESTING=False, WTF_CSRF_ENABLED=True)
    yield app
    with app.app_context():
        database.db.engine.dispose()


@pytest.fixture
def live_server(live_app: Flask) -> Iterator[str]:
    """The address of the application served by waitress on a free port."""
    server = create_server(live_app, host="127.0.0.1", port=0, threads=8)
    serving = threading.Thread(target=server.run, daemon=True)
    serving.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    # Closed in its own thread, between two requests: from here it would be cut in the middle of a poll.
    server.trigger.pull_trigger(lambda: [channel.close() for channel in list(server._map.values())])
    serving.join(timeout=5)
    server.task_dispatcher.shutdown()

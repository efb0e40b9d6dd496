"""What an administrator asks of a kiosk from afar, obeyed by the kiosk itself."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from lms.delivery import actions, queries
from lms.delivery.models import MessageKind
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from tests.browser.checks import KIOSK_SIZES, check_page
from tests.browser.kiosk.conftest import Operator, read_badge, type_pin


@pytest.fixture
def tell(live_app: Flask) -> Callable[..., None]:
    def send(kind: MessageKind, words: str = "") -> None:
        with live_app.app_context(), writing():
            actions.send_message([queries.terminal("coating-1")], kind, words, by=None, now=now())
            db.session.commit()

    return send


@pytest.fixture
def at_kiosk(new_context: Callable[..., BrowserContext], enrolled: Callable, live_server: str) -> Page:
    """A kiosk whose minutes pass when the test says so."""
    page = enrolled(new_context(has_touch=True), live_server).new_page()
    page.clock.install()
    page.goto("/kiosk/")
    return page


def pulse(page: Page) -> None:
    with page.expect_response("**/kiosk/pulse"):
        page.clock.run_for(56_000)


def test_everyone_out_then_out_of_order_then_back(
    live_app: Flask, at_kiosk: Page, amina: Operator, tell: Callable[..., None]
) -> None:
    read_badge(at_kiosk, amina)
    type_pin(at_kiosk, amina.pin)
    at_kiosk.get_by_role("heading", name="Mes modules").wait_for()
    tell(MessageKind.MEASURE)
    tell(MessageKind.SIGN_OUT)
    pulse(at_kiosk)
    expect(at_kiosk.get_by_role("heading", name="Posez votre badge")).to_be_visible()
    # A badge is laid on the glass once nobody is at work there any more.
    pulse(at_kiosk)
    expect(at_kiosk.get_by_role("heading", name="Posez un badge sur le dessin")).to_be_visible()
    tell(MessageKind.OUT_OF_ORDER, "Le lecteur est en réparation.")
    pulse(at_kiosk)
    expect(at_kiosk.get_by_role("heading", name="Cette borne est hors service")).to_be_visible()
    expect(at_kiosk.get_by_text("Le lecteur est en réparation.")).to_be_visible()
    check_page(at_kiosk, kiosk=True, sizes=KIOSK_SIZES)
    tell(MessageKind.BACK_IN_SERVICE)
    pulse(at_kiosk)
    expect(at_kiosk.get_by_role("heading", name="Posez votre badge")).to_be_visible()
    with live_app.app_context():
        terminal = queries.terminal("coating-1")
        assert queries.messages_for(terminal.id, now()) == []
        assert live_app.config["STATIC_PREFIX"] == f"/static/{terminal.page_version}/"

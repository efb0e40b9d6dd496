"""Home with nothing, one and six modules to take, at every size."""

from datetime import date, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page

from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.skills import actions as skills
from lms.skills.rules import Level
from tests.browser.checks import KIOSK_SIZES, check_page
from tests.browser.kiosk.conftest import Operator, come
from tests.delivery.house import DAY, RIGHT, Sitter, content, publish
from tests.web.kiosk.conftest import an_operator
from tests.web.kiosk.test_home import a_task, ask


@pytest.fixture
def zoe(live_app: Flask) -> Operator:
    with live_app.app_context(), writing():
        return an_operator("Zoé Martin", "3003", "00112233")


@pytest.mark.parametrize("number", [0, 1, 6])
def test_home_at_every_size(live_app: Flask, kiosk: Page, zoe: Operator, number: int) -> None:
    with live_app.app_context(), writing():
        ask(zoe.id, {f"m{place}": place for place in range(number)})
        if number:
            Sitter(zoe.id, publish(content("done")), now() - timedelta(hours=1)).go_through(RIGHT)
            for code, level in (("ink", Level.TRAINED), ("cut", Level.AUTONOMOUS)):
                skills.state_level(
                    zoe.id, a_task(code, []), level, date(2026, 1, 5), source="m.csv", signed_by=None, now=DAY
                )
        db.session.commit()
    come(kiosk, zoe)
    assert kiosk.locator(".module").count() == number
    for width, height in KIOSK_SIZES:
        kiosk.set_viewport_size({"width": width, "height": height})
        check_page(kiosk, kiosk=True)
        if number:
            box = kiosk.locator(".next-act").bounding_box()
            bar = (
                kiosk.locator(".actions").bounding_box() if height > 700 else kiosk.locator(".bar-keys").bounding_box()
            )
            assert box["y"] + box["height"] <= bar["y"], "the first thing is seen without scrolling"
    kiosk.evaluate("document.documentElement.dir = 'rtl'")
    check_page(kiosk, kiosk=True)

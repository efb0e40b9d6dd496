"""Practice with hands: answered, left, and over when the time is up."""

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from lms.catalogue.queries import module, newest_edition
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from tests.browser.checks import KIOSK_SIZES, check_page
from tests.browser.kiosk.conftest import Operator, answered, press, read_badge, stored, type_pin
from tests.delivery.house import RIGHT, Sitter


@pytest.fixture
def remembering(live_app: Flask, kiosk: Page, amina: Operator) -> Page:
    """Amina signs in three days after she completed a module."""
    with live_app.app_context(), writing():
        edition = newest_edition(module("small").id)
        Sitter(amina.id, edition.id, now() - timedelta(days=3)).go_through(RIGHT)
        db.session.commit()
    kiosk.clock.install()
    kiosk.reload()
    read_badge(kiosk, amina)
    type_pin(kiosk, amina.pin)
    kiosk.locator("#practice [data-asked]:visible").wait_for()
    return kiosk


def test_three_questions_then_home(live_app: Flask, remembering: Page) -> None:
    kiosk = remembering
    kiosk.emulate_media(reduced_motion="reduce")
    expect(kiosk.locator("[data-step]")).to_have_text("Question 1 sur 3")
    kiosk.get_by_role("radio", name="Wrong (fr)").check()
    assert answered(kiosk).split("\n")[0] == "Pas encore."
    expect(kiosk.locator(".feedback")).to_contain_text("B never is. (fr) Think of one. (fr)")
    for width, height in KIOSK_SIZES:
        kiosk.set_viewport_size({"width": width, "height": height})
        check_page(kiosk, kiosk=True)
    press(kiosk, "Continuer")
    kiosk.get_by_role("radio", name="Vrai").check()
    assert answered(kiosk).split("\n")[0] == "C’est juste."
    press(kiosk, "Continuer")
    kiosk.locator(".keys-field:visible").fill("2,5")
    for width, height in KIOSK_SIZES:
        kiosk.set_viewport_size({"width": width, "height": height})
        check_page(kiosk, kiosk=True)
    kiosk.evaluate("document.documentElement.dir = 'rtl'")
    check_page(kiosk, kiosk=True)
    answered(kiosk)
    press(kiosk, "Continuer")
    kiosk.get_by_role("heading", name="Mes modules").wait_for()
    assert stored(live_app)[-3:] == [("answered", "one"), ("answered", "two"), ("answered", "three")]


def test_it_is_left_with_one_touch(live_app: Flask, remembering: Page) -> None:
    press(remembering, "Passer")
    remembering.get_by_role("heading", name="Mes modules").wait_for()
    assert stored(live_app)[-1] == ("skipped", None)


def test_after_ninety_seconds_it_is_enough(live_app: Flask, remembering: Page) -> None:
    kiosk = remembering
    kiosk.get_by_role("radio", name="Right (fr)").check()
    answered(kiosk)
    kiosk.clock.run_for(50_000)
    kiosk.mouse.click(5, 5)
    kiosk.clock.run_for(41_000)
    expect(kiosk.locator(".feedback")).to_contain_text("Because one.")
    press(kiosk, "Continuer")
    kiosk.get_by_role("heading", name="Cela suffit pour aujourd’hui.").wait_for()
    check_page(kiosk, kiosk=True)
    kiosk.clock.run_for(5_000)
    kiosk.get_by_role("heading", name="Mes modules").wait_for()
    assert stored(live_app)[-2:] == [("answered", "one"), ("skipped", None)]

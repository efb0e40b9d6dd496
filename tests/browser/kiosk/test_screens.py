"""Every screen of the kiosk at every size: seen, touched, heard, light enough."""

import pytest
from flask import Flask
from playwright.sync_api import Page

from lms.kernel.database import db, writing
from lms.people.notices import publish as publish_notice
from tests.browser.checks import KIOSK_SIZES, check_page
from tests.browser.kiosk.conftest import Operator, answered, come, press, read_badge, step, type_pin
from tests.delivery.house import BLOCKS, content, publish, said, words
from tests.people.making import NOW
from tests.people.test_notices import TEXT

EVERY_KIND = [
    *BLOCKS,
    {
        "card": "steps",
        "key": "acts",
        "title": words("Acts"),
        "steps": [{"text": words(act)} for act in ("Stop", "Lock")],
    },
    {
        "question": "multiple",
        **said("many"),
        "options": [{"key": key, "text": words(key), "correct": key in "ab"} for key in "abcd"],
    },
    {"question": "ordering", **said("order"), "items": [{"key": key, "text": words(f"Item {key}")} for key in "abcd"]},
    {
        "question": "matching",
        **said("pairs"),
        "pairs": [{"key": key, "left": words(f"Left {key}"), "right": words(f"Right {key}")} for key in "abc"],
    },
]
LIMIT = 75_000
"""Bytes of a kiosk's page with an empty cache, fonts included, compressed."""


@pytest.fixture
def every_kind(live_app: Flask) -> None:
    with live_app.app_context(), writing():
        publish(content("kinds", blocks=EVERY_KIND))


@pytest.fixture
def notice(live_app: Flask) -> None:
    with live_app.app_context(), writing():
        publish_notice(TEXT, by=None, now=NOW)
        db.session.commit()


def give(page: Page, key: str) -> None:
    """Answer a question, right or wrong."""
    block = page.locator(f"[data-block={key}]")
    if key == "three":
        block.get_by_role("button", name="7", exact=True).click()
    elif key == "order":
        block.get_by_role("button", name="Descendre").first.click()
    elif key == "pairs":
        for right in block.locator("[data-right-token]").all():
            right.click()
    else:
        block.locator(".answer input").first.check()


def test_every_step_at_every_size(kiosk: Page, amina: Operator, every_kind: None, notice: None) -> None:
    kiosk.emulate_media(reduced_motion="reduce")  # A colour on its way to another is neither.
    check_page(kiosk, kiosk=True, sizes=KIOSK_SIZES)
    kiosk.goto("/kiosk/code")
    check_page(kiosk, kiosk=True, sizes=KIOSK_SIZES)
    read_badge(kiosk, amina)
    type_pin(kiosk, amina.pin)
    kiosk.get_by_role("heading", name="Ce qui est noté sur vous").wait_for()
    check_page(kiosk, kiosk=True, sizes=KIOSK_SIZES)
    press(kiosk, "J’ai lu")
    kiosk.get_by_role("heading", name="Mes modules").wait_for()
    check_page(kiosk, kiosk=True, sizes=KIOSK_SIZES)
    kiosk.get_by_role("button", name="Aide").click()
    check_page(kiosk, kiosk=True, sizes=KIOSK_SIZES)
    kiosk.goto("/kiosk/modules/kinds")
    for block in EVERY_KIND:
        step(kiosk, block["key"])
        check_page(kiosk, kiosk=True, sizes=KIOSK_SIZES)
        if "question" in block:
            give(kiosk, block["key"])
            answered(kiosk)
            check_page(kiosk, kiosk=True, sizes=KIOSK_SIZES)
        press(kiosk, "Continuer")
    kiosk.locator(".ending:visible").wait_for()
    check_page(kiosk, kiosk=True, sizes=KIOSK_SIZES)


def test_enrolment_at_the_smallest_size(page: Page) -> None:
    page.set_viewport_size({"width": 820, "height": 512})
    page.goto("/kiosk/")
    check_page(page, kiosk=True)


def test_the_main_button_is_reached_without_scrolling(kiosk: Page, amina: Operator, every_kind: None) -> None:
    kiosk.set_viewport_size({"width": 820, "height": 512})
    come(kiosk, amina)
    kiosk.goto("/kiosk/modules/kinds")
    places = []
    step(kiosk, "read")
    places.append(main_button(kiosk))
    press(kiosk, "Continuer")
    step(kiosk, "one")
    places.append(main_button(kiosk))
    give(kiosk, "one")
    answered(kiosk)
    places.append(main_button(kiosk))
    assert len(set(places)) == 1, "always in the same place"
    assert places[0][1] <= 512


def main_button(page: Page) -> tuple[float, float]:
    """Return the corner of the button that goes on."""
    box = page.locator(".actions .touch-primary:visible").bounding_box()
    return box["x"] + box["width"], box["y"] + box["height"]


def test_a_cold_page_is_light(kiosk: Page, amina: Operator, every_kind: None) -> None:
    come(kiosk, amina)
    weights: list[int] = []
    network = kiosk.context.new_cdp_session(kiosk)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    network.send("Network.setBypassServiceWorker", {"bypass": True})
    network.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
    kiosk.goto("/kiosk/modules/kinds", wait_until="networkidle")

    assert len(weights) in range(8, 16)
    assert 25_000 < sum(weights) < LIMIT, weights

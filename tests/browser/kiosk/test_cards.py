"""The module that holds every kind, walked at a kiosk; what its cards do when they are touched."""

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

import lms.demonstration
from lms.authoring import actions
from lms.authoring.imports import module_file
from lms.catalogue.queries import FrozenEdition, frozen
from lms.catalogue.questions import Question
from lms.demonstration.story import TO_WALK_THROUGH
from lms.kernel.database import db, writing
from tests.browser.checks import check_page
from tests.browser.kiosk.conftest import Operator, answered, come, press, step
from tests.delivery.house import DAY
from tests.journeys.hands import answer

FOLDER = Path(lms.demonstration.__file__).parent / "modules" / TO_WALK_THROUGH
TOUCHED = 38
"""Radius of a place on a picture, in CSS px: 20 mm across (interface reference, section 2.9)."""


@pytest.fixture
def edition(live_app: Flask) -> FrozenEdition:
    with live_app.app_context(), writing():
        draft = actions.store_file(module_file.read_folder(FOLDER), by=None, now=DAY)
        edition = actions.publish(draft, by=None, now=DAY)
        db.session.commit()
        return frozen(edition.id)


def open_module(kiosk: Page, amina: Operator) -> None:
    kiosk.emulate_media(reduced_motion="reduce")
    come(kiosk, amina)
    kiosk.goto(f"/kiosk/modules/{TO_WALK_THROUGH}")


def test_every_kind_on_the_smallest_screen(kiosk: Page, amina: Operator, edition: FrozenEdition) -> None:
    kiosk.set_viewport_size({"width": 820, "height": 512})
    open_module(kiosk, amina)
    for block in edition.content.blocks:
        step(kiosk, block.key)
        check_page(kiosk, kiosk=True)
        if isinstance(block, Question):
            answer(block, kiosk, edition.digest)
            answered(kiosk)
            marks = kiosk.locator(f"[data-block={block.key}] .part").all_inner_texts()
            assert set(marks) <= {"Juste"}
        press(kiosk, "Continuer")
    expect(kiosk.locator("[data-ending=passed]")).to_contain_text("9 réponses justes sur 9")


def test_what_cards_do_when_they_are_touched(kiosk: Page, amina: Operator, edition: FrozenEdition) -> None:
    open_module(kiosk, amina)
    step(kiosk, "why")
    press(kiosk, "Continuer")

    step(kiosk, "the-machine")
    spots = kiosk.locator("[data-block=the-machine] .spot circle:first-child")
    assert all(box["width"] >= 2 * TOUCHED for box in (spot.bounding_box() for spot in spots.all()))
    spots.nth(2).click()
    said = kiosk.locator("[data-block=the-machine] .spot-said")
    expect(said).to_contain_text("3. Les lames et leur carter")
    expect(kiosk.get_by_role("button", name="3. Les lames")).to_have_attribute("aria-pressed", "true")
    kiosk.get_by_role("button", name="1. Le frein").press("Enter")
    expect(said).to_contain_text("Il retient le jumbo")
    expect(said.get_by_text("Carter fermé")).to_be_hidden()
    assert kiosk.get_by_role("img", name="Vu", exact=True).count() == 2
    kiosk.get_by_role("button", name="Voir en grand").click()
    large = kiosk.get_by_role("dialog")
    expect(large.get_by_role("img")).to_be_visible()
    check_page(kiosk, kiosk=True)
    small = large.get_by_role("img").bounding_box()["width"]
    large.get_by_role("button", name="Plus grand").click()
    assert large.get_by_role("img").bounding_box()["width"] > small * 1.5
    kiosk.keyboard.press("Escape")
    expect(large).to_be_hidden()
    press(kiosk, "Continuer")

    step(kiosk, "a-noise")
    expect(kiosk.get_by_text("De l’air fuit")).to_be_hidden()
    kiosk.get_by_role("button", name="Retourner la carte").click()
    expect(kiosk.get_by_text("De l’air fuit")).to_be_visible()
    expect(kiosk.get_by_text("Que feriez-vous")).to_be_hidden()
    press(kiosk, "Continuer")
    press(kiosk, "Continuer")

    step(kiosk, "where-cone")
    kiosk.locator("[data-block=where-cone] .spot circle:first-child").nth(3).click()
    expect(kiosk.get_by_role("radio", name="4. Les lames")).to_be_checked()
    assert "Une lame usée laisse un bord dentelé" in answered(kiosk)
    expect(kiosk.locator("[data-block=where-cone] .part")).to_have_text("Pas encore")
    assert kiosk.locator("[data-block=where-cone] .part").count() == 1, "which place would have been right is not told"

    press(kiosk, "Continuer")
    kiosk.reload()
    step(kiosk, "setting-card")
    press(kiosk, "Retour")
    expect(kiosk.get_by_role("radio", name="4. Les lames")).to_be_checked()
    expect(kiosk.locator("[data-block=where-cone] .spot-chosen")).to_have_count(1)
    expect(kiosk.locator("[data-block=where-cone] .part")).to_have_text("Pas encore")
    kiosk.evaluate("document.querySelector('[data-block=the-machine]').hidden = false")
    assert kiosk.get_by_role("img", name="Vu", exact=True).count() == 5, (
        "a card that was seen says so of each of its places"
    )


def test_before_and_after_by_keys_and_by_the_slider(kiosk: Page, amina: Operator, edition: FrozenEdition) -> None:
    open_module(kiosk, amina)
    kiosk.evaluate("document.querySelector('[data-block=bench]').hidden = false")
    card = kiosk.locator("[data-block=bench]")
    seen = "element => getComputedStyle(element.querySelectorAll('img')[1]).clipPath"
    card.get_by_role("button", name="Après").click()
    assert card.evaluate(seen) == "inset(0px 0px 0px 0%)"
    card.get_by_role("slider").press("ArrowLeft")
    expect(card.get_by_role("slider")).to_have_value("90")
    expect(card.get_by_role("button", name="Après")).to_have_attribute("aria-pressed", "false")
    card.get_by_role("button", name="Avant").click()
    expect(card.get_by_role("slider")).to_have_value("0")


def test_every_kind_in_arabic(kiosk: Page, amina: Operator, edition: FrozenEdition) -> None:
    fetched: list[str] = []
    kiosk.on("request", lambda request: fetched.append(request.url))
    kiosk.emulate_media(reduced_motion="reduce")
    come(kiosk, amina)
    assert not any("arabic" in url for url in fetched), "a name in the language switch fetches no letters"
    kiosk.get_by_role("button", name="Français").click()
    kiosk.get_by_role("button", name="العربية").click()
    kiosk.get_by_role("heading", name="وحداتي").wait_for()
    check_page(kiosk, kiosk=True)
    assert any("arabic-400" in url for url in fetched)
    kiosk.goto(f"/kiosk/modules/{TO_WALK_THROUGH}")
    expect(kiosk.locator("html")).to_have_attribute("dir", "rtl")
    for block in edition.content.blocks:
        step(kiosk, block.key)
        check_page(kiosk, kiosk=True)
        if isinstance(block, Question):
            answer(block, kiosk, edition.digest)
            press(kiosk, "تأكيد")
            kiosk.get_by_role("button", name="أنا متأكد").click()
            kiosk.locator("[data-act=continue]:visible").wait_for()
        press(kiosk, "متابعة")
    expect(kiosk.locator("[data-ending=passed]")).to_contain_text("9 إجابات صحيحة من 9")

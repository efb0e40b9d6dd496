"""An opinion at the kiosk: one question a screen, at every size, in both languages, sent once."""

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from lms.kernel import speech
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.surveys import queries, reading_aloud
from lms.surveys.actions import announce, make_wave
from lms.web.surveys.forms import NOTICE
from tests.browser.checks import KIOSK_SIZES, check_page
from tests.browser.kiosk.conftest import Operator, come, press
from tests.surveys.making import a_wish


@pytest.fixture
def asked(live_app: Flask, amina: Operator) -> None:
    with live_app.app_context(), writing():
        days = {"opens_at": now() - timedelta(days=1), "closes_at": now() + timedelta(days=1)}
        wave = make_wave(a_wish(instrument="TRA", invited=[], notice=NOTICE, **days), now=now())
        announce(wave, now=now())
        db.session.commit()
        told = reading_aloud.speeches(wave, "fr")
        speech.prepare([told[reading_aloud.NOTICE], told["TRA1"]])
        db.session.commit()


def looks_right(page: Page) -> None:
    check_page(page, kiosk=True, sizes=KIOSK_SIZES)


def sheets(app: Flask) -> list[dict]:
    with app.app_context():
        return [one.answers for one in queries.responses_of(queries.wave("W1"))]


def listens_and_goes_on(page: Page) -> None:
    """Nothing plays by itself; a key plays and stops; what comes next is not talked over."""
    sound = page.locator(".survey-item:not([hidden]) audio")
    first = page.locator(".survey-item audio").first
    expect(sound).to_have_js_property("paused", True)
    page.get_by_role("button", name="Écouter").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Arrêter")).to_be_focused()
    expect(sound).to_have_js_property("paused", False)
    page.keyboard.press("Enter")
    expect(sound).to_have_js_property("paused", True)
    page.get_by_role("button", name="Écouter").click()
    expect(sound).to_have_js_property("readyState", 4)
    page.get_by_role("button", name="Plutôt d’accord").click()
    expect(first).to_have_js_property("paused", True)
    expect(page.get_by_role("button", name="Écouter")).to_have_count(0)


def test_an_opinion_is_asked_and_sent_once(kiosk: Page, amina: Operator, asked: None, live_app: Flask) -> None:
    kiosk.emulate_media(reduced_motion="reduce")
    come(kiosk, amina)
    looks_right(kiosk)
    kiosk.get_by_role("link", name="Votre avis (anonyme)").click()
    kiosk.locator("[data-screen=intro]:visible").wait_for()
    looks_right(kiosk)
    press(kiosk, "Commencer")
    first = kiosk.get_by_role("heading", name="J’ai utilisé ce que j’ai appris cette semaine")
    expect(first).to_be_visible()
    looks_right(kiosk)
    listens_and_goes_on(kiosk)
    expect(kiosk.get_by_text("Question 2 sur 6")).to_be_visible()
    press(kiosk, "Retour")
    chosen = kiosk.get_by_role("button", name="Plutôt d’accord")
    expect(chosen).to_have_attribute("aria-pressed", "true")
    check_page(kiosk, kiosk=True)
    kiosk.get_by_role("button", name="Entre les deux").click()
    press(kiosk, "Je préfère ne pas répondre")
    for _ in range(3):
        kiosk.get_by_role("button", name="Tout à fait d’accord").click()
    looks_right(kiosk)
    kiosk.get_by_role("button", name="Le temps").click()
    looks_right(kiosk)
    assert sheets(live_app) == [], "nothing leaves before it is sent"
    press(kiosk, "Envoyer mes réponses")
    kiosk.get_by_role("heading", name="Merci.").wait_for()
    looks_right(kiosk)
    assert sheets(live_app) == [{"TRA1": 3, "TRA2": None, "TRA3": 5, "TRA4": 5, "TRA5": 5, "TRA6": 2}]


def test_in_english_and_left_on_the_way(kiosk: Page, amina: Operator, asked: None, live_app: Flask) -> None:
    kiosk.emulate_media(reduced_motion="reduce")
    come(kiosk, amina)
    kiosk.get_by_role("button", name="Français").click()
    kiosk.get_by_role("button", name="English").click()
    kiosk.get_by_role("link", name="Your opinion (anonymous)").click()
    kiosk.locator("[data-screen=intro]:visible").wait_for()
    looks_right(kiosk)
    press(kiosk, "Begin")
    looks_right(kiosk)
    kiosk.get_by_role("button", name="Completely").click()
    kiosk.get_by_role("button", name="It is not me").click()
    kiosk.wait_for_url("**/kiosk/")
    assert sheets(live_app) == []


def test_a_quick_opinion_is_one_screen(kiosk: Page, amina: Operator, live_app: Flask) -> None:
    with live_app.app_context(), writing():
        days = {"opens_at": now() - timedelta(days=1), "closes_at": now() + timedelta(days=1)}
        announce(make_wave(a_wish(instrument="REA", invited=[], notice=NOTICE, **days), now=now()), now=now())
        db.session.commit()
    kiosk.emulate_media(reduced_motion="reduce")
    come(kiosk, amina)
    kiosk.goto("/kiosk/surveys/W1/")
    looks_right(kiosk)
    kiosk.get_by_role("group", name="C’était clair").get_by_role("radio", name="Plutôt d’accord").check()
    kiosk.get_by_role("group", name="La borne").get_by_role("radio").last.check()
    looks_right(kiosk)
    kiosk.get_by_role("button", name="À quoi ça sert").click()
    looks_right(kiosk)
    kiosk.get_by_role("button", name="Fermer").click()
    kiosk.evaluate("document.documentElement.dir = 'rtl'")
    looks_right(kiosk)
    press(kiosk, "Envoyer")
    kiosk.get_by_role("heading", name="Merci.").wait_for()
    assert sheets(live_app) == [{"REA1": None, "REA2": 4, "REA3": 5, "REA4": None}]

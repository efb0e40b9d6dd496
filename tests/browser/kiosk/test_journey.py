"""An operator takes a module to the end, as they would with their hands."""

from datetime import UTC, datetime

from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from lms.delivery import actions
from lms.kernel.database import db, writing
from lms.people import credentials
from lms.records.models import LearningRecord
from tests.browser.checks import KIOSK_SIZES, check_page, sized
from tests.browser.kiosk.conftest import Operator, answered, come, press, read_badge, step, stored, type_pin
from tests.delivery.house import content, publish


def test_from_the_one_time_code_to_done(live_app: Flask, page: Page, amina: Operator) -> None:
    with live_app.app_context(), writing():
        _, code = actions.announce_terminal("coating-1", "Line", None, now=datetime.now(UTC))
        db.session.commit()
    page.goto("/")
    page.goto("/kiosk/")
    for letter in code:
        page.get_by_role("button", name=letter, exact=True).click()
    page.get_by_role("button", name="Inscrire").click()
    page.get_by_role("heading", name="Posez votre badge").wait_for()

    read_badge(page, amina)
    page.get_by_role("heading", name="Amina, tapez votre numéro secret").wait_for()
    type_pin(page, amina.pin)
    tile = page.locator(".module")
    expect(tile).to_contain_text("Commencer")
    tile.click()

    step(page, "read")
    expect(page.locator("[data-step]")).to_have_text("Étape 1 sur 5")
    press(page, "Continuer")
    step(page, "one")
    expect(page.get_by_role("button", name="Valider")).to_be_disabled()
    page.get_by_role("radio", name="Wrong (fr)").check()
    assert answered(page).split("\n")[0] == "Pas encore."
    expect(page.locator(".feedback")).to_contain_text("B never is. (fr) Think of one. (fr)")
    press(page, "Continuer")
    step(page, "mind")
    press(page, "Continuer")
    step(page, "two")
    page.get_by_role("radio", name="Faux").check()
    assert answered(page).split("\n")[0] == "Pas encore."
    press(page, "Continuer")
    step(page, "three")
    for key in ("2", ",", "5"):
        page.locator("[data-block=three]").get_by_role(
            "button", name="Virgule" if key == "," else key, exact=True
        ).click()
    answered(page)
    press(page, "Continuer")

    page.get_by_role("heading", name="Pas encore. 1 réponse juste sur 3.").wait_for()
    assert page.locator("[data-again]:visible").all_inner_texts()[0] == "What of one? (fr)"
    page.get_by_role("link", name="Reprendre les questions").click()
    step(page, "one")
    expect(page.locator("[data-step]")).to_have_text("Question 1 sur 3")
    page.get_by_role("radio", name="Right (fr)").check()
    answered(page)
    press(page, "Continuer")
    step(page, "two")
    page.get_by_role("radio", name="Vrai").check()
    answered(page)
    press(page, "Continuer")
    page.keyboard.press("Tab")
    page.locator("#number-three").fill("2,5")
    answered(page)
    press(page, "Continuer")
    page.get_by_role("heading", name="C’est fait. Un petit module").wait_for()
    expect(page.locator("[data-ending=passed]")).to_contain_text("Vous savez ce qui est petit.")
    check_page(page, kiosk=True)
    page.get_by_role("link", name="Revenir à mes modules").click()
    expect(page.locator(".can-do a")).to_contain_text("Terminé")
    assert stored(live_app)[-2:] == [("passed", None), ("completed", None)]


def test_a_module_without_a_plan_is_among_all_modules(kiosk: Page, amina: Operator) -> None:
    come(kiosk, amina)
    assert kiosk.locator(".module").count() == 1
    kiosk.get_by_role("link", name="Tous les modules").click()
    kiosk.get_by_role("heading", name="Tous les modules").wait_for()
    assert kiosk.locator(".module").count() == 2


def test_back_shows_what_was_answered_and_does_not_ask_again(live_app: Flask, kiosk: Page, amina: Operator) -> None:
    come(kiosk, amina)
    kiosk.locator(".module").click()
    step(kiosk, "read")
    press(kiosk, "Continuer")
    step(kiosk, "one")
    kiosk.get_by_role("radio", name="Right (fr)").check()
    answered(kiosk)
    press(kiosk, "Continuer")
    step(kiosk, "mind")
    press(kiosk, "Retour")
    step(kiosk, "one")
    expect(kiosk.locator(".feedback")).to_contain_text("C’est juste.")
    press(kiosk, "Continuer")
    step(kiosk, "mind")
    assert [key for verb, key in stored(live_app) if verb == "answered"] == ["one"]


def test_the_keys_of_a_keyboard_type_the_secret_number(kiosk: Page, amina: Operator) -> None:
    read_badge(kiosk, amina)
    kiosk.locator(".pin-pad").wait_for()
    kiosk.keyboard.type(amina.pin, delay=80)
    expect(kiosk.locator(".pin-dots .typed")).to_have_count(6)
    kiosk.keyboard.press("Enter")
    kiosk.get_by_role("heading", name="Mes modules").wait_for()


def test_a_first_pin_is_chosen_twice(live_app: Flask, kiosk: Page, amina: Operator) -> None:
    with live_app.app_context(), writing():
        handed = credentials.issue_pins([amina.id], by=None, now=datetime.now(UTC))[amina.id]
        db.session.commit()
    read_badge(kiosk, amina)
    type_pin(kiosk, handed)
    kiosk.get_by_role("heading", name="Choisissez votre numéro secret").wait_for()
    type_pin(kiosk, "719364")
    kiosk.get_by_text("Tapez le même numéro une deuxième fois.").wait_for()
    type_pin(kiosk, "719364")
    kiosk.get_by_role("heading", name="Mes modules").wait_for()


def test_a_module_may_ask_how_sure_one_is(live_app: Flask, kiosk: Page, amina: Operator) -> None:
    with live_app.app_context(), writing():
        publish(content("sure", confidence=True))
    come(kiosk, amina)
    kiosk.emulate_media(reduced_motion="reduce")
    kiosk.goto("/kiosk/modules/sure")
    step(kiosk, "read")
    press(kiosk, "Continuer")
    step(kiosk, "one")
    sure = kiosk.get_by_role("group", name="Êtes-vous sûr ?")
    expect(sure).to_be_hidden()
    kiosk.get_by_role("radio", name="Right (fr)").check()
    press(kiosk, "Valider")
    for size in KIOSK_SIZES:
        kiosk.set_viewport_size(sized(size))
        expect(sure.get_by_role("button", name="Je devine")).to_be_in_viewport(ratio=1)
    check_page(kiosk, kiosk=True, sizes=KIOSK_SIZES)
    kiosk.get_by_role("radio", name="Wrong (fr)").check()
    expect(sure).to_be_hidden()
    kiosk.get_by_role("radio", name="Right (fr)").check()
    press(kiosk, "Valider")
    sure.get_by_role("button", name="Je crois").click()
    expect(kiosk.locator(".feedback")).to_contain_text("C’est juste.")
    expect(sure).to_be_hidden()
    with live_app.app_context():
        said = db.session.scalars(select(LearningRecord.confidence).where(LearningRecord.block_key == "one")).one()
    assert said == 0.5

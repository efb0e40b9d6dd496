"""Practice with hands: answered, left, and over when the time is up."""

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from lms.catalogue.content import ModuleContent
from lms.catalogue.grading import grade
from lms.catalogue.queries import module, newest_edition
from lms.demonstration.answering import response
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.practice.keys import key_of
from lms.web.shared.feedback import graded
from tests.browser.checks import KIOSK_SIZES, check_page
from tests.browser.kiosk.conftest import Operator, Server, answered, press, read_badge, stored, type_pin
from tests.browser.kiosk.test_asserted import alone, leave
from tests.browser.kiosk.test_offline import held, settled
from tests.catalogue.modules import whole
from tests.delivery.house import RIGHT, Sitter

MARKING = Path(__file__).parents[3] / "static/kiosk/marking.js"


def learn(app: Flask, person: Operator) -> None:
    """Complete a module three days ago."""
    with app.app_context(), writing():
        edition = newest_edition(module("small").id)
        Sitter(person.id, edition.id, now() - timedelta(days=3)).go_through(RIGHT)
        db.session.commit()


@pytest.fixture
def remembering(live_app: Flask, kiosk: Page, amina: Operator) -> Page:
    """Amina signs in three days after she completed a module."""
    learn(live_app, amina)
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
    check_page(kiosk, kiosk=True, sizes=KIOSK_SIZES)
    press(kiosk, "Continuer")
    kiosk.get_by_role("radio", name="Vrai").check()
    assert answered(kiosk).split("\n")[0] == "C’est juste."
    press(kiosk, "Continuer")
    kiosk.locator(".keys-field:visible").fill("2,5")
    check_page(kiosk, kiosk=True, sizes=KIOSK_SIZES)
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


def test_it_goes_on_without_the_server_and_under_the_badge_alone(
    live_app: Flask, amina: Operator, tomasz: Operator, frail_kiosk: Page, server: Server
) -> None:
    """Marked at the kiosk, counted when it arrives; what is left of it waits there for her badge and no other."""
    page = frail_kiosk
    learn(live_app, amina)
    read_badge(page, amina)
    type_pin(page, amina.pin)
    page.locator("#practice [data-asked]:visible").wait_for()
    held(page)
    server.stop()
    page.goto("/kiosk/home")
    page.get_by_role("link", name="3 questions pour vous souvenir").click()
    page.get_by_role("radio", name="Wrong (fr)").check()
    assert answered(page).split("\n")[0] == "Pas encore."
    expect(page.locator(".feedback")).to_contain_text("B never is. (fr) Think of one. (fr)")
    check_page(page, kiosk=True)
    press(page, "Continuer")
    page.goto("/kiosk/home")
    expect(page.locator("[data-practice]")).to_have_text("2 questions pour vous souvenir")
    leave(page)
    alone(page, tomasz)
    expect(page.locator("[data-practice]")).to_be_hidden()
    leave(page)
    alone(page, amina)
    page.locator("[data-practice]").click()
    expect(page.locator("[data-step]")).to_have_text("Question 1 sur 2")
    page.get_by_role("radio", name="Vrai").check()
    assert answered(page).split("\n")[0] == "C’est juste."
    press(page, "Continuer")
    page.locator(".keys-field:visible").wait_for()
    press(page, "Passer")
    page.locator(".modules .module").first.wait_for()
    expect(page.locator("[data-practice]")).to_be_hidden()
    leave(page)
    server.start()
    settled(page)
    assert stored(live_app)[-1] == ("answered", "one")
    read_badge(page, amina)
    type_pin(page, amina.pin)
    press(page, "Oui, c’était moi")
    page.get_by_role("heading", name="Mes modules").wait_for()
    assert stored(live_app)[-1] == ("answered", "two")


def test_a_kiosk_marks_as_the_server_does(page: Page) -> None:
    """Each kind of question, right and wrong and in parts."""
    random = Random(4)
    content = ModuleContent.model_validate(whole())
    cases, wanted = [], []
    for question in content.questions:
        for place in range(12):
            said = response(question, "salt", place < 3, random)
            cases.append([key_of(question, "salt", "fr", parts=bool(place % 2)), said])
            wanted.append(graded(grade(question, said, "salt", parts=bool(place % 2)), "fr"))
    marked = MARKING.read_text().replace("export ", "")
    assert (
        page.evaluate(f"cases => {{ {marked} return cases.map(([key, said]) => marked(key, said)); }}", cases) == wanted
    )
    assert {one["right"] for one in wanted} == {True, False}

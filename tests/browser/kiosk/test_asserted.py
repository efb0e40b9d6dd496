"""A badge alone, while the server is away: learning that counts once its owner, signed in, says that it was them."""

import json
import re

from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from lms.delivery import queries
from lms.kernel.clock import now
from lms.kernel.database import db
from lms.people.models import SignInAttempt, SignInOutcome
from tests.browser.checks import check_page
from tests.browser.kiosk.conftest import BURST, Operator, Server, press, read_badge, step, stored, type_pin
from tests.browser.kiosk.test_offline import ALL, LEFT, choose, done, held, settled


def alone(page: Page, operator: Operator) -> None:
    """Hold a badge to the reader of a kiosk that is cut off."""
    page.wait_for_load_state()
    page.evaluate(BURST, operator.badge)
    page.wait_for_url("**/kiosk/away/fr")
    page.locator(".modules .module").first.wait_for(timeout=20_000)


def leave(page: Page) -> dict[str, object]:
    """Leave the kiosk; return what stays behind, of which nothing is anybody's."""
    page.goto("/kiosk/home")
    press(page, "J’ai fini")
    page.locator("p[data-nobody]:visible").first.wait_for()
    left = json.loads(page.evaluate(LEFT))
    assert left["session"] == {}
    return left


def call_for_help(page: Page) -> None:
    page.locator("[data-opens=help]").click()
    page.get_by_role("button", name="Je ne comprends pas").click()
    page.get_by_text("La demande est gardée sur la borne.").wait_for()
    page.locator("#help").get_by_role("button", name="Continuer").click()


def test_a_badge_alone_opens_learning_that_counts_once_it_is_confirmed(
    live_app: Flask, amina: Operator, tomasz: Operator, frail_kiosk: Page, server: Server
) -> None:
    page = frail_kiosk
    held(page)
    server.stop()
    alone(page, amina)
    check_page(page, kiosk=True)
    page.locator(".modules .module").click()
    step(page, "read")
    expect(page.locator(".bar-who")).to_contain_text("Pas encore confirmé")
    press(page, "Continuer")
    step(page, "one")
    choose(page, "Right (fr)")
    expect(page.locator(".feedback")).to_contain_text("Votre réponse est gardée.")
    press(page, "Continuer")
    step(page, "mind")
    page.reload()
    step(page, "mind")
    call_for_help(page)
    left = leave(page)
    assert amina.badge not in json.dumps(left)
    assert len(left["outbox"]) == 5, "sealed"

    alone(page, tomasz)
    page.locator(".modules .module").click()
    step(page, "read")
    leave(page)

    alone(page, amina)
    page.locator(".modules .module").click()
    step(page, "mind")
    press(page, "Continuer")
    step(page, "two")
    choose(page, "Vrai")
    press(page, "Continuer")
    page.locator("#number-three").fill("2,5")
    press(page, "Valider")
    page.locator("[data-act=continue]:visible").wait_for()
    press(page, "Continuer")
    page.get_by_role("heading", name="Vous avez tout fait.").wait_for()
    check_page(page, kiosk=True)
    leave(page)
    server.start()
    settled(page)
    assert stored(live_app) == [], "it waits for its owner"
    with live_app.app_context():
        [called] = queries.asked_for_help(None, now().date(), settled=False)
    assert (called.name, called.place, called.by_badge_alone) == ("Amina Diallo", 3, True), "it does not"
    read_badge(page, amina)
    type_pin(page, amina.pin)
    for _ in range(2):
        page.get_by_role("heading", name="Était-ce vous ?").wait_for()
        press(page, "Oui, c’était moi")
        page.wait_for_load_state()
    page.get_by_role("heading", name="Mes modules").wait_for()
    expect(page.get_by_role("link", name="Un petit module")).to_contain_text("Terminé")
    assert done(live_app) == ALL


def type_code(page: Page, code: str) -> None:
    page.locator("#code").fill(code)
    page.get_by_role("button", name="Valider").click()


def test_codes_that_are_tried_at_a_kiosk_without_server_are_few_and_counted(
    live_app: Flask, amina: Operator, frail_kiosk: Page, server: Server
) -> None:
    page = frail_kiosk
    held(page)
    server.stop()
    page.goto("/kiosk/away/fr")
    page.get_by_role("link", name="Taper mon code").click()
    page.locator("#code").wait_for()
    type_code(page, amina.code[:-1] + str((int(amina.code[-1]) + 1) % 10))
    page.get_by_text("Badge ou code inconnu.").wait_for()
    check_page(page, kiosk=True)
    level, at = json.loads(page.evaluate("localStorage.codes"))
    page.evaluate("full => { localStorage.codes = JSON.stringify(full); }", [level + 19, at])
    page.reload()
    type_code(page, amina.code)
    expect(page.locator(".feedback")).to_contain_text(re.compile(r"Attendez \d+ s"))
    check_page(page, kiosk=True)
    page.evaluate("full => { localStorage.codes = JSON.stringify(full); }", [level, at])
    type_code(page, amina.code)
    page.locator(".modules .module").wait_for()
    leave(page)
    server.start()
    settled(page)
    with live_app.app_context():
        assert db.session.scalars(select(SignInAttempt.outcome)).all() == [SignInOutcome.UNKNOWN]

"""A badge alone, while the server is away: learning that counts once its owner, signed in, says that it was them."""

import json

from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.checks import check_page
from tests.browser.kiosk.conftest import BURST, Operator, Server, press, read_badge, step, stored, type_pin
from tests.browser.kiosk.test_offline import ALL, LEFT, choose, done, held, settled


def alone(page: Page, operator: Operator) -> None:
    """Hold a badge to the reader of a kiosk that is cut off."""
    page.wait_for_load_state()
    page.evaluate(BURST, operator.badge)
    page.get_by_role("heading", name="La borne n’est plus reliée").first.wait_for()
    page.locator(".modules .module").first.wait_for(timeout=20_000)


def take(page: Page) -> None:
    """Take the module from the first card to the last question."""
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
    expect(page.locator(".bar-who")).to_contain_text("Pas encore confirmé")
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


def test_a_badge_alone_opens_learning_that_counts_once_it_is_confirmed(
    live_app: Flask, amina: Operator, frail_kiosk: Page, server: Server
) -> None:
    page = frail_kiosk
    held(page)
    server.stop()
    alone(page, amina)
    check_page(page, kiosk=True)
    take(page)
    check_page(page, kiosk=True)
    page.locator(".actions").get_by_role("link", name="Revenir à mes modules").click()
    page.locator(".modules .module").first.wait_for()
    press(page, "J’ai fini")
    page.locator("p[data-nobody]:visible").first.wait_for()
    check_page(page, kiosk=True)
    left = page.evaluate(LEFT)
    assert amina.badge not in left
    assert (json.loads(left)["kept"][0].get("recorded"), json.loads(left)["session"]) == (6, {})
    assert len(json.loads(left)["kept"]) == 1, "nothing of anybody"
    server.start()
    settled(page)
    assert stored(live_app) == [], "it waits for its owner"
    read_badge(page, amina)
    type_pin(page, amina.pin)
    page.get_by_role("heading", name="Était-ce vous ?").wait_for()
    check_page(page, kiosk=True)
    press(page, "Oui, c’était moi")
    page.get_by_role("heading", name="Mes modules").wait_for()
    expect(page.get_by_role("link", name="Un petit module")).to_contain_text("Terminé")
    assert done(live_app) == ALL


def test_what_its_owner_did_not_do_counts_nowhere_and_another_badge_finds_nothing_of_it(
    live_app: Flask, amina: Operator, tomasz: Operator, frail_kiosk: Page, server: Server
) -> None:
    page = frail_kiosk
    held(page)
    server.stop()
    alone(page, amina)
    page.locator(".modules .module").click()
    step(page, "read")
    press(page, "Continuer")
    step(page, "one")
    alone(page, tomasz)
    assert amina.badge not in page.evaluate(LEFT)
    page.locator(".modules .module").click()
    step(page, "read")
    server.start()
    press(page, "Continuer")
    step(page, "one")
    page.locator(".bar-leave").get_by_role("button").click()
    settled(page)
    read_badge(page, amina)
    type_pin(page, amina.pin)
    page.get_by_role("heading", name="Était-ce vous ?").wait_for()
    press(page, "Non, quelqu’un d’autre")
    expect(page.locator(".feedback")).to_contain_text("Cela ne compte pas pour vous.")
    assert stored(live_app) == []

"""The editor: what is typed is saved by itself, never over a newer text, and never lost."""

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from lms.authoring import actions, queries
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.people.permissions import Role
from tests.authoring.imports.test_module_file import whole_file
from tests.browser.checks import faults
from tests.people.making import PASSWORD, a_colleague

READ = "/studio/module/whole/block/read"


@pytest.fixture
def desk(live_app: Flask, page: Page) -> Page:
    with live_app.app_context(), writing():
        a_colleague(Role.TRAINER)
        actions.store_file(whole_file(), by=None, now=now())
        db.session.commit()
    page.goto("/account/sign-in")
    page.get_by_label("Adresse").fill("s1@example.org")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/studio/")
    return opened(page)


def opened(page: Page) -> Page:
    page.goto(READ)
    expect(page.locator(".desk[data-live]")).to_be_visible()
    return page


def says(page: Page, state: str) -> None:
    expect(page.locator(".desk-state")).to_have_attribute("data-state", state, timeout=15_000)


def write(page: Page, words: str, then: str = "saved") -> None:
    page.locator("[name=title-fr]").fill(words)
    says(page, "unsaved")
    says(page, then)


def titles(app: Flask) -> list[str]:
    with app.app_context():
        return [
            (one.get("title") or one.get("prompt") or {}).get("fr", "")
            for one in queries.work("whole").document["blocks"]
        ][:3]


def test_two_texts_of_the_same_stand_side_by_side(live_app: Flask, desk: Page) -> None:
    other = opened(desk.context.new_page())
    write(desk, "Le mien")
    write(other, "L’autre", then="changed")
    expect(other.locator(".conflict")).to_contain_text("dans un autre onglet")
    assert [fault for fault in faults(other) if not fault.startswith("console:")] == []
    assert titles(live_app)[0] == "Le mien"
    other.get_by_role("button", name="Continuer avec le mien").click()
    says(other, "saved")
    assert titles(live_app)[0] == "L’autre"
    other.get_by_role("button", name="Supprimer").first.click()
    expect(other.locator(".outline [aria-current]")).to_contain_text("Look")
    write(desk, "Je continue", then="changed")
    desk.get_by_role("button", name="Le remettre avec mon texte").click()
    says(desk, "saved")
    assert titles(live_app)[0] == "Je continue"


def test_what_a_tab_still_writes_is_left_to_it(live_app: Flask, desk: Page) -> None:
    desk.route("**/save", lambda route: route.abort())
    write(desk, "Encore en cours", then="cut")
    other = desk.context.new_page()
    other.goto(READ)
    other.wait_for_timeout(2500)  # Longer than it asks who else is there.
    expect(other.locator("[name=title-fr]")).not_to_have_value("Encore en cours")
    write(other, "Dans l’autre")
    desk.unroute("**/save")
    says(desk, "changed")
    assert titles(live_app)[0] == "Dans l’autre"


def test_what_is_typed_without_a_connection_is_kept_and_sent_later(live_app: Flask, desk: Page) -> None:
    context: BrowserContext = desk.context
    context.set_offline(True)
    write(desk, "Sans réseau", then="cut")
    desk.close()
    context.set_offline(False)
    again = opened(context.new_page())
    expect(again.locator("[name=title-fr]")).to_have_value("Sans réseau")
    expect(again.locator(".outline [data-title]").first).to_have_text("Sans réseau")
    says(again, "saved")
    assert titles(live_app)[0] == "Sans réseau"


def test_blocks_are_put_in_order_by_hand_and_by_keys_and_put_back(live_app: Flask, desk: Page) -> None:
    before = titles(live_app)
    order = desk.locator(".outline [data-title]")
    handles = desk.locator("[data-handle]")
    first, third = handles.nth(0).bounding_box(), handles.nth(2).bounding_box()
    assert first
    assert third
    desk.mouse.move(first["x"] + 5, first["y"] + 10)
    desk.mouse.down()
    desk.mouse.move(first["x"] + 5, third["y"] + third["height"] - 2, steps=6)
    desk.mouse.up()
    expect(order.nth(2)).to_contain_text("Read")
    desk.get_by_role("button", name="Annuler").click()
    expect(order.nth(0)).to_contain_text("Read")
    desk.locator(".outline a").nth(0).focus()
    desk.keyboard.press("Alt+ArrowDown")
    expect(order.nth(1)).to_contain_text("Read")
    desk.locator(".outline a").nth(1).press("Enter")
    expect(desk.locator("[data-heading]")).to_have_text("2. Carte de texte")
    desk.locator(".palette summary").press("Enter")
    desk.get_by_role("button", name="Vrai ou faux").press("Enter")
    expect(desk.locator("[data-heading]")).to_have_text("3. Vrai ou faux")
    expect(desk.locator("[data-lacks]")).to_be_visible()
    assert titles(live_app)[:2] == [before[1], before[0]]

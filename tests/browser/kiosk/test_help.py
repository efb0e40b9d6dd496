"""Calling for help in the middle of a module, and being called away."""

from datetime import UTC, datetime

from flask import Flask
from playwright.sync_api import Page, expect

from lms.delivery import queries
from lms.delivery.models import EndedBy, HelpCategory
from tests.browser.kiosk.conftest import Operator, come, press, step

LONG_AGO, LONG_AFTER = datetime(2020, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)


def at_a_question(page: Page, operator: Operator) -> None:
    come(page, operator)
    page.locator(".module").click()
    step(page, "read")
    press(page, "Continuer")
    step(page, "one")
    page.get_by_role("radio", name="Right (fr)").check()


def call(page: Page, words: str) -> None:
    page.get_by_role("button", name="Aide").click()
    page.locator("#help").get_by_role("button", name=words).click()


def test_help_is_called_and_the_work_goes_on(live_app: Flask, kiosk: Page, amina: Operator) -> None:
    failed: list[str] = []
    kiosk.on("pageerror", lambda error: failed.append(str(error)))
    at_a_question(kiosk, amina)
    call(kiosk, "Il y a une erreur ici")
    expect(kiosk.get_by_text("Demande envoyée.")).to_be_visible()
    kiosk.locator("#help").get_by_role("button", name="Continuer").click()
    expect(kiosk.get_by_role("radio", name="Right (fr)")).to_be_checked()
    with live_app.app_context():
        [asked] = queries.help_requests(LONG_AGO, LONG_AFTER, LONG_AFTER)
    assert (asked.category, asked.block_key, asked.person_id) == (HelpCategory.CONTENT, "one", amina.id)
    kiosk.get_by_role("button", name="Aide").click()
    expect(kiosk.locator("#help").get_by_role("button", name="Autre chose")).to_be_visible()
    assert not failed


def test_a_call_that_cannot_leave_is_kept_and_arrives_once(live_app: Flask, kiosk: Page, amina: Operator) -> None:
    come(kiosk, amina)
    kiosk.route("**/kiosk/outbox", lambda route: route.fulfill(status=503))
    call(kiosk, "La borne est bloquée")
    expect(kiosk.get_by_text("La demande est gardée sur la borne.")).to_be_visible()
    kiosk.unroute("**/kiosk/outbox")
    kiosk.locator(".sending[data-outbox=sent]").wait_for()
    with live_app.app_context():
        assert len(queries.help_requests(LONG_AGO, LONG_AFTER, LONG_AFTER)) == 1


def test_whoever_is_called_away_leaves_and_finds_the_place_again(live_app: Flask, kiosk: Page, amina: Operator) -> None:
    at_a_question(kiosk, amina)
    call(kiosk, "On m’appelle")
    kiosk.get_by_role("heading", name="Posez votre badge").wait_for()
    with live_app.app_context():
        [visit] = queries.visits(LONG_AGO, LONG_AFTER, LONG_AFTER)
    assert visit.ended_by is EndedBy.CALLED_AWAY
    come(kiosk, amina)
    kiosk.locator(".module").click()
    step(kiosk, "one")

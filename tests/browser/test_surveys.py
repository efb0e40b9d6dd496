"""Surveys at a desk and on a telephone: results, the form of a wave, sheets typed in, answers by link."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, expect

from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.people.permissions import Role
from lms.surveys.actions import announce, close_wave, make_wave
from lms.surveys.collecting import answer_on_paper
from lms.surveys.rules import Band
from tests.browser.checks import DESK_SIZES, check_page
from tests.people.making import PASSWORD, a_colleague
from tests.surveys.making import a_wish


@pytest.fixture
def link(live_app: Flask) -> str:
    """Leave one wave closed with answers and one open; return the path of its link."""
    with live_app.app_context(), writing():
        a_colleague(Role.HR)
        at = now()
        days = {"opens_at": at - timedelta(days=1), "closes_at": at + timedelta(days=1)}
        done, still = (make_wave(a_wish(code, **days), now=at) for code in ("DONE", "OPEN"))
        for wave in (done, still):
            announce(wave, now=at)
        for place in range(24):
            given = {item.key: 1 + (place + number) % 5 for number, item in enumerate(done.content.items)}
            answer_on_paper(done, Band.OPERATOR, ("matin", "nuit")[place % 2], given, now=at)
        close_wave(done, now=at)
        db.session.commit()
        return f"/surveys/answer/{still.link_token}"


def test_surveys_look_right_and_sheets_are_typed_without_looking(
    link: str, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context().new_page()
    page.goto(link)
    check_page(page, sizes=DESK_SIZES)
    page.get_by_label("Où vous travaillez").select_option("operator nuit")
    page.get_by_text("Plutôt d’accord").first.click()
    page.get_by_role("button", name="Envoyer mes réponses").click()
    expect(page.get_by_role("heading", name="Merci.")).to_be_visible()
    page.goto("/account/sign-in")
    page.get_by_label("Adresse e-mail").fill("s1@example.org")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(lambda address: "sign-in" not in address)
    page.wait_for_url(lambda address: "sign-in" not in address)
    page.goto("/surveys/waves/OPEN/paper")
    check_page(page, sizes=DESK_SIZES)
    page.get_by_label("Feuilles de").select_option("operator nuit")
    page.get_by_label("Feuille 1, ADH1", exact=True).focus()
    page.keyboard.type("4444n44442")
    expect(page.get_by_label("Feuille 2, ADH1", exact=True)).to_be_focused()
    page.get_by_role("button", name="Enregistrer les feuilles").click()
    expect(page.get_by_text("1 feuille est enregistrée.")).to_be_visible()

"""A module that has changed since somebody completed it: they see what has changed, and say so."""

from copy import deepcopy
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from lms.catalogue.actions import add_edition
from lms.catalogue.models import Edition, Impact, Module
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from tests.browser.checks import check_page
from tests.browser.kiosk.conftest import Operator, Server, come, press, step, stored
from tests.browser.kiosk.test_offline import choose, held
from tests.delivery.house import BLOCKS, RIGHT, Sitter, content, words


@pytest.fixture
def changed(live_app: Flask, amina: Operator) -> None:
    """Amina completed the first edition; the second has another card and another right answer."""
    live_app.config["PRACTICE_QUESTIONS"] = 0
    blocks = deepcopy(BLOCKS)
    blocks[0]["body"] = words("Other **words**.")
    blocks[3]["answer"] = False
    with live_app.app_context(), writing():
        module = db.session.scalars(select(Module).where(Module.code == "small")).one()
        first = db.session.scalars(select(Edition).where(Edition.module_id == module.id)).one()
        Sitter(amina.id, first.id, now() - timedelta(hours=3)).go_through(RIGHT)
        add_edition(module, content(blocks=blocks), {}, note="", by=None, now=now(), impact=Impact.ACKNOWLEDGEMENT)
        db.session.commit()


def test_only_what_has_changed_is_seen_and_acknowledged_without_the_server(
    live_app: Flask, frail_kiosk: Page, server: Server, amina: Operator, changed: None
) -> None:
    page = frail_kiosk
    come(page, amina)
    expect(page.locator(".next")).to_contain_text("2 étapes ont changé")
    check_page(page, kiosk=True)
    held(page)
    page.locator(".next").click()
    step(page, "read")
    expect(page.locator("[data-step]")).to_have_text("Ce qui a changé : 1 sur 2")
    server.stop()
    press(page, "Continuer")
    step(page, "two")
    page.reload()
    step(page, "two")
    choose(page, "Faux")
    press(page, "Continuer")
    page.get_by_role("heading", name="Voilà ce qui a changé.").wait_for()
    check_page(page, kiosk=True)
    press(page, "J’ai vu le changement")
    page.get_by_role("heading", name="C’est noté. Merci.").wait_for()
    check_page(page, kiosk=True)
    page.get_by_role("link", name="Revenir à mes modules").click()
    page.get_by_role("heading", name="La borne n’est plus reliée").first.wait_for()
    server.start()
    page.get_by_role("heading", name="Mes modules").wait_for(timeout=45_000)
    expect(page.get_by_role("link", name="Un petit module")).to_contain_text("Terminé")
    kept = stored(live_app)
    assert [verb for verb, _ in kept].count("acknowledge") == 1
    assert {key for verb, key in kept[-4:] if key} == {"read", "two"}

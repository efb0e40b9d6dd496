"""A trainer translates while the connection comes and goes, in two tabs, by the keyboard alone."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from lms.authoring import actions, queries
from lms.authoring.translating import units
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.kernel.sessions import begin
from lms.people.permissions import Role
from tests.browser.checks import check_page
from tests.catalogue.modules import whole
from tests.people.making import a_colleague

ARABIC = "/studio/module/whole/translate/ar/"


@pytest.fixture
def tabs(live_app: Flask, new_context: Callable[..., BrowserContext], live_server: str) -> BrowserContext:
    with live_app.app_context(), writing():
        person_id = a_colleague(Role.TRAINER)
        blocks = [one for one in whole()["blocks"] if one["key"] in ("read", "one")]
        actions.store_document(whole(blocks=blocks, languages=["fr", "en", "ar"]), {}, by=None, now=now())
        begin("a" * 20, "staff", person_id, {"_user_id": str(person_id), "_fresh": True}, now())
        db.session.commit()
    context = new_context(viewport={"width": 820, "height": 1180})
    context.add_cookies([{"name": "sid", "value": "a" * 20, "url": live_server}])
    return context


def kept(app: Flask, name: str) -> str:
    with app.app_context():
        return units.unit_of(queries.work("whole").document, name).texts.get("ar", "")


def field(page: Page, name: str):
    return page.locator(f'[id="{name}"] textarea')


def test_nothing_written_is_lost(live_app: Flask, tabs: BrowserContext) -> None:
    page = tabs.new_page()
    page.goto(ARABIC)
    check_page(page)
    field(page, "_.title").focus()
    page.keyboard.type("عنوان")
    page.keyboard.press("Control+Enter")
    expect(field(page, "_.summary")).to_be_focused()
    expect(page.locator('[id="_.title"]')).to_contain_text("Fait")
    expect(page.locator(".tabs-count").nth(1)).to_have_text(str(page.locator("form.unit").count() - 1))
    assert kept(live_app, "_.title") == "عنوان"

    page.evaluate("() => { window.fetch = () => Promise.reject(new Error()) }")  # Also what is sent as the page goes.
    field(page, "read.title").fill("بلا اتصال")
    expect(page.locator('[id="read.title"]')).to_contain_text("Pas de connexion")
    other = tabs.new_page()
    other.goto(ARABIC)
    field(other, "read.title").fill("نص آخر")  # The tab that keeps a text of it is still there.
    expect(other.locator('[id="read.title"]')).to_contain_text("Enregistré")

    page.reload()
    conflict = page.locator('[id="read.title"] [data-conflict]')
    expect(conflict).to_contain_text("نص آخر")
    expect(field(page, "read.title")).to_have_value("بلا اتصال")
    conflict.get_by_role("button", name="Enregistrer le mien").click()
    expect(conflict).to_be_hidden()
    assert kept(live_app, "read.title") == "بلا اتصال"

    page.evaluate("() => { window.fetch = () => Promise.reject(new Error()) }")
    field(page, "one.prompt").fill("سؤال")
    expect(page.locator('[id="one.prompt"]')).to_contain_text("Pas de connexion")
    page.close()
    other.reload()
    expect(other.locator('[id="one.prompt"]')).to_contain_text("Enregistré")
    assert kept(live_app, "one.prompt") == "سؤال"

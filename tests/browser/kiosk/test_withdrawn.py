"""An edition that is withdrawn while somebody takes it at a kiosk without network."""

from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from lms.catalogue.actions import withdraw
from lms.catalogue.queries import module as the_module
from lms.catalogue.queries import newest_edition
from lms.delivery.models import KioskEvent, SetAside
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from tests.browser.checks import check_page
from tests.browser.kiosk.conftest import Operator, Server, come, press, step, stored
from tests.browser.kiosk.test_offline import choose, held

HELD_EDITIONS = """async () => {
  const name = (await caches.keys()).find(one => one.startsWith('pages-'));
  const held = await (await caches.open(name)).keys();
  return held.map(one => new URL(one.url).pathname).filter(path => path.includes('/editions/'));
}"""


def test_what_was_done_before_counts_and_the_operator_is_told(
    live_app: Flask, frail_kiosk: Page, server: Server, amina: Operator
) -> None:
    page = frail_kiosk
    come(page, amina)
    held(page)
    page.locator(".module").click()
    step(page, "read")
    server.stop()
    press(page, "Continuer")
    step(page, "one")
    choose(page, "Right (fr)")
    page.wait_for_timeout(3_000)  # A busy machine answers late, and a kiosk then reckons the time so much the worse.
    with live_app.app_context(), writing():
        withdraw(newest_edition(the_module("small").id).id, "Wrong drawing", by=None, now=now())
        db.session.commit()
    press(page, "Continuer")
    step(page, "mind")
    press(page, "Continuer")
    step(page, "two")
    choose(page, "Vrai")
    server.start()
    expect(page.get_by_role("heading", name="Ce module a été retiré.")).to_be_visible(timeout=45_000)
    check_page(page, kiosk=True)
    assert {key for _, key in stored(live_app) if key} == {"read", "one"}
    with live_app.app_context():
        aside = db.session.scalars(select(KioskEvent.reason).where(KioskEvent.reason.is_not(None))).all()
    assert set(aside) == {SetAside.WITHDRAWN}
    page.reload()
    expect(page.get_by_role("heading", name="Ce module a été retiré.")).to_be_visible()
    check_page(page, kiosk=True)
    assert page.evaluate(HELD_EDITIONS) == []
    page.get_by_role("link", name="Revenir à mes modules").click()
    expect(page.get_by_text("Rien ne vous est demandé aujourd’hui.")).to_be_visible()

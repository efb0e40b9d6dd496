"""A browser becomes a kiosk by code, number and badge on the glass, and is drawn at its true size."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from lms.kernel.database import writing
from lms.people.permissions import Role
from tests.browser.checks import DESK_SIZES, KIOSK_SIZES, check_page
from tests.people.making import PASSWORD, a_colleague


@pytest.fixture
def administrator(live_app: Flask, new_context: Callable[..., BrowserContext]) -> Page:
    with live_app.app_context(), writing():
        a_colleague(Role.ADMINISTRATOR)
    page = new_context(viewport={"width": 1366, "height": 768}).new_page()
    page.goto("/account/sign-in")
    page.get_by_label("Adresse e-mail").fill("s1@example.org")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_role("link", name="Bornes").wait_for()
    return page


def test_code_number_and_badge_on_the_glass(administrator: Page, page: Page) -> None:
    administrator.goto("/admin/kiosks/announce")
    administrator.get_by_label("Code").fill("coating-1")
    administrator.get_by_label("Nom").fill("Beside the line")
    administrator.get_by_role("button", name="Annoncer").click()
    check_page(administrator, sizes=DESK_SIZES)
    code = administrator.locator(".font-monospace").inner_text()

    page.clock.install()
    page.goto(f"/kiosk/enrol#{code}")
    page.get_by_role("heading", name="Dites ce nombre").wait_for()
    assert code.split()[0] not in page.url
    check_page(page, kiosk=True, sizes=KIOSK_SIZES)
    administrator.get_by_label("Nombre que montre la borne").fill(page.locator(".shown-number").inner_text())
    administrator.get_by_role("button", name="Confirmer").click()
    expect(administrator.get_by_text("Le nombre est le bon")).to_be_visible()

    administrator.goto("/admin/kiosks/")
    administrator.get_by_text("Ce que veulent dire les nombres").click()
    check_page(administrator, sizes=[*DESK_SIZES, (820, 1180)])
    administrator.get_by_role("button", name="Prévenir plusieurs bornes").click()
    check_page(administrator)
    for path in ("/admin/kiosks/coating-1/", "/admin/kiosks/coating-1/place"):
        administrator.goto(path)
        check_page(administrator, sizes=DESK_SIZES)
    administrator.goto("/admin/kiosks/coating-1/")

    # However slow the network, it asks once at a time.
    page.clock.run_for(10_000)
    page.get_by_role("heading", name="Posez un badge").wait_for()
    check_page(page, kiosk=True, sizes=KIOSK_SIZES)
    for key, times in (("Bien plus grand", 15), ("Plus grand", 2)):
        for _ in range(times):
            page.get_by_role("button", name=key, exact=True).click()
    # 85.6 mm at 96 dots an inch are 324 px; the badge that lies there is 476 px wide: 5.56 px a millimetre.
    assert page.locator("#card").bounding_box()["width"] == 476
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.get_by_role("button", name="Même taille").click()
    page.get_by_role("heading", name="Posez votre badge").wait_for()
    # 15.6 inch Full HD (interface reference, section 4.1): 20 mm are 111 px and not 76.
    assert round(page.get_by_role("link", name="").bounding_box()["height"]) in (111, 112)
    check_page(page, kiosk=True)
    # A screen of 10.1 inches leaves 820 × 512 px of the design and no less; what is shown fits without scrolling.
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/kiosk/code")
    check_page(page, kiosk=True)
    assert page.evaluate("document.querySelector('main').scrollHeight <= document.querySelector('main').clientHeight")

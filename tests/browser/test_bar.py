"""The bar of the staff pages, for somebody who signed in."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from lms.kernel.database import writing
from lms.people.permissions import Role
from tests.browser.checks import DESK_SIZES, check_page
from tests.people.making import PASSWORD, a_colleague


@pytest.fixture
def claire(live_app: Flask, page: Page) -> Page:
    with live_app.app_context(), writing():
        a_colleague(Role.HR)
    page.goto("/account/sign-in")
    check_page(page)
    page.get_by_label("Adresse").fill("s1@example.org")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(lambda address: "sign-in" not in address)
    return page


def test_the_menu_opens_closes_and_signs_out(claire: Page) -> None:
    claire.goto("/account/")
    way_out = claire.get_by_role("button", name="Se déconnecter")
    claire.get_by_text("Claire Morel").first.click()
    expect(way_out).to_be_visible()
    claire.keyboard.press("Escape")
    expect(way_out).to_be_hidden()
    claire.get_by_text("Claire Morel").first.click()
    claire.get_by_role("heading", level=1).click()
    expect(way_out).to_be_hidden()
    claire.get_by_text("Claire Morel").first.click()
    way_out.click()
    expect(claire.get_by_role("heading", name="Se connecter")).to_be_visible()


def test_the_bar_on_a_telephone(claire: Page) -> None:
    claire.set_viewport_size({"width": DESK_SIZES[1][0], "height": DESK_SIZES[1][1]})
    claire.goto("/account/")
    claire.get_by_role("button", name="Menu").click()
    claire.get_by_text("Claire Morel").first.click()
    check_page(claire)

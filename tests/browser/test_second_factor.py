"""A passkey in a real browser, with Chromium's own virtual device: made, asked for, refused when it is another's."""

from collections.abc import Callable

from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from lms.kernel.database import writing
from lms.people.permissions import Role
from tests.browser.checks import check_page
from tests.people.making import PASSWORD, a_colleague


def sign_in(page: Page, site: str) -> None:
    page.goto(f"{site}/account/sign-in")
    page.get_by_label("Adresse e-mail").fill("s1@example.org")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()


def with_a_device(page: Page) -> None:
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_made_and_asked_for(
    live_app: Flask, live_server: str, new_context: Callable[..., BrowserContext]
) -> None:
    with live_app.app_context(), writing():
        a_colleague(Role.HR)
    site = live_server.replace("127.0.0.1", "localhost")
    page = new_context().new_page()
    with_a_device(page)
    sign_in(page, site)
    page.goto(f"{site}/account/second-factor/")
    page.get_by_role("button", name="Installer une clé d’accès").click()
    expect(page.get_by_text("La clé d’accès est installée.")).to_be_visible()
    check_page(page)
    page.goto(f"{site}/account/")
    page.get_by_text("Claire Morel").first.click()
    page.get_by_role("button", name="Se déconnecter").click()
    sign_in(page, site)
    check_page(page)
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    expect(page.get_by_text("Claire Morel").first).to_be_visible()
    stranger = new_context().new_page()
    with_a_device(stranger)
    sign_in(stranger, site)
    stranger.get_by_role("button", name="Utiliser ma clé d’accès").click()
    expect(stranger.get_by_text("Rien n’a été signé.")).to_be_visible()

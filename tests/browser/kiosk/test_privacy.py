"""The next person at a kiosk can reach nothing of the one before."""

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Error, Page, Playwright, expect

from tests.browser.kiosk.conftest import Operator, answered, come, press, read_badge, step
from tests.browsing import ARGUMENTS, CHROMIUM

LEFT_BEHIND = """async () => ({
  local: Object.keys(localStorage),
  session: Object.keys(sessionStorage),
  caches: window.caches ? await caches.keys() : [],
  databases: (await indexedDB.databases()).map(one => one.name),
  cookies: document.cookie,
})"""
NOBODYS = {"local": {"clock", "epoch"}, "session": set(), "databases": {"etabli"}}
"""What stays in the browser: how wrong the clock is, and the outbox with what the kiosk knows of itself."""


@pytest.fixture(params=[True, False], ids=["back-forward cache", "none"])
def any_kiosk(
    request: pytest.FixtureRequest, playwright: Playwright, enrolled: Callable, live_server: str
) -> Iterator[Page]:
    """A kiosk whose browser keeps, or does not keep, pages for going back."""
    arguments = ARGUMENTS + ([] if request.param else ["--disable-features=BackForwardCache"])
    ignored = ["--disable-back-forward-cache"] if request.param else []
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments, ignore_default_args=ignored)
    page = enrolled(browser.new_context(locale="fr-FR", base_url=live_server), live_server).new_page()
    page.goto("/kiosk/")
    yield page
    browser.close()


def work(page: Page, operator: Operator) -> None:
    come(page, operator)
    page.locator(".module").click()
    step(page, "read")
    press(page, "Continuer")
    step(page, "one")
    page.get_by_role("radio", name="Right (fr)").check()
    answered(page)


def leave(page: Page) -> None:
    page.locator(".bar-leave").get_by_role("button").click()
    page.get_by_role("heading", name="Posez votre badge").wait_for()


def seen_going_back(page: Page) -> str:
    """Return everything that Back shows, as far as it goes."""
    return "".join(seen_after(page, "history.back()") for _ in range(6))


def seen_after(page: Page, act: str) -> str:
    """Return what stands there once the page has come to rest: one that may not be seen leads on by itself."""
    page.evaluate(f"void setTimeout(() => {act})")
    while True:
        page.wait_for_timeout(500)
        with suppress(Error):  # It is on its way to another.
            page.wait_for_load_state()
            return page.content()


def test_back_shows_nothing_of_the_person(any_kiosk: Page, amina: Operator) -> None:
    work(any_kiosk, amina)
    leave(any_kiosk)
    seen = seen_going_back(any_kiosk)
    assert "Amina" not in seen
    assert "What of one" not in seen


def test_forward_shows_nothing_either(any_kiosk: Page, amina: Operator) -> None:
    work(any_kiosk, amina)
    seen_after(any_kiosk, "history.back()")
    with suppress(Error):  # What Back led to may lead on at this very moment.
        any_kiosk.goto("/kiosk/home")
    any_kiosk.goto("/kiosk/home")
    leave(any_kiosk)
    assert "Amina" not in seen_after(any_kiosk, "history.back()")
    assert "Amina" not in seen_after(any_kiosk, "history.forward()")


def test_two_people_in_a_row(any_kiosk: Page, amina: Operator, tomasz: Operator) -> None:
    work(any_kiosk, amina)
    come(any_kiosk, tomasz)
    assert any_kiosk.locator(".module").count() == 0, "nothing is asked of Tomasz"
    assert "Amina" not in any_kiosk.content()
    assert "Amina" not in seen_going_back(any_kiosk)
    any_kiosk.goto("/kiosk/home")
    expect(any_kiosk.locator(".bar-who")).to_contain_text("Tomasz")


def test_nothing_of_the_person_is_kept_in_the_browser(any_kiosk: Page, amina: Operator) -> None:
    before = {cookie["name"]: cookie["value"] for cookie in any_kiosk.context.cookies()}
    work(any_kiosk, amina)
    during = {cookie["name"]: cookie["value"] for cookie in any_kiosk.context.cookies()}
    leave(any_kiosk)
    left = any_kiosk.evaluate(LEFT_BEHIND)
    assert {name: set(left[name]) for name in NOBODYS} == NOBODYS
    assert {name.split("-")[0] for name in left["caches"]} <= {"shell", "pages", "media"}
    assert left["cookies"] == ""
    after = {cookie["name"]: cookie["value"] for cookie in any_kiosk.context.cookies()}
    assert set(after) == {"sid", "terminal"}
    assert after["terminal"] == before["terminal"]
    assert after["sid"] not in (before.get("sid"), during["sid"])


def test_an_old_page_blanks_itself_without_the_server(any_kiosk: Page, amina: Operator) -> None:
    work(any_kiosk, amina)
    left = any_kiosk.evaluate(
        "() => { dispatchEvent(new PageTransitionEvent('pagehide')); return document.title + document.body.innerText; }"
    )
    assert left == ""


def test_a_secret_number_is_not_offered_again(kiosk: Page, amina: Operator) -> None:
    read_badge(kiosk, amina)
    kiosk.locator(".pin-pad").wait_for()
    assert kiosk.locator("form").evaluate_all(
        "forms => forms.filter(form => form.querySelector('.pin-pad')).every(form => form.autocomplete === 'off')"
    )
    assert kiosk.locator("input[name=pin]").get_attribute("type") == "hidden"


def test_one_kiosk_can_be_two_browsers_only_by_two_codes(
    new_context: Callable[..., BrowserContext], live_app: Flask, kiosk: Page
) -> None:
    stranger = new_context().new_page()
    stranger.goto("/kiosk/home")
    stranger.get_by_role("heading", name="Inscrire cette borne").wait_for()

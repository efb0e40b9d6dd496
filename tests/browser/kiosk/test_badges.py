"""What a reader types, on a French keyboard, twice, in pieces; and a printed badge before the camera."""

from collections.abc import Callable
from time import sleep

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from lms.kernel.database import db, writing
from lms.people import credentials
from lms.people.models import PinKind
from tests.browser.checks import KIOSK_SIZES, check_page
from tests.browser.kiosk.conftest import BURST, Operator, come, read_badge
from tests.browsing import ARGUMENTS, CHROMIUM
from tests.people.making import NOW

TYPED = r"""([codes, end]) => {
  for (const code of [...codes, end]) {
    const key = { Digit0: "à", Digit1: "&", Digit4: "'", Digit7: "è" }[code] ?? "?";
    document.body.dispatchEvent(new KeyboardEvent("keydown", { code, key, bubbles: true, cancelable: true }));
  }
}"""


@pytest.mark.parametrize("end", ["Enter", "Tab", "NumpadEnter"])
def test_a_reader_at_a_french_keyboard(kiosk: Page, amina: Operator, end: str) -> None:
    codes = [key for digit in amina.badge for key in ("ShiftLeft", f"Digit{digit}")]
    kiosk.wait_for_load_state()
    kiosk.evaluate(TYPED, [codes, end])
    kiosk.get_by_role("heading", name="Amina, tapez votre numéro secret").wait_for()


def test_two_scans_are_one_and_garbage_is_said(kiosk: Page, amina: Operator, tomasz: Operator) -> None:
    kiosk.wait_for_load_state()
    kiosk.evaluate(TYPED, [["Quote", "Equal", "Digit1", "Slash", "Quote"], "Enter"])
    expect(kiosk.get_by_role("heading", name="Ce badge n’a pas été lu. Posez-le encore.")).to_be_visible()
    kiosk.evaluate(
        "() => { window.sent = []; HTMLFormElement.prototype.submit = function () { sent.push(new Date()); }; }"
    )
    for operator in (amina, amina, tomasz):
        kiosk.evaluate(BURST, operator.badge)
        kiosk.wait_for_timeout(200)
    kiosk.wait_for_function("() => sent.length > 0")
    assert kiosk.evaluate("() => [sent.length, document.getElementById('badge').elements.badge.value]") == [
        1,
        tomasz.badge,
    ], "sent once, and the last badge counts"


def test_a_badge_is_read_while_a_dialog_is_up(kiosk: Page, amina: Operator, tomasz: Operator) -> None:
    come(kiosk, amina)
    kiosk.get_by_role("button", name="Aide").click()
    kiosk.locator("#help[open]").wait_for()
    read_badge(kiosk, tomasz)
    kiosk.get_by_role("heading", name="Tomasz, tapez votre numéro secret").wait_for()


def test_a_printed_badge_before_the_camera(
    playwright: Playwright, enrolled: Callable, live_server: str, amina: Operator
) -> None:
    """The browser's own finder of square codes is played by the test: Chromium has none on Linux."""
    fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *fake])
    page = enrolled(browser.new_context(locale="fr-FR", base_url=live_server), live_server).new_page()
    page.add_init_script(f"""window.BarcodeDetector = class {{
      static async getSupportedFormats() {{ return ["qr_code"]; }}
      async detect(video) {{ return video.videoWidth ? [{{ rawValue: "{amina.badge}" }}] : []; }}
    }};""")
    page.goto("/kiosk/")
    page.get_by_role("button", name="Par la caméra").click()
    page.get_by_role("heading", name="Amina, tapez votre numéro secret").wait_for()
    browser.close()


def test_without_a_finder_of_square_codes_no_key_promises_one(kiosk: Page) -> None:
    kiosk.wait_for_load_state()
    expect(kiosk.get_by_role("button", name="Par la caméra")).to_have_count(0)


def test_pictures_and_the_leaders_way_fit_every_screen(live_app: Flask, kiosk: Page, amina: Operator) -> None:
    with live_app.app_context(), writing():
        made = credentials.issue_pins([amina.id], by=None, now=NOW, kind=PinKind.PICTURES)[amina.id]
        db.session.commit()
    kiosk.evaluate(BURST, amina.badge)
    kiosk.locator(".picture-pad").wait_for()
    for address in ("/kiosk/pin?held_up=yes", "/kiosk/leader"):
        kiosk.goto(address)
        check_page(kiosk, kiosk=True, sizes=KIOSK_SIZES)
    kiosk.goto("/kiosk/pin")
    for name in made.split():
        kiosk.locator(f"[data-touched={name}]").click()
    assert kiosk.locator(".pin-dots i.typed").count() == 5
    kiosk.get_by_role("button", name="Valider").click()
    kiosk.get_by_role("heading", name="Choisissez vos cinq images").wait_for()


READ_MEANWHILE = """{
  const look = () => {
    if (localStorage.left) return setTimeout(look, 10);
    name = "read";
    (%s)("%s");
  };
  if (location.pathname === "/kiosk/" && name !== "read") addEventListener("load", look);
}"""


def test_a_badge_is_not_lost_to_a_page_that_gives_way_at_that_moment(
    new_context: Callable[..., BrowserContext], enrolled: Callable, live_server: str, amina: Operator
) -> None:
    page = enrolled(new_context(service_workers="block"), live_server).new_page()
    page.goto("/kiosk/enrol")
    page.evaluate("localStorage.left = 'yes'")  # Whoever left before: the start page says so, and loads itself anew.
    page.add_init_script(READ_MEANWHILE % (BURST, amina.badge))
    page.route("**/healthz", lambda route: (sleep(0.5), route.continue_()))
    page.goto("/kiosk/", wait_until="commit")
    page.get_by_role("heading", name="Amina, tapez votre numéro secret").wait_for()

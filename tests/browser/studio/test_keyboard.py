"""A module by the keyboard alone, from signing in to its first edition: the focus is never lost, and always seen."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from lms.authoring import queries
from lms.kernel.database import db, writing
from lms.people.permissions import Role
from tests.browser.studio.test_desk import says
from tests.browser.studio.test_fields import photo
from tests.people.making import PASSWORD, a_colleague

SEEN = """() => {
  const focused = document.activeElement, { top, bottom, height } = focused.getBoundingClientRect();
  const isDrawn = one => (parseFloat(one.outlineWidth) >= 2 && one.outlineStyle !== "none") || one.boxShadow !== "none";
  return {
    is: focused.tagName === "BODY" ? "" : focused.outerHTML.slice(0, 200),
    isSeen: isDrawn(getComputedStyle(focused)),
    isThere: height > 0 && bottom > 0 && top < innerHeight,
  };
}"""


class Keys:
    """Somebody who has no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, selector: str, *, back: bool = False) -> None:
        """Press Tab until something has the focus, which is seen at each step."""
        for _ in range(60):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            self.check()
            if self.page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
                return
        pytest.fail(f"no way to {selector} by Tab")

    def check(self) -> None:
        """Fail where the focus is nowhere, or nobody sees it."""
        seen = self.page.evaluate(SEEN)
        assert seen["is"], "the focus was lost"
        assert seen["isSeen"], seen
        assert seen["isThere"], seen

    def at(self, selector: str) -> None:
        """Wait until something has the focus."""
        expect(self.page.locator(f":is({selector}):focus")).to_be_attached()

    def write(self, name: str, words: str) -> None:
        """Go to a field and write into it."""
        if self.page.evaluate("document.activeElement.name") != name:
            self.to(f"[name='{name}']")
        self.page.keyboard.type(words)

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def add(self, kind: str) -> None:
        """Add a block; the next thing to write has the focus."""
        self.to(".palette > summary", back=True)
        self.press("Enter")
        self.to(f"button.kind[value={kind}]")
        self.press("Enter")
        expect(self.page.locator(f".desk-form [name=kind][value={kind}]")).to_be_attached()
        self.at(".desk-form input, .desk-form textarea")


def test_a_module_from_nothing_to_published_without_a_mouse(live_app: Flask, page: Page) -> None:
    with live_app.app_context(), writing():
        a_colleague(Role.TRAINER)
        db.session.commit()
    page.emulate_media(reduced_motion="reduce")  # Else pages glide to what has the focus.
    hand = Keys(page)
    page.goto("/account/sign-in")
    hand.write("email", "s1@example.org")
    hand.write("password", PASSWORD)
    hand.press("Enter")
    page.wait_for_url("**/studio/")
    hand.to("a[href$='/new']")
    hand.press("Enter")
    page.wait_for_url("**/new")
    hand.write("title", "Sans souris")
    hand.press("Enter")
    page.wait_for_url("**/sans-souris/")
    expect(page.locator(".desk[data-live]")).to_be_visible()
    hand.write("summary-fr", "Tout au clavier.")
    hand.write("minutes", "2")
    hand.add("hotspot")
    hand.write("prompt-fr", "Touchez le pli.")
    says(page, "saved")  # What the server answers is in its place: nothing takes the key away that is pressed next.
    hand.to("[data-media=picture] [data-choose]")
    with page.expect_file_chooser() as chooser:
        hand.check()  # An answer of the page: it waits for the chooser from now on. A key alone may come before that.
        hand.press("Enter")
    chooser.value.set_files(photo("pli.jpg"))
    hand.at("[name=picture-alt-fr]")
    page.keyboard.type("Un pli")
    for place, (way, name) in enumerate([("ArrowLeft", "Le pli"), ("ArrowRight", "Le bord")]):
        hand.to("[data-middle]", back=place > 0)
        hand.press("Enter")
        hand.at(".zone")
        hand.press(*[f"Shift+{way}"] * 3)
        hand.check()
        hand.write(f"places-{place}-text-fr", name)
    hand.to("[name=places-0-correct]", back=True)
    hand.press("Space")
    hand.write("feedback-correct-fr", "Oui, c’est le pli.")
    hand.write("feedback-incorrect-fr", "Cherchez plus à gauche.")
    hand.add("text")
    hand.write("title-fr", "Pourquoi")
    hand.write("body-fr", "Un pli coûte cher.")
    says(page, "saved")
    hand.to(".outline a[aria-current]", back=True)
    hand.press("Alt+ArrowUp")
    expect(page.locator(".outline [data-title]").first).to_have_text("Pourquoi")
    hand.check()
    hand.at(".outline a")
    hand.to(".page-actions a.btn-primary", back=True)
    hand.press("Enter")
    page.wait_for_url("**/publish")
    hand.to("main form button.btn-primary")
    hand.press("Enter")
    page.wait_for_url("**/sans-souris/")
    with live_app.app_context():
        edition = queries.work("sans-souris").edition
    assert edition
    question = edition.content.plain["blocks"][1]
    assert [(one["x"], one["y"]) for one in question["places"]] == [(35, 50), (85, 50)]

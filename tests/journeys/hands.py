"""What hands do at a kiosk: sign in, answer each kind of question rightly, go on."""

from functools import singledispatch
from typing import Any

from playwright.sync_api import Page

from lms.catalogue.queries import FrozenEdition
from lms.catalogue.questions import (
    ChoiceQuestion,
    Gaps,
    Matching,
    Numeric,
    Ordering,
    Question,
    TrueFalse,
    choices,
)
from lms.catalogue.shuffling import token


def type_digits(page: Page, digits: str) -> None:
    """Touch the keys of a pad, then confirm."""
    page.wait_for_load_state()
    for digit in digits:
        page.get_by_role("button", name=digit, exact=True).click()
    page.get_by_role("button", name="Valider").click()


def take(page: Page, edition: FrozenEdition) -> None:
    """Take a module from its first block to its last, rightly."""
    for block in edition.content.blocks:
        page.locator(f"[data-block={block.key}]:visible").wait_for()
        if isinstance(block, Question):
            answer(block, page, edition.digest)
            _press(page, "Valider")
            page.locator("[data-act=continue]:visible").wait_for()
        _press(page, "Continuer")
    page.locator("[data-ending=passed]:visible").wait_for()


def _press(page: Page, name: str) -> None:
    page.locator(".actions").get_by_role("button", name=name).click()


@singledispatch
def answer(question: Any, page: Page, salt: str) -> None:
    """Give the right answer."""
    raise TypeError(type(question))


@answer.register
def _(question: ChoiceQuestion, page: Page, salt: str) -> None:
    for option in choices(question):
        if option.correct:
            page.locator(f"[data-block={question.key}] input[value='{option.key}']").check(force=True)


@answer.register
def _(question: TrueFalse, page: Page, salt: str) -> None:
    value = "true" if question.answer else "false"
    page.locator(f"[data-block={question.key}] input[value='{value}']").check(force=True)


@answer.register
def _(question: Numeric, page: Page, salt: str) -> None:
    page.locator(f"#number-{question.key}").fill(f"{question.answer:g}".replace(".", ","))


@answer.register
def _(question: Ordering, page: Page, salt: str) -> None:
    rows = page.locator(f"[data-block={question.key}] li[data-key]")
    for place, item in enumerate(question.items):
        while [row.get_attribute("data-key") for row in rows.all()].index(item.key) > place:
            row = page.locator(f"[data-block={question.key}] li[data-key='{item.key}']")
            row.locator("[data-move=up]").click()


@answer.register
def _(question: Matching, page: Page, salt: str) -> None:
    within = page.locator(f"[data-block={question.key}]")
    for pair in question.pairs:
        within.locator(f"[data-left='{pair.key}']").click()
        within.locator(f"[data-right-token='{token(pair.key, question.key, salt)}']").click()


@answer.register
def _(question: Gaps, page: Page, salt: str) -> None:
    within = page.locator(f"[data-block={question.key}]")
    for gap in question.gaps:
        within.locator(f"[data-left='{gap.key}']").click()
        within.locator(f"[data-right-token='{token(gap.key, question.key, salt)}']").click()

"""The checks themselves: each fault is found once it is there."""

import pytest
from playwright.sync_api import Page

from tests.browser.checks import check_page, faults

SCREEN = "/patterns/kiosk/question"
BREAKS = [
    ("document.querySelector('.actions button').style.minHeight = '40px'", "too small: Valider"),
    ("document.querySelector('.actions').style.position = 'fixed';"
     "Object.assign(document.querySelector('.actions').style, {inset: '0', background: 'red'})", "covered: question"),
    ("document.querySelector('.bar').style.minWidth = '5000px'", "wider than the window"),
    ("document.querySelector('h1').style.width = '5000px'; document.querySelector('h1').style.maxWidth = 'none'",
     "wider than its frame: MAIN"),
    ("document.querySelector('h1').style.color = '#75818b'", "color-contrast-enhanced"),
    ("document.documentElement.removeAttribute('lang')", "html-has-lang"),
    ("console.error('broken')", "console: broken"),
    ("document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">.</p>')", "console: Applying inline style"),
]  # fmt: skip


@pytest.mark.parametrize(("script", "expected"), BREAKS, ids=[expected for _, expected in BREAKS])
def test_a_fault_is_found(page: Page, script: str, expected: str) -> None:
    page.goto(SCREEN)
    check_page(page, kiosk=True)
    page.evaluate(script)
    assert any(expected in fault for fault in faults(page, kiosk=True)), faults(page, kiosk=True)

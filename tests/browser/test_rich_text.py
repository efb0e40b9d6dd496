"""Cleaned HTML in a real browser without any content security policy: nothing runs."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from lms.kernel.rich_text import clean, from_markdown

PAGE = """<!doctype html><meta charset="utf-8"><title>x</title><body>
<script>
window.fired = [];
for (const name of ["alert", "confirm", "prompt", "print"])
  window[name] = (...given) => { fired.push(name + given); };
</script>
%s</body>"""


def fired(browser: Browser, parts: list[str]) -> list[str]:
    """Show the parts, touch everything that may be touched, and return what ran."""
    page = browser.new_page()
    page.route("**/*", lambda route: route.abort())
    try:
        page.set_content(PAGE % "".join(f"<div>{part}</div>" for part in parts), wait_until="domcontentloaded")
        page.evaluate(
            """() => { for (const found of document.querySelectorAll("body div *")) {
                for (const kind of ["mouseover", "focus", "click", "error", "load", "toggle", "animationend"])
                    found.dispatchEvent(new Event(kind, {bubbles: true, cancelable: true})); } }"""
        )
        page.wait_for_timeout(300)
        return page.evaluate("fired")
    finally:
        page.close()


@pytest.fixture(scope="module")
def payloads(shared: Path) -> list[str]:
    return [row["payload"] for row in json.loads((shared / "fixtures/security/xss_payloads.json").read_text())]


def test_the_page_would_notice(browser: Browser) -> None:
    assert fired(browser, ["<img src=x onerror=alert(1)>", "<svg onload=alert(2)>"])


def test_no_payload_runs_once_cleaned(browser: Browser, payloads: list[str]) -> None:
    assert fired(browser, [clean(payload) for payload in payloads]) == []
    assert fired(browser, [from_markdown(payload) for payload in payloads]) == []

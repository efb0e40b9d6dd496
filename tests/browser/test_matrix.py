"""The matrix in a real browser: what its script fills in, says and leads to, and the page without any."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, expect

from lms.kernel import sessions
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.people.permissions import Role
from lms.skills.rules import Level
from lms.web.teams import skills
from tests.people.making import a_colleague
from tests.skills.shop import Shop

TOKEN = "session-of-the-matrix"
CELLS = "rows => rows.map(row => [...row.cells].map(cell => [cell.innerText, cell.className, cell.dataset.e]))"
UNDER = "cell => getComputedStyle(cell).backgroundColor"


def test_the_script_fills_and_says_what_the_plain_page_holds(
    live_app: Flask,
    live_server: str,
    new_context: Callable[..., BrowserContext],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(skills, "ROWS_DRAWN", 1)
    with live_app.app_context(), writing():
        shop = Shop()
        shop.state(shop.bruno, shop.ink, Level.AUTONOMOUS)
        hr = a_colleague(Role.HR)
        sessions.begin(TOKEN, "staff", hr, {"_user_id": str(hr), "_fresh": True}, now())
        db.session.commit()
    signed_in = [{"name": "sid", "value": TOKEN, "url": live_server}]
    without = new_context(java_script_enabled=False)
    without.add_cookies(signed_in)
    plain = without.new_page()
    plain.goto("/teams/skills/")
    rows = plain.locator(".matrix tbody tr")
    expect(rows.nth(1).locator("td")).to_have_count(1)  # the sum
    plain.locator("noscript a").click()
    expect(rows.nth(1).locator("td")).to_have_count(4)
    context = new_context()
    context.add_cookies(signed_in)
    page = context.new_page()
    page.goto("/teams/skills/")
    expect(page.locator("[data-cells]")).to_have_count(0)
    assert page.locator(".matrix tbody tr").evaluate_all(CELLS) == rows.evaluate_all(CELLS)
    level, none = (page.get_by_role("row", name="Roy Bruno").locator("td").nth(place) for place in (0, 1))
    unhovered = none.evaluate(UNDER)
    none.hover()
    tint = none.evaluate(UNDER)
    level.hover()
    assert level.evaluate(UNDER) == tint != unhovered
    expect(level).to_have_attribute("title", re.compile("^depuis le 1 janv. 2026"))
    page.set_viewport_size({"width": 500, "height": 600})
    frame, names, body = (page.locator(one) for one in (".skills", ".matrix-names", ".matrix tbody"))
    expect(names).to_be_hidden()
    body.evaluate("body => body.style.marginBlockStart = '2000px'")
    expect(body).to_have_class("matrix-away")
    frame.evaluate("frame => frame.scrollTo(200, 2000)")
    expect(body, "rows that come into sight are drawn").to_have_class("")
    body.evaluate("body => body.style.marginBlockStart = ''")
    expect(names).to_be_visible()
    beside = "names => [...names.children].map(name => [name.innerText, Math.round(name.getBoundingClientRect().top)])"
    in_rows = "rows => rows.map(row => [row.innerText, Math.round(row.getBoundingClientRect().top)])"
    assert names.evaluate(beside) == page.locator(".matrix tbody th").evaluate_all(in_rows)
    frame.evaluate("frame => frame.scrollTo(0, 0)")
    expect(names).to_be_hidden()
    level.click()
    page.wait_for_url(f"**/teams/skills/person/{shop.bruno}/ink")

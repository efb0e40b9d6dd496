"""The pages of audits and plans in a real browser, at a desk and on a telephone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext

import lms.demonstration
from lms.audit import actions, file
from lms.kernel.database import db, writing
from lms.people.permissions import Role
from tests.browser.checks import DESK_SIZES, check_page
from tests.web.audits.conftest import NOW, signed_in

AUDIT = "/audits/audit/LACHEV"
PAGES = [
    "/audits/",
    "/audits/import",
    "/audits/plans/",
    "/audits/plans/new",
    f"{AUDIT}/",
    f"{AUDIT}/inventory",
    f"{AUDIT}/evidence",
    f"{AUDIT}/recommendations",
    f"{AUDIT}/vigilance",
    f"{AUDIT}/traceability",
    f"{AUDIT}/vigilance/V1/change",
    f"{AUDIT}/findings/C1/remove",
]


@pytest.mark.parametrize("size", DESK_SIZES, ids=str)
def test_every_kind_of_page(
    live_app: Flask, live_server: str, new_context: Callable[..., BrowserContext], size: tuple[int, int]
) -> None:
    source = Path(lms.demonstration.__file__).parent / "audit.yaml"
    with live_app.app_context(), writing():
        actions.store(file.read(source.read_bytes(), source.name), now=NOW)
        db.session.commit()
    session = signed_in(live_app, Role.EVALUATOR, "fr").client.get_cookie("sid")
    context = new_context(viewport={"width": size[0], "height": size[1]})
    context.add_cookies([{"name": "sid", "value": session.value, "url": live_server}])
    page = context.new_page()
    for path in PAGES:
        page.goto(path)
        check_page(page)

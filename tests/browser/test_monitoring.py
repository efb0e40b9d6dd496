"""The page of a running pilot in a real browser."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext

from lms.evaluation import jobs
from lms.kernel.database import db, writing
from lms.people.permissions import Role
from tests.browser.checks import DESK_SIZES, check_page
from tests.evaluation.monitoring.running import running
from tests.web.audits.conftest import signed_in


def test_a_running_pilot(
    live_app: Flask,
    live_server: str,
    new_context: Callable[..., BrowserContext],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with live_app.app_context(), writing():
        _plant, pilot = running(monkeypatch)
        jobs.keep_followed(jobs.follow(pilot))
        db.session.commit()
    session = signed_in(live_app, Role.STAFF_REPRESENTATIVE, "fr").client.get_cookie("sid")
    context = new_context()
    context.add_cookies([{"name": "sid", "value": session.value, "url": live_server}])
    page = context.new_page()
    page.goto("/audits/pilots/pilot/pilot/monitoring")
    page.get_by_text("Les mêmes chiffres en tableau").click()
    check_page(page, sizes=DESK_SIZES)

"""The report of an evaluation in a real browser: whole, for operators, deciding; at a desk and on a telephone."""

from collections.abc import Callable

from flask import Flask
from playwright.sync_api import BrowserContext

from lms.evaluation import actions
from lms.kernel.database import db, writing
from lms.people.permissions import Role
from tests.browser.checks import DESK_SIZES, check_page
from tests.evaluation.plant import AFTER, END, Plant
from tests.web.audits.conftest import signed_in


def test_the_report_and_what_is_done_with_it(
    live_app: Flask, live_server: str, new_context: Callable[..., BrowserContext]
) -> None:
    with live_app.app_context(), writing():
        plant = Plant()
        pilot = plant.frozen(illustrative=True)
        plant.learn()
        number = actions.evaluate(pilot, END, by=None, now=AFTER).id
        db.session.commit()
    session = signed_in(live_app, Role.EVALUATOR, "fr").client.get_cookie("sid")
    context = new_context()
    context.add_cookies([{"name": "sid", "value": session.value, "url": live_server}])
    page = context.new_page()
    for path in ("", "/operators", "/decide", "/comment"):
        page.goto(f"/audits/pilots/pilot/pilot/evaluations/{number}{path}")
        check_page(page, sizes=DESK_SIZES)

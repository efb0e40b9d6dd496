"""A leader's tablet in a real browser: two taps plan ten minutes, a dead line says so and nothing is half done."""

from collections.abc import Callable

from flask import Flask
from playwright.sync_api import BrowserContext, expect
from sqlalchemy import func, select

from lms.delivery.slots.models import Slot
from lms.kernel.database import db, writing
from lms.people.permissions import Role
from tests.people.making import PASSWORD
from tests.web.teams.plant import learning_plant, staff

TABLET = {"width": 820, "height": 1180}


def test_two_taps_on_a_line_that_comes_back(live_app: Flask, new_context: Callable[..., BrowserContext]) -> None:
    with live_app.app_context(), writing():
        staff(Role.TEAM_LEADER, learning_plant({"A": 2}, {"A": 0})["A"])
        db.session.commit()
    page = new_context(viewport=TABLET).new_page()
    page.goto("/account/sign-in")
    page.get_by_label("Adresse e-mail").fill("s1@example.org")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.goto("/teams/")
    first = page.locator("#due li").first
    first.locator("summary").click()
    time = first.locator("button").first
    page.route("**/teams/slot/*", lambda route: route.abort())
    time.click()
    expect(first.get_by_role("status")).to_contain_text("Pas de connexion")
    page.unroute("**/teams/slot/*")
    time.dblclick()
    expect(first.get_by_role("status")).to_contain_text("Prévu")
    expect(first.locator("button")).to_have_count(0)
    for target in page.locator(".leader .btn:visible").all():
        assert target.bounding_box()["height"] >= 48
    with live_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Slot)) == 1

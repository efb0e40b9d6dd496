"""From an answer at a kiosk to what it did to a recommendation of the audit."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from lms.catalogue.queries import newest_editions
from lms.demonstration import visitors
from tests.browser.checks import check_page
from tests.journeys.conftest import visitor
from tests.journeys.hands import take, type_digits

pytestmark = pytest.mark.xdist_group("journeys")


def at_kiosk(new_context: Callable, enrolment_code: str, personal_code: str) -> Page:
    """Enrol a browser, sign the operator in."""
    page = new_context(has_touch=True).new_page()
    page.goto("/kiosk/")
    for letter in enrolment_code:
        page.get_by_role("button", name=letter, exact=True).click()
    page.get_by_role("button", name="Inscrire").click()
    page.get_by_role("link", name="Taper mon code").click()
    type_digits(page, personal_code)
    page.locator(".pin-pad").wait_for()
    type_digits(page, visitors.PIN)
    page.get_by_role("heading", name="Mes modules").wait_for()
    return page


def test_a_module_at_the_kiosk_reaches_hr(
    live_app: Flask, new_context: Callable, staff: Callable, enrolment_code: str, personal_code: str
) -> None:
    kiosk = at_kiosk(new_context, enrolment_code, personal_code)
    with live_app.app_context():
        edition = next(found for found in newest_editions() if found.code == "work-order")
    kiosk.locator(".module", has_text="Lire un ordre de fabrication").click()
    take(kiosk, edition)
    kiosk.get_by_role("link", name="Revenir à mes modules").click()
    expect(kiosk.get_by_role("link", name="Lire un ordre de fabrication")).to_contain_text("Terminé")

    hr = staff(visitor("hr"))
    hr.goto("/teams/?q=Visite")
    check_page(hr)


def test_a_team_leader_sees_who_is_late(staff: Callable) -> None:
    leader = staff(visitor("team_leader"))
    leader.goto("/teams/")
    expect(leader.locator("#due")).to_contain_text("En retard")
    check_page(leader)
    leader.goto("/audits/")
    expect(leader.locator("h1")).to_contain_text("Vous n’avez pas ce droit")


def test_hr_exports_what_is_shown(staff: Callable, tmp_path: Path) -> None:
    hr = staff(visitor("hr"))
    hr.goto("/teams/")
    with hr.expect_download() as exported:
        hr.get_by_role("link", name="CSV").first.click()
    exported.value.save_as(tmp_path / "people.csv")
    rows = (tmp_path / "people.csv").read_text("utf-8-sig").splitlines()
    assert len(rows) > 36
    assert ";" in rows[0]

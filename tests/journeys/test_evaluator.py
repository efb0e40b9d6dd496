"""An evaluator designs a pilot, freezes it, evaluates the one that runs, prints it."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from lms.demonstration import pilot
from lms.kernel.clock import now
from lms.kernel.jobs import working
from tests.browser.checks import check_page
from tests.journeys.conftest import visitor

pytestmark = pytest.mark.xdist_group("journeys")
RUNNING = f"/audits/pilots/pilot/{pilot.CODE}"


def submit(page: Page) -> None:
    page.locator("main form button[type=submit]").last.click()


def test_evaluate_verify_and_print(live_app: Flask, staff: Callable, tmp_path: Path) -> None:
    page = staff(visitor("evaluator"))
    page.goto(RUNNING)
    page.get_by_role("link", name="Évaluer", exact=True).click()
    submit(page)
    page.wait_for_url("**/jobs/**")
    check_page(page)
    with live_app.app_context():
        working.work_off()
    # The page asks for itself again and leads to what was made.
    page.wait_for_url("**/evaluations/**")
    for verdict in ("Atteint", "Non concluant", "Hors pilote"):
        expect(page.locator("table").first).to_contain_text(verdict)
    expect(page.locator("main")).to_contain_text("Chiffres simulés")
    check_page(page)
    read = page.url
    page.get_by_role("link", name="Imprimer, télécharger").click()
    page.get_by_role("button", name="Le faire préparer").first.click()
    page.wait_for_url("**/jobs/**")
    with live_app.app_context():
        working.work_off()
    page.wait_for_url("**/files#pdf")
    check_page(page)
    with page.expect_download() as printed:
        page.get_by_role("link", name="Télécharger").first.click()
    printed.value.save_as(tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")
    page.goto(read)
    page.get_by_role("button", name="Recalculer et vérifier").click()
    expect(page.locator("main")).to_contain_text(re.compile("mêmes|tient|identique", re.I))


def test_design_and_freeze(staff: Callable) -> None:
    page = staff(visitor("evaluator"))
    starts_on = now().date() + timedelta(days=20)  # the other pilot has ended: its people may be asked again
    page.goto("/audits/plans/new")
    page.locator("[name=recommendation]").select_option(index=1)
    page.locator("[name=module]").select_option(index=1)
    for team in page.locator("[name=teams]").all():
        team.check()
    page.locator("[name=assigned_on]").fill(starts_on.isoformat())
    page.locator("[name=due_on]").fill((starts_on + timedelta(weeks=4)).isoformat())
    submit(page)
    check_page(page)
    page.get_by_role("button", name="Créer le plan").click()
    page.wait_for_url("**/audits/plans/plan/*")
    page.goto("/audits/pilots/new")
    page.locator("[name=code]").fill("SUITE-2")
    page.locator("[name=title_fr]").fill("Suite du pilote")
    page.locator("[name=title_en]").fill("After the pilot")
    page.locator("[name=starts_on]").fill(starts_on.isoformat())
    page.locator("[name=ends_on]").fill((starts_on + timedelta(weeks=8)).isoformat())
    for team in page.locator("[name=teams]").all():
        team.check()
    submit(page)
    page.goto("/audits/pilots/pilot/SUITE-2/indicators/add")
    check_page(page)
    page.locator("main td a").first.click()
    page.locator("[name=threshold]").fill("70")
    submit(page)
    page.goto("/audits/pilots/pilot/SUITE-2/freeze")
    expect(page.locator("table").first).to_contain_text("%")
    check_page(page)
    page.locator("[name=confirmed]").check()
    submit(page)
    page.goto("/audits/pilots/pilot/SUITE-2")
    expect(page.locator("main")).to_contain_text(re.compile(r"[0-9a-f]{64}"))

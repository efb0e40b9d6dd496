"""Pilots on their pages: from an empty list to a checked, printed report."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from lms.audit import queries as audits
from lms.evaluation import actions
from lms.kernel.clock import hold
from lms.kernel.database import db, writing
from lms.people import queries as people
from lms.people.permissions import Role
from tests.evaluation.plant import AFTER, BEFORE, END, START, Plant
from tests.strict import StrictBrowser

AsRole = Callable[..., StrictBrowser]


@pytest.fixture
def plant(app: Flask) -> None:
    with app.app_context(), writing():
        Plant()
        db.session.commit()


@pytest.fixture
def evaluated(app: Flask) -> int:
    """The number of an evaluation of the pilot of the small plant."""
    with app.app_context(), writing():
        plant = Plant()
        pilot = plant.frozen(illustrative=True)
        plant.learn()
        number = actions.evaluate(pilot, END, by=None, now=AFTER).id
        db.session.commit()
    return number


def designed(browser: StrictBrowser, app: Flask) -> None:
    with app.app_context():
        audit = audits.audit("audit")
        teams = [team.id for team in people.teams()]
        chosen = {row.code: row.id for row in audit.recommendations}
        number = audit.id
    title = {"title_fr": "Bornes", "title_en": "Kiosks"}
    days = {"starts_on": START.isoformat(), "ends_on": END.isoformat()}
    browser.post("audits.new_pilot", {"code": "bornes", "audit": number, "teams": teams, **title, **days})
    for indicator, recommendation, threshold in (("C1", "P1", "80"), ("Q1", "P2", "10"), ("L1", "P3", "80")):
        answers = {"indicator": indicator, "recommendation": chosen[recommendation], "threshold": threshold}
        browser.post("audits.add_indicator", {**answers, "primary": "y", "critical": "y"}, code="bornes")


@pytest.mark.usefixtures("plant")
def test_a_pilot_from_design_to_evaluation(app: Flask, as_role: AsRole) -> None:
    with hold(BEFORE):
        browser = as_role(Role.EVALUATOR)
        assert browser.get("audits.pilots").words("tbody td") == ["There is no pilot yet."]
        designed(browser, app)
        page = browser.get("audits.pilot", code="bornes")
        assert page.words("tbody th") == ["C1", "Q1", "L1"]
        chances = browser.get("audits.freeze", code="bornes")
        assert "To be declared met, at least 57 of 60 people must succeed." in chances.words(".panel p")
        browser.post("audits.freeze", {}, status=422, code="bornes")
        browser.post("audits.freeze", {"confirmed": "y"}, code="bornes")
        days = {"opinion_on": BEFORE.date().isoformat(), "notice_on": BEFORE.date().isoformat()}
        browser.post("audits.conditions", {**days, "notice_version": "1"}, code="bornes")
        late = {"what": "C1:threshold", "value": "75 %", "reason": "One kiosk came late.", "data_seen": "no"}
        page = browser.post("audits.amend", late, code="bornes")
        assert "One kiosk came late." in page.words("td")
        browser.post("audits.add_indicator", {"indicator": "R1"}, status=422, code="bornes")
    with hold(AFTER):
        report = as_role(Role.EVALUATOR).post("audits.evaluate", {"as_of": END.isoformat()}, code="bornes")
        assert report.words("h1") == ["Evaluation of the pilot Kiosks"]
        assert any("One kiosk came late." in text for text in report.words("li"))


def test_the_report_on_screen(evaluated: int, as_role: AsRole) -> None:
    browser = as_role(Role.STAFF_REPRESENTATIVE)
    page = browser.get("audits.evaluation", code="pilot", number=evaluated)
    verdicts = page.words(".ruling")[:4]
    assert verdicts == ["Met", "Inconclusive", "Not met", "Outside the pilot"]
    assert "57/60 = 95%" in page.words("td a[href='#indicator-C1']")
    assert page.select("#indicator-C1")
    assert "C1 Completion: 95%" in page.select("[role=img]")[0]["aria-label"]
    assert page.select("[role=img] svg")
    assert "Illustrative figures" in page.words(".notice-title")[0]
    checked = browser.post("audits.verify", code="pilot", number=evaluated)
    assert any("every figure stands" in text for text in checked.words(".notice"))


def test_the_report_in_french(evaluated: int, as_role: AsRole) -> None:
    page = as_role(Role.HR, "fr").get("audits.evaluation", code="pilot", number=evaluated)
    assert page.words("h2")[:2] == ["1. Synthèse en une page", "2. Ce que l’audit recommandait"]
    assert page.words(".ruling")[:3] == ["Atteint", "Non concluant", "Non atteint"]


def test_the_print(evaluated: int, as_role: AsRole) -> None:
    browser = as_role(Role.HR)
    response = browser.client.get(browser.address("audits.report", code="pilot", number=evaluated, kind="pdf"))
    assert response.mimetype == "application/pdf"
    assert response.data.startswith(b"%PDF-")
    assert browser.client.get(browser.address("audits.protocol", code="pilot")).json["pilot"]["code"] == "pilot"


@pytest.mark.parametrize(
    ("role", "endpoint", "status"),
    [
        (Role.HR, "audits.pilots", 200),
        (Role.HR, "audits.freeze", 403),
        (Role.HR, "audits.evaluate", 403),
        (Role.STAFF_REPRESENTATIVE, "audits.pilot", 200),
        (Role.STAFF_REPRESENTATIVE, "audits.amend", 403),
        (Role.TRAINER, "audits.pilot", 403),
    ],
)
def test_who_may_see_what(evaluated: int, as_role: AsRole, role: Role, endpoint: str, status: int) -> None:
    browser = as_role(role)
    values = {} if endpoint == "audits.pilots" else {"code": "pilot"}
    browser.get(endpoint, status=status, **values)


@pytest.mark.parametrize(
    ("endpoint", "answers", "field"),
    [
        ("audits.amend", {"what": "C1:n_min", "value": "many", "reason": "x", "data_seen": "no"}, "value"),
        ("audits.amend", {"what": "C1:threshold", "value": "80", "reason": "x", "data_seen": "no"}, "value"),
        ("audits.amend", {"what": "ends_on", "value": "31/02/2026", "reason": "x", "data_seen": "no"}, "value"),
        ("audits.evaluate", {"as_of": date(2026, 1, 1).isoformat()}, None),
        ("audits.conditions", {"opinion_on": "2099-01-01"}, "opinion_on"),
    ],
)
def test_a_fault_is_told_where_it_is(
    evaluated: int, as_role: AsRole, endpoint: str, answers: dict, field: str | None
) -> None:
    page = as_role(Role.EVALUATOR).post(endpoint, answers, status=422, code="pilot")
    assert page.select(f'a[href="#{field}"]' if field else ".notice-danger p")


def test_what_is_not_there(evaluated: int, as_role: AsRole) -> None:
    browser = as_role(Role.EVALUATOR)
    browser.get("audits.pilot", status=404, code="nothing")
    browser.get("audits.evaluation", status=404, code="pilot", number=99)

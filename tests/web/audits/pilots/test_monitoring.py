"""The page of a running pilot, and its alerts on other pages."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from lms.audit.models import VigilancePoint
from lms.kernel.clock import hold
from lms.kernel.database import db, writing
from lms.kernel.jobs import actions, working
from lms.people.permissions import Role
from lms.web.audits.pilots.monitoring_chart import Curve, curves, spark
from tests.evaluation.monitoring.running import MIDNIGHT, running
from tests.evaluation.plant import BEFORE, Plant
from tests.strict import StrictBrowser

AsRole = Callable[..., StrictBrowser]
MONDAY = MIDNIGHT + timedelta(hours=9)


@pytest.fixture
def under_way(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context(), writing():
        running(monkeypatch)
        db.session.commit()


@pytest.fixture
def worked_out(app: Flask, under_way: None) -> None:
    work_off(app)


def work_off(app: Flask) -> None:
    """Do what the house does by itself on Monday."""
    with app.app_context(), hold(MONDAY):
        with writing():
            actions.ask_what_is_due(MONDAY)
            db.session.commit()
        working.work_off()


@pytest.mark.usefixtures("worked_out")
def test_the_page(as_role: AsRole) -> None:
    with hold(MONDAY):
        browser = as_role(Role.EVALUATOR)
        page = browser.get("audits.monitoring", code="pilot")
    assert "As of the end of Sunday, 24 May 2026" in page.words(".lead")[0]
    assert any("Provisional" in text for text in page.words(".notice-title"))
    text = page.get_text()
    assert not page.select(".verdict")
    assert "Heard of in only" in text
    assert "Not in service during this shift. Nobody came." in text
    assert page.select("svg.curves")
    assert len(page.select("svg.spark")) == 5
    alerts = [row for row in page.words("tr") if "Alert" in row]
    assert [row.split()[0] for row in alerts] == ["V1", "V3"]
    assert "since the week that ended on 15 Mar 2026" in alerts[0]


@pytest.mark.usefixtures("worked_out")
def test_alerts_on_other_pages(as_role: AsRole) -> None:
    with hold(MONDAY):
        browser = as_role(Role.HR)
        for endpoint, values in (
            ("audits.pilot", {"code": "pilot"}),
            ("audits.vigilance", {"code": "audit"}),
            ("audits.audits", {}),
        ):
            titles = browser.get(endpoint, **values).words(".notice-title")
            assert [title[:9] for title in titles if title.startswith("Alert")] == ["Alert: V1", "Alert: V3"]


@pytest.mark.usefixtures("worked_out")
def test_everyone_who_reads_evaluations_sees_the_same(as_role: AsRole) -> None:
    with hold(MONDAY):
        pages = [
            as_role(role, "fr").get("audits.monitoring", code="pilot").select("main table")
            for role in (Role.EVALUATOR, Role.HR, Role.STAFF_REPRESENTATIVE)
        ]
        assert pages[0] == pages[1] == pages[2]
        for role in (Role.TRAINER, Role.ADMINISTRATOR):
            as_role(role).get("audits.monitoring", code="pilot", status=403)


def test_nobody_waits_for_figures(app: Flask, under_way: None, as_role: AsRole) -> None:
    with hold(MONDAY):
        browser = as_role(Role.EVALUATOR)
        page = browser.get("audits.monitoring", code="pilot")
        assert "The first figures are being made." in page.get_text()
    work_off(app)
    with hold(MONDAY):
        page = browser.get("audits.monitoring", code="pilot")
        assert "Worked out on" in page.words(".lead")[0]
        assert "Newer figures are being made" not in page.get_text()
    with app.app_context(), writing():
        point = db.session.scalars(select(VigilancePoint).where(VigilancePoint.code == "V5")).one()
        point.watch = {"indicator": "R2", "direction": "ge", "limit": 0.5}
        db.session.commit()
    with hold(MONDAY):
        page = browser.get("audits.monitoring", code="pilot")
        assert "Newer figures are being made" in page.get_text()
        assert any(row.startswith("V5") and "No value yet" in row for row in page.words("tr"))


def test_refused_in_words_before_freezing(app: Flask, as_role: AsRole) -> None:
    with app.app_context(), writing():
        Plant().pilot()
        db.session.commit()
    with hold(MONDAY):
        page = as_role(Role.EVALUATOR).get("audits.monitoring", code="pilot", status=409)
    assert "Freeze the protocol first: a rule chosen after the data proves nothing." in page.get_text()


@pytest.mark.usefixtures("under_way")
def test_before_the_first_week_is_over(as_role: AsRole) -> None:
    with hold(BEFORE + timedelta(days=12)):
        page = as_role(Role.HR).get("audits.monitoring", code="pilot")
    assert "They are shown by whole weeks: the first on 9 March 2026." in page.get_text()


def test_curves_leave_hidden_weeks_out_and_labels_apart() -> None:
    drawn = curves(["1", "2", "3"], [Curve("a", [0.5, None, 0.5]), Curve("b", [0.5, 0.5, 0.51])], [None, "down", None])
    assert drawn.count("<circle") == 5
    assert drawn.count('class="outage"') == 1
    heights = [float(part.split('y="')[1].split('"')[0]) for part in drawn.split("<text")[-9:] if "label-" in part]
    assert len(heights) == 2
    assert abs(heights[0] - heights[1]) >= 18


def test_a_spark_of_nothing_is_nothing() -> None:
    assert spark([None, None], 0, 1) == ""
    assert "NaN" not in spark([3.0], None, None)

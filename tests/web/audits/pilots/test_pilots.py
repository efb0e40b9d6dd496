"""Pilots on their pages: from an empty list to a checked, printed report."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from lms.audit import queries as audits
from lms.evaluation import actions, queries
from lms.kernel.clock import hold
from lms.kernel.database import db, writing
from lms.kernel.jobs import actions as actions_of_jobs
from lms.kernel.jobs import working
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
        answers = {"recommendation": chosen[recommendation], "threshold": threshold, "role": "critical"}
        answers |= {
            "n_min": 10 if indicator == "Q1" else 30,
            "min_teams": 3,
            "icc0": "0.05" if indicator == "L1" else "0.1",
        }
        browser.post("audits.add_indicator", answers, code="bornes", indicator=indicator)


@pytest.mark.usefixtures("plant")
def test_a_pilot_from_design_to_evaluation(app: Flask, as_role: AsRole) -> None:
    with hold(BEFORE):
        browser = as_role(Role.EVALUATOR)
        assert browser.get("audits.pilots").words("tbody td") == ["There is no pilot yet."]
        designed(browser, app)
        page = browser.get("audits.pilot", code="bornes")
        assert [text for text in page.words("tbody th") if text in ("C1", "Q1", "L1")] == ["C1", "Q1", "L1"]
        chances = browser.get("audits.freeze", code="bornes")
        assert any("at least 57 of 60 people must succeed" in text for text in chances.words(".panel p"))
        signed = {"name_1": "A. B.", "role_1": "HR", "on_1": BEFORE.date().isoformat()}
        browser.post("audits.freeze", signed, status=422, code="bornes")
        refused = browser.post("audits.freeze", {"confirmed": "y", "name_1": ""}, status=422, code="bornes")
        assert refused.select('a[href="#name_1"]')
        browser.post("audits.freeze", {"confirmed": "y", **signed}, code="bornes")
        days = {"opinion_on": BEFORE.date().isoformat(), "notice_on": BEFORE.date().isoformat()}
        browser.post("audits.conditions", {**days, "notice_version": "1"}, code="bornes")
        late = {"what": "C1:threshold", "value": "75 %", "reason": "One kiosk came late.", "data_seen": "no"}
        page = browser.post("audits.amend", late, code="bornes")
        assert "One kiosk came late." in page.words("td")
        browser.post("audits.add_indicator", {"threshold": "5"}, status=422, code="bornes", indicator="R1")
    with hold(AFTER):
        browser = as_role(Role.EVALUATOR)
        following = browser.post("audits.evaluate", {"as_of": END.isoformat()}, code="bornes", follow=False).location
        with app.app_context():
            working.work_off()
        report = browser.get(following, follow=True)
        assert report.words("h1") == ["Evaluation of the pilot Kiosks"]
        assert any("One kiosk came late." in text for text in report.words("li"))


def test_an_evaluation_is_followed_until_it_can_be_read(app: Flask, evaluated: int, as_role: AsRole) -> None:
    with hold(AFTER):
        browser = as_role(Role.EVALUATOR)
        page = browser.post("audits.evaluate", {"as_of": END.isoformat()}, code="pilot")
        assert "It begins in a moment." in page.words(".job")
        following = page.select_one(".job")["hx-get"]
        again = browser.post("audits.evaluate", {"as_of": END.isoformat()}, code="pilot", follow=False)
        assert again.location == following
        as_role(Role.STAFF_REPRESENTATIVE).get(following)
        as_role(Role.TRAINER).get(following, status=404)
        with app.app_context():
            working.work_off()
            job = actions_of_jobs.newest("evaluation", f"pilot {END.isoformat()}")
            made = queries.evaluation(queries.pilot("pilot"), job.result["evaluation"])
            assert (made.run_by, made.as_of) == (job.asked_by, END)
        polled = browser.client.get(following, headers={"HX-Request": "true"})
        assert polled.headers["HX-Redirect"] == browser.client.get(following).location
        assert browser.get(following, follow=True).words("h1") == ["Evaluation of the pilot Pilot"]


def test_an_evaluation_refused_meanwhile_says_why(app: Flask, evaluated: int, as_role: AsRole) -> None:
    with hold(AFTER):
        browser = as_role(Role.EVALUATOR)
        following = browser.post("audits.evaluate", {"as_of": END.isoformat()}, code="pilot", follow=False).location
        with app.app_context(), writing():
            queries.pilot("pilot").works_council_opinion_on = None
            db.session.commit()
        with app.app_context():
            working.work_off()
        page = browser.get(following)
        assert page.words(".notice-title") == ["Nothing was made"]
        assert not page.select("[hx-get]")
        assert "It begins in a moment." in browser.post(f"{following}/again").words(".job")


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


def test_the_frozen_text_is_handed_out(evaluated: int, as_role: AsRole) -> None:
    browser = as_role(Role.HR)
    frozen = browser.client.get(browser.address("audits.protocol", code="pilot")).json
    assert (frozen["pilot"]["code"], frozen["pilot"]["teams"]) == ("pilot", ["a", "b", "c", "d", "e"])


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
        ("audits.evaluate", {"as_of": (END - timedelta(days=1)).isoformat()}, None),
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


@pytest.fixture
def being_designed(app: Flask) -> None:
    with app.app_context(), writing():
        Plant().pilot()
        db.session.commit()


@pytest.mark.usefixtures("being_designed")
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"threshold": "0.8"}, "threshold"),  # a share typed as a fraction
        ({"threshold": "120"}, "threshold"),
        ({"ambition": "70"}, "ambition"),
        ({"baseline_value": "60"}, "baseline_source"),
        ({"n_min": "0"}, "n_min"),
    ],
)
def test_an_indicator_is_refused_at_the_field(as_role: AsRole, change: dict, field: str) -> None:
    browser = as_role(Role.EVALUATOR)
    page = browser.get("audits.change_indicator", code="pilot", indicator="C1")
    kept = {
        "recommendation": page.select("#recommendation option[selected]")[0]["value"],
        "threshold": page.select("#threshold")[0]["value"],
        **dict.fromkeys(("n_min", "min_teams"), "3"),
        "icc0": "0.1",
        "role": "critical",
    }
    assert kept["threshold"] == "80"
    refused = browser.post("audits.change_indicator", {**kept, **change}, status=422, code="pilot", indicator="C1")
    assert refused.select(f'a[href="#{field}"]')
    page = browser.post(
        "audits.change_indicator",
        {**kept, "threshold": "75", "baseline_value": "60", "baseline_source": "Sheets"},
        code="pilot",
        indicator="C1",
    )
    assert "60% Sheets" in page.words("td")


@pytest.mark.usefixtures("being_designed")
def test_indicators_are_chosen_by_their_question(as_role: AsRole) -> None:
    page = as_role(Role.EVALUATOR).get("audits.choose_indicator", code="pilot")
    assert page.words("h2")[:2] == ["Usage", "What was learnt"]
    assert any(text.startswith("Do people finish?") for text in page.words("tbody th"))


@pytest.mark.usefixtures("being_designed")
def test_the_curve_is_drawn(as_role: AsRole) -> None:
    browser = as_role(Role.HR)
    drawn = browser.client.get(browser.address("audits.curve", code="pilot", indicator="C1"))
    assert (drawn.mimetype, b"<svg" in drawn.data) == ("image/svg+xml", True)
    assert browser.client.get(browser.address("audits.curve", code="pilot", indicator="C9")).status_code == 404


@pytest.mark.usefixtures("being_designed")
def test_the_protocol_is_read_before_it_is_frozen(as_role: AsRole) -> None:
    browser = as_role(Role.STAFF_REPRESENTATIVE)
    page = browser.get("audits.protocol_page", code="pilot")
    assert page.words(".lead") == ["Draft, not frozen"]
    assert "A (a), B (b), C (c), D (d), E (e)" in page.words("dd")
    assert "x (m1)" in page.words("td")
    assert "no: it rests on no evidence" in page.words("td")
    assert any("no claim about causes" in text for text in page.words("dd"))


def test_the_frozen_protocol_is_read_and_printed(evaluated: int, as_role: AsRole) -> None:
    browser = as_role(Role.STAFF_REPRESENTATIVE)
    page = browser.get("audits.protocol_page", code="pilot")
    assert "command line" in page.words("th")
    printed = browser.client.get(browser.address("audits.protocol_print", code="pilot"))
    assert printed.data.startswith(b"%PDF-")


@pytest.mark.usefixtures("being_designed")
def test_a_design_that_compares(app: Flask, as_role: AsRole) -> None:
    browser = as_role(Role.EVALUATOR)
    with app.app_context():
        teams = [team.id for team in people.teams()]
    design = {
        "title_fr": "Bornes", "starts_on": START.isoformat(), "ends_on": END.isoformat(), "teams": teams,
        "population_en": "Everyone", "comparison": "waiting_list",
    }  # fmt: skip
    refused = browser.post("audits.change_pilot", {**design, "compared": teams}, status=422, code="pilot")
    assert refused.select('a[href="#compared"]')
    page = browser.post("audits.change_pilot", {**design, "compared": teams[:2]}, code="pilot")
    assert any("Say on which day each team starts" in text for text in page.words(".notice li"))
    later = {f"starts_{team}": END.isoformat() for team in teams[:2]}
    page = browser.post("audits.stage", later, code="pilot")
    assert any("before they start" in text for text in page.words(".notice li"))  # the plans ask them from the start
    assert "Start of the team A" in page.words("tbody th")
    asked = {"confirmed": "y", "name_1": "A. B."}
    refused = browser.post("audits.freeze", asked, status=422, code="pilot")
    assert refused.select('a[href="#confirmed"]')


@pytest.mark.usefixtures("being_designed")
@pytest.mark.parametrize("comparison", ["stepped_wedge", "counterbalanced"])
def test_what_a_design_will_not_tell_is_said_beforehand(app: Flask, as_role: AsRole, comparison: str) -> None:
    with app.app_context():
        teams = [team.id for team in people.teams()]
    design = {"title_fr": "Bornes", "starts_on": START.isoformat(), "ends_on": END.isoformat(), "teams": teams}
    page = as_role(Role.EVALUATOR).post("audits.change_pilot", {**design, "comparison": comparison}, code="pilot")
    told = page.words(".note")
    assert (
        "This design will tell no change by training of C1: nothing of it is known from before a team is trained."
        in told
    )


@pytest.mark.usefixtures("being_designed")
def test_conditions_are_recorded(as_role: AsRole) -> None:
    day = BEFORE.date().isoformat()
    answers = {
        "opinion_on": day, "opinion_reference": "Minutes 4", "screened_on": day, "screening": "not_needed",
        "screening_note": "Few data", "data_officer_on": day,
    }  # fmt: skip
    page = as_role(Role.EVALUATOR).post("audits.conditions", answers, code="pilot")
    assert {"Minutes 4", "no impact assessment is needed – Few data"} <= set(page.words("td"))

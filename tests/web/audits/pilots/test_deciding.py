"""The steering group's decision and comments on their pages, up to the report."""

from collections.abc import Callable

import pytest
from flask import Flask

from lms.evaluation import actions
from lms.kernel.clock import hold
from lms.kernel.database import db, writing
from lms.people.permissions import Role
from tests.evaluation.plant import AFTER, END, Plant
from tests.strict import StrictBrowser

AsRole = Callable[..., StrictBrowser]
TOLD = {
    "decision": "adjust",
    "reasons": "The questions of m2 come too early.",
    "dissent": "Production would rather stop.",
    "signatures": "HR, A. Martin\nWorks council, B. Petit",
    "decided_on": AFTER.date().isoformat(),
    "next_moment": "Second run of m2",
    "next_moment_on": "2026-09-01",
}


@pytest.fixture
def at(app: Flask) -> dict[str, object]:
    """Where the evaluation of the small plant is."""
    with app.app_context(), writing():
        plant = Plant()
        pilot = plant.frozen(illustrative=True)
        plant.learn()
        number = actions.evaluate(pilot, END, by=None, now=AFTER).id
        db.session.commit()
    return {"code": "pilot", "number": number}


def test_a_decision_is_recorded_and_printed(at: dict, as_role: AsRole) -> None:
    with hold(AFTER):
        browser = as_role(Role.EVALUATOR)
        assert "Proposed by the rule: adjust and extend" in browser.get("audits.decide", **at).words(".lead")[0]
        report = browser.post("audits.decide", TOLD, **at)
    said = report.words("dd")
    assert "A. Martin (HR); B. Petit (Works council)" in said
    assert "Production would rather stop." in said
    assert "Second run of m2, 1 September 2026" in said


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"signatures": "A. Martin"}, "signatures"),
        ({"decided_on": "2026-06-01"}, "decided_on"),
        ({"next_moment_on": "2026-06-02"}, "next_moment_on"),
        ({"decision": ""}, "decision"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(at: dict, as_role: AsRole, change: dict, field: str) -> None:
    with hold(AFTER):
        page = as_role(Role.EVALUATOR).post("audits.decide", TOLD | change, status=422, **at)
    assert page.select(f"#{field}-fault")


def test_a_comment_leaves_the_verdict_as_it_is(at: dict, as_role: AsRole) -> None:
    remark = {"about": "indicator:L1", "text": "Question 1 was misread.", "role": "Trainer", "name": "C. Leroy"}
    with hold(AFTER):
        browser = as_role(Role.EVALUATOR)
        before = browser.get("audits.evaluation", **at).words(".ruling")
        report = browser.post("audits.comment", remark, **at)
    assert report.words(".ruling") == before
    assert any("Question 1 was misread." in text for text in report.words("li"))


def test_only_evaluators_decide(at: dict, as_role: AsRole) -> None:
    browser = as_role(Role.HR)
    browser.get("audits.decide", status=403, **at)
    browser.get("audits.comment", status=403, **at)
    assert not browser.get("audits.evaluation", **at).select("a[href$=decide]")

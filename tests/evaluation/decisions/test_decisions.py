"""Decisions and comments: signed, dated, kept for good."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from lms.evaluation import actions as evaluation
from lms.evaluation.decisions import actions, queries, rules
from lms.evaluation.decisions.models import Subject
from lms.evaluation.decisions.rules import Deciding, Remark, Signature
from lms.evaluation.proposal import Decision
from lms.kernel.database import db, writing
from lms.kernel.refusals import Refusal
from tests.evaluation.plant import AFTER, END, Plant

TODAY = AFTER.date()
DECIDING = Deciding(
    decision=Decision.ADJUST,
    reasons="L1 is not met.",
    conditions="Four more weeks.",
    dissent="Production would rather stop.",
    signatures=(Signature("HR", "A. Martin"), Signature("Works council", "B. Petit")),
    decided_on=TODAY,
    next_moment="M+3",
    next_moment_on=TODAY + timedelta(days=90),
)
REMARK = Remark(Subject.INDICATOR, "L1", "The third question was read wrongly.", "Trainer", "C. Leroy")


def test_a_decision_and_a_comment_are_kept_and_cannot_be_changed(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        plant = Plant()
        found = evaluation.evaluate(plant.frozen(), END, by=None, now=AFTER)
        before = dict(found.results)
        actions.decide(found, DECIDING, "Europe/Paris", by=None, now=AFTER)
        actions.decide(found, replace(DECIDING, decision=Decision.STOP), "Europe/Paris", by=None, now=AFTER)
        actions.comment(found, REMARK, by=None, now=AFTER)
        db.session.commit()
        assert [row.decision for row in queries.decisions(found)] == [Decision.ADJUST, Decision.STOP]
        assert queries.decisions(found)[0].signatures[1] == {"role": "Works council", "name": "B. Petit"}
        assert [row.text for row in queries.comments(found)] == [REMARK.text]
        assert found.results == before
        for change in ("UPDATE decisions SET reasons = ''", "DELETE FROM verdict_comments"):
            with pytest.raises(Exception, match="append-only"), db.session.begin_nested():
                db.session.execute(text(change))


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"signatures": ()}, rules.DecisionUnsigned),
        ({"signatures": (Signature("HR", " "),)}, rules.SignatureIncomplete),
        ({"decided_on": TODAY - timedelta(days=1)}, rules.DecisionDated),
        ({"decided_on": TODAY + timedelta(days=1)}, rules.DecisionDated),
        ({"next_moment_on": TODAY}, rules.NextMomentPast),
    ],
)
def test_what_a_decision_needs(change: dict, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        rules.check_decision(replace(DECIDING, **change), TODAY, TODAY)


def test_a_comment_needs_something_to_stand_beside() -> None:
    rules.check_remark(REMARK, {"L1"})
    with pytest.raises(rules.NothingOfThatCode):
        rules.check_remark(REMARK, {"C1"})


def test_a_decision_may_come_the_day_of_the_evaluation() -> None:
    rules.check_decision(DECIDING, date(2026, 6, 2), date(2026, 6, 2))

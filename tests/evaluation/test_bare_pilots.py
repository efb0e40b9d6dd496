"""Pilots that cannot tell: nothing recorded, one team, too few people who all succeed."""

from datetime import timedelta

import pytest

from lms.evaluation import actions, queries
from lms.evaluation.choices import Design
from lms.evaluation.models import Pilot
from lms.evaluation.verdict import Verdict
from tests.evaluation.plant import AFTER, BEFORE, END, HOUSE, START, THEN, Plant, record, store, words

OPEN = {None, Verdict.NOT_MEASURABLE, Verdict.INCONCLUSIVE}


def told(pilot: Pilot) -> list[dict]:
    """Evaluate the pilot and find everything again."""
    evaluation = actions.evaluate(pilot, END, by=None, now=AFTER)
    assert queries.verify(pilot, evaluation) == []
    return evaluation.results["figures"]["indicators"]


def test_where_nothing_was_recorded_nothing_can_be_told(session) -> None:  # noqa: ANN001
    found = told(Plant().frozen())
    assert {one["verdict"] for one in found} <= OPEN
    assert all(one["reason"] for one in found)


@pytest.mark.parametrize("everybody", [False, True], ids=["nothing done", "everybody right"])
def test_one_team_of_twelve_meets_nothing(session, everybody: bool) -> None:  # noqa: ANN001
    plant = Plant()
    pilot = plant.pilot()
    design = Design(words("Pilot"), START, END, [plant.teams["a"].id])
    actions.change_pilot(pilot, design)
    actions.freeze(pilot, HOUSE, by=None, now=BEFORE)
    known = {"opinion_on": START, "notice_version": "1", "notice_on": START, "today": END}
    actions.record_conditions(pilot, **known)
    for who in plant.people["a"] if everybody else ():
        for edition in (plant.m1, plant.m2):
            store(record(who, edition, "c1", THEN), record(who, edition, "q1", THEN + timedelta(minutes=1), True))
    found = told(pilot)
    assert {one["verdict"] for one in found} <= OPEN
    assert all(one["reason"] for one in found)

"""The series of the charts, on a plant of two teams worked by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from lms.evaluation.facts import Assigned, Facts, Item, Member, Outcome, Sitting
from lms.evaluation.measures.case import Case
from lms.evaluation.series.hours import hours
from lms.evaluation.series.items import items
from lms.evaluation.series.quantiles import quantiles
from lms.evaluation.series.steps import steps
from lms.evaluation.series.weeks import weeks

START, AS_OF = date(2026, 3, 2), date(2026, 3, 17)
MORNING = datetime(2026, 3, 3, 6, 30, tzinfo=UTC)
"""Half past seven at the plant."""


def member(person: int, shift: str = "morning", left_on: date | None = None) -> Member:
    return Member(person, "a", shift, START, left_on)


def sitting(person: int, at: datetime, delay: int = 0) -> Sitting:
    return Sitting(UUID(int=person), person, "m1", 1, at, at + timedelta(minutes=5), 300, delay)


FACTS = Facts(
    AS_OF,
    (),
    {},
    starts_on=START,
    zone="Europe/Paris",
    members=tuple(member(person) for person in range(1, 9)) + (member(9, left_on=date(2026, 3, 8)),),
    sittings=(
        *(sitting(person, MORNING) for person in range(1, 7)),
        sitting(1, MORNING + timedelta(days=7), delay=7200),
        # A quarter to midnight in London on the last day of week 1 is week 2 at the plant.
        sitting(2, datetime(2026, 3, 8, 23, 45, tzinfo=UTC)),
    ),
)


def test_weeks_count_persons_once_and_days_of_the_plant() -> None:
    found = weeks(FACTS, 5)
    assert [(row["from"], row["to"], row["present"], row["active"], row["sittings"]) for row in found] == [
        ("2026-03-02", "2026-03-08", 9, 6, 6),
        ("2026-03-09", "2026-03-15", 8, 2, 2),
        ("2026-03-16", "2026-03-17", 8, 0, 0),
    ]
    assert [row["late_days"] for row in found] == [[], ["2026-03-10"], []]


def test_a_week_of_few_people_is_masked() -> None:
    few = replace(FACTS, members=FACTS.members[:4])
    assert all(row["masked"] and row["active"] is None and not row["late_days"] for row in weeks(few, 5))


def test_no_sitting_no_curve() -> None:
    assert weeks(replace(FACTS, sittings=()), 5) is None
    assert hours(replace(FACTS, sittings=()), 5) is None


def test_hours_of_the_plant_masked_by_persons() -> None:
    """Six came at seven; one at seven a week later; one at a quarter to one: alone, so that seven goes too."""
    found = {(row["shift"], row["hour"]): row["sittings"] for row in hours(FACTS, 5)}
    assert len(found) == 24
    assert found["morning", 8] == 0
    assert found["morning", 0] is None
    assert found["morning", 7] is None
    open_hours = [one for one in FACTS.sittings if one.person != 2 or one.started_at == MORNING]
    found = {(row["shift"], row["hour"]): row["sittings"] for row in hours(replace(FACTS, sittings=open_hours), 5)}
    assert found["morning", 7] == 7


def outcome(reached: int, last: date, *, done: bool = False) -> Outcome:
    return Outcome(START, last if done else None, last_on=last, reached=reached, steps=3)


def assigned(person: int, module: str = "m1") -> Assigned:
    return Assigned(person, "a", "morning", "p", "P1", module, START, AS_OF, throughout=True)


def test_steps_tell_who_left_for_good() -> None:
    """Eight began: five did all, two stopped after step 1 (one of them three days ago), one after step 2."""
    early, late = date(2026, 3, 5), date(2026, 3, 14)
    told = [outcome(3, early, done=True)] * 5 + [outcome(1, early), outcome(1, late), outcome(2, early)]
    facts = replace(
        FACTS,
        assigned=tuple(assigned(person) for person in range(1, 10)),
        outcomes={(person, "m1"): one for person, one in enumerate(told, 1)},
    )
    (found,) = steps(facts, 5)
    assert (found["module"], found["started"]) == ("m1", 8)
    assert [(row["step"], row["reached"], row["left"]) for row in found["steps"]] == [(1, 8, 1), (2, 6, 1), (3, 5, 0)]
    (found,) = steps(facts, 6)
    assert (found["steps"][2]["masked"], found["steps"][2]["reached"]) == (True, None)
    assert steps(facts, 9) == [{"module": "m1", "started": None, "steps": [], "masked": True}]


def test_work_on_modules_that_were_not_planned_is_left_out() -> None:
    assert steps(replace(FACTS, outcomes={(1, "m9"): outcome(1, AS_OF)}), 1) is None


def pairs(count: int) -> list[Case]:
    """Scores before from 0 up by hundredths, ten points more after; and someone with the first test only."""
    told = [Case(place, "a", None, value=0.1, before=place / 100) for place in range(count)]
    return [*told, Case(999, "a", None, before=0.5)]


def test_quantiles_of_scores() -> None:
    """Of 0 to 0.20 in steps of .01, the tenth of a hundred is .02, the middle .10."""
    found = quantiles(pairs(21))
    assert found["pairs"] == 21
    assert found["at"] == [10, 25, 50, 75, 90]
    assert found["before"] == pytest.approx([0.02, 0.05, 0.10, 0.15, 0.18])
    assert found["after"] == pytest.approx([0.12, 0.15, 0.20, 0.25, 0.28])


def test_few_pairs_have_no_quantiles() -> None:
    assert quantiles(pairs(19)) is None
    assert quantiles([Case(1, "a", None, success=True)]) is None


def test_items_of_few_answers_are_masked() -> None:
    told = (
        Item("m1", "q1", 40, True, None, None, 95.0, -12.0),
        Item("m1", "q2", 4, None, None, None, 50.0, 0.0),
        Item("m1", "q3", 40, None, None, None),
    )
    found = items(replace(FACTS, items=told), 5)
    assert [(row["key"], row["facility"], row["masked"]) for row in found] == [("q1", 95.0, False), ("q2", None, True)]
    assert items(FACTS, 5) is None

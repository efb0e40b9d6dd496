"""How each indicator counts, on one small plant worked by hand."""

from datetime import date

import pytest

from lms.evaluation.facts import Assigned, Facts, Outcome
from lms.evaluation.indicators.registry import INDICATORS

START, DUE, AS_OF = date(2026, 3, 2), date(2026, 3, 31), date(2026, 5, 31)
LATE_DUE = date(2026, 6, 15)


def row(
    person: int, module: str, team: str = "a", due: date = DUE, throughout: bool = True, **more: object
) -> Assigned:
    given = {"shift": "morning", "plan": f"plan-{module}", "recommendation": "P1", **more}
    return Assigned(person, team, module=module, assigned_on=START, due_on=due, throughout=throughout, **given)


def done(day: int, passed: bool = True) -> Outcome:
    return Outcome(date(2026, 3, 3), date(2026, 3, day), passed)


STARTED = Outcome(date(2026, 3, 3))
FAILED = Outcome(date(2026, 3, 3), None, False)

FACTS = Facts(
    AS_OF,
    (
        row(1, "m1"), row(1, "m2"),  # both done, one on the due day
        row(2, "m1"), row(2, "m2"),  # one done a day early, the other started only
        row(3, "m1"), row(3, "m2"),  # never came
        row(4, "m1", throughout=False), row(4, "m2", due=LATE_DUE),  # failed once; the second is not due yet
    ),
    {
        (1, "m1"): done(31), (1, "m2"): done(30, passed=False),
        (2, "m1"): done(30), (2, "m2"): STARTED,
        (4, "m1"): FAILED,
    },
)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("R1", [(1, True), (2, True), (3, False), (4, True)]),
        ("C1", [(1, True), (2, False), (3, False), (4, False)]),
        ("C2", [(1, True), (1, True), (2, True), (2, False), (3, False), (3, False), (4, False)]),  # 4's m2: not due
        ("L1", [(1, True), (1, False), (2, True), (2, None), (3, None), (3, None), (4, False), (4, None)]),
        ("Q1", [(1, True), (2, False), (3, False), (4, False)]),
    ],
)
def test_cases(code: str, expected: list[tuple[int, bool | None]]) -> None:
    assert [(case.person, case.success) for case in INDICATORS[code].cases(FACTS)] == expected


def test_a_day_late_is_late() -> None:
    late = Facts(AS_OF, (row(1, "m1"),), {(1, "m1"): Outcome(START, date(2026, 4, 1), True)})
    assert [case.success for case in INDICATORS["C2"].cases(late)] == [False]


def test_someone_not_there_throughout_is_marked() -> None:
    marked = {case.person: case.throughout for case in INDICATORS["C1"].cases(FACTS)}
    assert marked == {1: True, 2: True, 3: True, 4: False}


def test_facts_of_one_recommendation_and_module() -> None:
    other = row(9, "m1", recommendation="P2")
    twice = Assigned(1, "b", "night", "plan-again", "P1", "m1", date(2026, 4, 1), LATE_DUE, True)
    facts = Facts(AS_OF, (twice, *FACTS.assigned, other), FACTS.outcomes)
    assert len(facts.of("P1", ()).assigned) == 8
    assert {found.module for found in facts.of("P1", ["m2"]).assigned} == {"m2"}
    assert next(found.plan for found in facts.of("P1", ["m1"]).assigned if found.person == 1) == "plan-m1"

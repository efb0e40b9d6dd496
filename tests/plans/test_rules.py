"""Whom a plan concerns."""

from datetime import date

import pytest

from lms.plans.rules import (
    PlanCodeMalformed,
    PlanState,
    Presence,
    concerned,
    first_concerned_on,
    own_due_on,
    proposed_code,
    refuse_malformed,
    state,
)

ASSIGNED = date(2026, 3, 2)
CUT_OFF = date(2026, 5, 31)


def day(month: int, number: int) -> date:
    return date(2026, month, number)


@pytest.mark.parametrize(
    ("presences", "expected"),
    [
        ([Presence(day(1, 1), None)], True),  # there all along
        ([Presence(day(1, 1), day(3, 3))], True),  # present at assignment, left next day: intention to train
        ([Presence(day(1, 1), day(3, 1))], False),  # left the day before
        ([Presence(day(4, 1), day(4, 14))], True),  # a joiner with exactly 14 days
        ([Presence(day(4, 1), day(4, 13))], False),  # a joiner with 13
        ([Presence(day(4, 1), day(4, 7)), Presence(day(5, 1), day(5, 7))], True),  # twice a week adds up
        ([Presence(day(5, 19), None)], False),  # 13 days before the cut-off
        ([Presence(day(5, 18), None)], True),  # 14 days before the cut-off
        ([Presence(day(6, 1), None)], False),  # after the cut-off
        ([], False),  # never in a planned team
    ],
)
def test_concerned(presences: list[Presence], expected: bool) -> None:
    assert concerned(presences, ASSIGNED, CUT_OFF) is expected


def test_a_plan_concerns_nobody_before_it_is_assigned() -> None:
    assert not concerned([Presence(day(1, 1), None)], ASSIGNED, day(3, 1))


def test_a_joiner_is_given_as_many_days_as_the_others() -> None:
    joined = first_concerned_on([Presence(day(4, 1), None)], ASSIGNED)
    assert joined == day(4, 1)
    assert own_due_on(joined, ASSIGNED, day(3, 31)) == day(4, 30)
    assert own_due_on(first_concerned_on([Presence(day(1, 1), None)], ASSIGNED), ASSIGNED, day(3, 31)) == day(3, 31)


@pytest.mark.parametrize(
    ("today", "cancelled", "expected"),
    [
        (date(2026, 2, 28), False, PlanState.PLANNED),
        (date(2026, 3, 1), False, PlanState.RUNNING),  # the day of assignment
        (date(2026, 3, 31), False, PlanState.RUNNING),  # the due day still belongs to it
        (date(2026, 4, 1), False, PlanState.ENDED),
        (date(2026, 3, 1), True, PlanState.CANCELLED),
    ],
)
def test_where_a_plan_stands(today: date, cancelled: bool, expected: PlanState) -> None:
    assert state(date(2026, 3, 1), date(2026, 3, 31), cancelled, today) is expected


def test_a_proposed_code_is_free() -> None:
    assert proposed_code({"PL1", "PL3"}) == "PL2"


@pytest.mark.parametrize("code", ["", "a/b", "-a", "é", "a b", "a\n", "x" * 41])
def test_a_code_that_could_not_stand_in_an_address_is_refused(code: str) -> None:
    with pytest.raises(PlanCodeMalformed):
        refuse_malformed(code)

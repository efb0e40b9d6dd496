"""What an import would take away, without an application."""

from datetime import date

import pytest

from lms.people.roster.comparison import KnownPerson, Plan
from lms.people.roster.losses import Emptied, Losses, losses

TODAY = date(2026, 3, 2)
A, B = 1, 2


def person(number: int, team: int | None, left_on: date | None = None) -> KnownPerson:
    return KnownPerson(number, str(number), "G", "F", None, None, None, None, left_on, None, team, None)


def plan(number: int | None, team: int | str | None = None, left_on: date | None = None) -> Plan:
    return Plan(1, number, str(number), "G F", team=team, left_on=left_on)


PEOPLE = [person(1, A), person(2, A), person(3, B), person(4, None), person(5, A, date(2026, 1, 1))]


@pytest.mark.parametrize(
    ("changed", "created", "emptied", "leaving"),
    [
        ([], [], [], 0),
        ([plan(3, left_on=TODAY)], [], [Emptied("B", 1)], 1),
        ([plan(3, team=A)], [], [Emptied("B", 1)], 0),
        ([plan(3, team=A), plan(1, team=B)], [], [], 0),
        ([plan(3, left_on=TODAY)], [plan(None, team=B)], [], 1),
        ([plan(1, left_on=date(2027, 1, 1)), plan(2, team="new")], [], [Emptied("A", 2)], 1),
        ([plan(4, team=B), plan(5, left_on=TODAY)], [], [], 0),  # who left already leaves no more
    ],
)
def test_what_is_taken_away(changed: list, created: list, emptied: list, leaving: int) -> None:
    found = losses(changed, created, PEOPLE, {A: "A", B: "B"}, TODAY)
    assert (list(found.emptied), found.leaving, found.present) == (emptied, leaving, 4)


@pytest.mark.parametrize(
    ("leaving", "percent", "too_many"), [(0, 0, False), (1, 0, True), (10, 10, False), (11, 10, True)]
)
def test_a_share_of_those_present(leaving: int, percent: int, too_many: bool) -> None:
    assert Losses((), leaving, 100).too_many(percent) is too_many

"""When figures are shown and which are kept, and when a limit is crossed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.monitoring.limits import crossed, crossed_since
from lms.evaluation.monitoring.weekly import Provisional, cut_offs, published
from lms.evaluation.verdict import Direction

START = date(2026, 9, 14)
WEEKS = [START + timedelta(days=6 + 7 * number) for number in range(6)]


@pytest.mark.parametrize(
    ("today", "weeks"),
    [
        (START, 0),
        (START + timedelta(days=6), 0),
        (START + timedelta(days=7), 1),
        (START + timedelta(days=13), 1),
        (START + timedelta(days=14), 2),
        (START + timedelta(days=400), 3),
    ],
)
def test_a_week_counts_once_it_is_over(today: date, weeks: int) -> None:
    ends_on = START + timedelta(days=25)
    assert cut_offs(START, ends_on, today) == WEEKS[:weeks]


@given(st.integers(0, 100), st.integers(0, 6))
def test_no_two_days_of_a_week_show_another_cut_off(week: int, day: int) -> None:
    first = START + timedelta(weeks=week)
    ends_on = START + timedelta(weeks=60)
    assert cut_offs(START, ends_on, first + timedelta(days=day)) == cut_offs(START, ends_on, first)


def at(place: int, *counted: int) -> Provisional:
    return Provisional(WEEKS[place], {"value": place}, frozenset(counted))


def test_an_earlier_figure_is_kept_while_too_few_people_are_new() -> None:
    """Evaluation reference, section 3.7, rule 5, with k = 5."""
    ten = range(10)
    found = [at(0, *ten), at(1, *ten), at(2, *ten, 11, 12), at(3, *ten, 11, 12, 13, 14, 15), at(4, *range(1, 10))]
    assert [one.cut_off for one in published(found, 5)] == [WEEKS[0], WEEKS[1], WEEKS[1], WEEKS[3], WEEKS[4]]


@given(st.lists(st.frozensets(st.integers(1, 12)), min_size=1, max_size=6))
def test_no_two_figures_shown_differ_by_a_few_people(counted: list[frozenset[int]]) -> None:
    shown = published([at(place, *people) for place, people in enumerate(counted)], 5)
    for before, after in zip(shown, shown[1:], strict=False):
        assert len(before.counted ^ after.counted) not in range(1, 5)


@pytest.mark.parametrize(
    ("value", "direction", "expected"),
    [
        (0.3, Direction.LE, False),
        (0.1 + 0.2, Direction.LE, False),
        (0.31, Direction.LE, True),
        (0.31, Direction.GE, False),
        (0.29, Direction.GE, True),
        ("inf", Direction.LE, True),
        ("inf", Direction.GE, False),
        (None, Direction.LE, None),
    ],
)
def test_a_limit_is_crossed_by_what_lies_beyond_it(
    value: float | str | None, direction: Direction, expected: object
) -> None:
    assert crossed(value, direction, 0.3) is expected


@pytest.mark.parametrize(
    ("history", "since"),
    [
        ([], None),
        ([False, True, True], 1),
        ([True, False, True], 2),
        ([True, True, False], None),
        ([True, None, True], 0),
        ([True, True, None], None),
        ([None, None], None),
    ],
)
def test_since_when_without_a_break(history: list[bool | None], since: int | None) -> None:
    found = crossed_since(list(zip(WEEKS, history, strict=False)))
    assert found == (None if since is None else WEEKS[since])

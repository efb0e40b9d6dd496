"""A job is given up after three attempts in a row that got no further."""

import pytest

from lms.kernel.jobs.rules import Way, stopped


@pytest.mark.parametrize(
    ("steps", "given_up_after"),
    [
        ((0, 0, 0), 3),
        ((5, 5, 5, 5), 4),
        ((5, 3, 4, 2), 4),
        ((1, 2, 3, 4, 5, 6), None),
        ((5, 3, 4, 6, 0, 0), None),
        ((5, 4, 5, 6, 6, 6, 6), 7),
    ],
    ids=str,
)
def test_three_in_a_row_without_getting_further(steps: tuple[int, ...], given_up_after: int | None) -> None:
    way = Way()
    for attempt, done in enumerate(steps, start=1):
        way = stopped(Way(attempt, way.furthest, way.further_in), done)
        assert way.is_hopeless == (attempt == given_up_after), attempt

"""Waits after failures, by tables of cases."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.people.throttle import LONGEST_WAIT, name_wait, origin_wait

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
second = timedelta(seconds=1)


def failures(count: int, every: timedelta = second) -> list[datetime]:
    """Failures that end at noon."""
    return [NOON - every * (count - 1 - place) for place in range(count)]


@pytest.mark.parametrize(
    ("count", "seconds"),
    [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (8, 240), (9, 480), (10, 900), (11, 900), (400, 900)],
)
def test_one_name_waits_longer_after_each_failure(count: int, seconds: int) -> None:
    assert name_wait(failures(count), NOON) == timedelta(seconds=seconds)


def test_a_wait_passes() -> None:
    assert name_wait(failures(5), NOON + 29 * second) == second
    assert name_wait(failures(5), NOON + 30 * second) == timedelta(0)


@pytest.mark.parametrize(
    ("count", "every", "seconds"),
    [
        (19, 0, 0),  # room for one more
        (20, 0, 30),  # full
        (20, 30, 0),  # 20 in 10 minutes: one leaves as one comes
        (40, 30, 0),
        (20, 15, 0),  # half have left
        (37, 15, 0),  # 37 failures, 18 have left
        (38, 15, 15),
    ],
)
def test_an_origin_is_slowed_by_a_bucket(count: int, every: int, seconds: int) -> None:
    assert origin_wait(failures(count, timedelta(seconds=every)), NOON) == timedelta(seconds=seconds)


@given(st.lists(st.integers(0, 3600), max_size=80).map(sorted))
def test_nobody_at_an_origin_waits_longer_than_half_a_minute(seconds: list[int]) -> None:
    """Whatever an attacker does within the rules, a bucket never holds more than 20."""
    tries: list[datetime] = []
    for after in seconds:
        at = NOON + after * second
        if not origin_wait(tries, at):
            tries.append(at)
        assert origin_wait(tries, at) <= 30 * second
        assert name_wait(tries, at) <= LONGEST_WAIT

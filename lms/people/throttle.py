"""How tries at signing in are slowed down (pure).

Two counts, both kept per origin, so that no failure at one kiosk is felt at another:
of one name, which makes guessing one person's PIN slow, and of one origin, which makes
trying one PIN on many people slow. Neither ever closes for good, and neither makes
anyone wait longer than a quarter of an hour (one name) or half a minute (one origin).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
MEMORY = timedelta(hours=24)
"""Older failures are forgotten; at the longest wait this leaves about 100 guesses a day."""

BUCKET_SIZE = 20
BUCKET_DRAIN = timedelta(seconds=30)
"""20 failures in 10 minutes: the bucket holds 20 and loses one in 30 seconds."""
BUCKET_MEMORY = timedelta(hours=1)


def name_wait(failures: Sequence[datetime], now: datetime) -> timedelta:
    """Return how long one name at one origin has to wait.

    `failures` are those since the last success, oldest first. Five are free, then the
    wait after each is 30 s, 1, 2, 4, 8, 15, 15 … minutes.
    """
    if len(failures) < FREE_TRIES:
        return timedelta(0)
    doublings = min(len(failures) - FREE_TRIES, 10)
    wait = min(FIRST_WAIT * 2**doublings, LONGEST_WAIT)
    return max(failures[-1] + wait - now, timedelta(0))


def origin_wait(failures: Sequence[datetime], now: datetime) -> timedelta:
    """Return how long an origin has to wait for its next try, whoever tries.

    A bucket of 20 failures (oldest first) that loses one in 30 seconds.
    """
    level, at = 0.0, now
    for failure in failures:
        level = _drained(level, failure - at) + 1 if level else 1.0
        at = failure
    over = _drained(level, now - at) - (BUCKET_SIZE - 1)
    # A try needs room for one more failure.
    return BUCKET_DRAIN * over if over > 0 else timedelta(0)


def _drained(level: float, passed: timedelta) -> float:
    return max(0.0, level - passed / BUCKET_DRAIN)

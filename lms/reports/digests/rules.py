"""When a leader may be written to. Pure."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from enum import StrEnum

DAY = (time(7), time(20))
"""Nobody is written to outside these hours."""
BEFORE_THE_NIGHT = (time(17), time(20))
"""When whoever leads nights alone is written to."""
Hours = tuple[time, time]


class Every(StrEnum):
    """How often."""

    DAY = "day"
    WEEK = "week"
    NEVER = "never"


def is_due(every: Every, last_on: date | None, moment: datetime, shifts: Collection[Hours]) -> bool:
    """Whether a leader is to be written to at a moment of the plant's clock.

    On working days, while a shift of theirs is at work by day; who leads nights alone late in
    the afternoon; who leads no shift at any hour of the day. At most once a day, or a week
    (from Monday).
    """
    today = moment.date()
    if every is Every.NEVER or today.weekday() > 4:
        return False
    since = today if every is Every.DAY else today - timedelta(days=today.weekday())
    if last_on is not None and last_on >= since:
        return False
    return any(begins <= moment.time() < ends for begins, ends in windows(shifts))


def windows(shifts: Collection[Hours]) -> list[Hours]:
    """Return the hours in which whoever leads these shifts may be written to."""
    if not shifts:
        return [DAY]
    stretches = [stretch for shift in shifts for stretch in _by_clock(shift)]
    by_day = [(max(begins, DAY[0]), min(ends, DAY[1])) for begins, ends in stretches]
    return [(begins, ends) for begins, ends in by_day if begins < ends] or [BEFORE_THE_NIGHT]


def _by_clock(shift: Hours) -> list[Hours]:
    """Return a shift as stretches of one day: one that passes midnight is two."""
    begins, ends = shift
    return [(begins, ends)] if begins < ends else [(begins, time.max), (time(), ends)]

"""When simulated people are at work: five days a week, in their shift. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from lms.demonstration.behaviour import ShiftCode
from lms.demonstration.plant import SHIFTS

SHIFT_HOURS = 8
WORKDAYS = 5
LAST_MINUTES = 15
"""Nobody takes a module up again so shortly before going home."""


def moments(shift: ShiftCode, first: date, last: date, zone: ZoneInfo, random: Random) -> list[datetime]:
    """Return one time within each shift worked from the first to the last day, both included, in order."""
    return [_within(day, SHIFTS[shift][1], zone, random) for day in _workdays(first, last)]


def at_work_from(moment: datetime, shift: ShiftCode, worked: Sequence[datetime], zone: ZoneInfo) -> datetime | None:
    """Return the moment itself while the shift lasts, else the next of the times worked; None after the last."""
    local, begins = moment.astimezone(zone), SHIFTS[shift][1]
    into = (local.hour * 60 + local.minute - begins.hour * 60 - begins.minute) % (24 * 60)
    if into <= SHIFT_HOURS * 60 - LAST_MINUTES:
        return moment
    return next((later for later in worked if later > moment), None)


def _workdays(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        if day.weekday() < WORKDAYS:
            yield day
        day += timedelta(days=1)


def _within(day: date, starts_at: time, zone: ZoneInfo, random: Random) -> datetime:
    # Not in the first nor in the last half hour: that is when shifts hand over.
    minutes = random.randint(30, SHIFT_HOURS * 60 - 30)
    return datetime.combine(day, starts_at, zone) + timedelta(minutes=minutes)

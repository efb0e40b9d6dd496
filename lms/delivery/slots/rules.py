"""When ten minutes are to be had. Pure."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lms.kernel.refusals import Refusal

LASTS = timedelta(minutes=10)
SETTLED = timedelta(hours=2)
"""A shift has settled after so long: slots of days to come begin there."""
AHEAD = timedelta(days=21)
"""How far ahead a slot may lie."""
NOON = time(10)
"""When a slot begins in a team without a shift."""


class SlotPast(Refusal):
    """The slot would begin in the past."""


class SlotTooFar(Refusal):
    """The slot would begin in more than three weeks."""


class SlotTwice(Refusal):
    """The person has ten minutes on that day already."""


class KioskTaken(Refusal):
    """Somebody else has the kiosk at that time."""


class SlotKeyReused(Refusal):
    """The number of the slot is that of another one."""


@dataclass(frozen=True)
class Proposal:
    """A time at which a kiosk is free."""

    starts_at: datetime
    terminal_id: int | None


@dataclass(frozen=True)
class Hours:
    """When a team works; the end lies on the next day where it is not after the start."""

    starts_at: time
    ends_at: time


def check(starts_at: datetime, now: datetime) -> None:
    """Raise SlotPast or SlotTooFar; a slot may have begun just now."""
    if starts_at < now - LASTS:
        raise SlotPast()
    if starts_at > now + AHEAD:
        raise SlotTooFar(days=AHEAD.days)


def proposals(
    hours: Hours | None,
    terminal_ids: Sequence[int],
    taken: Collection[tuple[int | None, datetime]],
    now: datetime,
    zone: ZoneInfo,
    days: Sequence[date],
) -> list[Proposal]:
    """Return the first free ten minutes of each of these days on which the team works still."""
    found = (_first(hours, terminal_ids, taken, now, zone, day) for day in days)
    return [proposal for proposal in found if proposal is not None]


def working_days(first: date, number: int) -> list[date]:
    """Return so many days from a day on, Saturdays and Sundays left out."""
    ahead = (first + timedelta(days=place) for place in range(2 * number + 2))
    return [day for day in ahead if day.weekday() < 5][:number]


def _first(
    hours: Hours | None,
    terminal_ids: Sequence[int],
    taken: Collection[tuple[int | None, datetime]],
    now: datetime,
    zone: ZoneInfo,
    day: date,
) -> Proposal | None:
    for starts_at in _times(hours, now, zone, day):
        free = [terminal for terminal in terminal_ids if (terminal, starts_at) not in taken]
        if free or not terminal_ids:
            return Proposal(starts_at, free[0] if free else None)
    return None


def _times(hours: Hours | None, now: datetime, zone: ZoneInfo, day: date) -> Iterator[datetime]:
    """Yield the tens of minutes of a team's day that are still to come, from when the shift has settled."""
    begins = datetime.combine(day, hours.starts_at if hours else NOON, zone)
    ends = datetime.combine(day, hours.ends_at, zone) if hours else begins + timedelta(hours=6)
    if ends <= begins:
        ends += timedelta(days=1)
    first = max(begins + (SETTLED if hours else timedelta()), _next_ten(now.astimezone(zone)))
    while first + LASTS <= ends:
        yield first
        first += LASTS


def _next_ten(moment: datetime) -> datetime:
    """Return the first full ten minutes that leave five to walk to the kiosk."""
    after = moment + timedelta(minutes=15)
    return after.replace(minute=after.minute - after.minute % 10, second=0, microsecond=0)

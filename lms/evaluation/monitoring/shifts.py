"""For how much of each shift a kiosk can be reached. Pure."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from lms.delivery.service import DAY, QUARTER, Hours, Quarter, Window, in_force, service, terminal_days
from lms.evaluation.kept import ShiftHours


@dataclass(frozen=True)
class Reachable:
    """A kiosk in the hours of a shift, over the days on which it had service at all."""

    days: int
    shift_minutes: int
    """Minutes of the shift on these days."""
    scheduled_minutes: int
    """Of them, those in which the kiosk was meant to be in service."""
    seen_minutes: int
    """Of these, those in which it was heard of."""


def reachable(
    shift: ShiftHours, hours: Sequence[Hours], quarters: Sequence[Quarter], first: date, last: date, zone: tzinfo
) -> Reachable:
    """Return for how much of a shift a kiosk could be reached from the first to the last day.

    `hours` are in the order in which they were entered, `quarters` in that of time.
    """
    days = shift_minutes = scheduled = seen = 0
    for day in _service_days(hours, first, last, zone):
        window = shift_window(shift, day, zone)
        days += 1
        shift_minutes += window.minutes
        for found in terminal_days(0, None, hours, _around(quarters, window), window, zone):
            scheduled += found.scheduled_minutes
            seen += found.seen_minutes
    return Reachable(days, shift_minutes, scheduled, seen)


def length_of(shift: ShiftHours) -> float:
    """Return how many hours a shift lasts by the clock."""
    return shift_window(shift, date(2001, 1, 1), UTC).minutes / 60


def shift_window(shift: ShiftHours, day: date, zone: tzinfo) -> Window:
    """Return when the shift that starts on a day works."""
    ends_on = day if shift.ends_at > shift.starts_at else day + DAY
    begins, ends = datetime.combine(day, shift.starts_at, zone), datetime.combine(ends_on, shift.ends_at, zone)
    return Window(begins.astimezone(UTC), ends.astimezone(UTC))


def _service_days(hours: Sequence[Hours], first: date, last: date, zone: tzinfo) -> Iterator[date]:
    """Yield the days on which a service opens: on the others nobody works, as far as is known.

    The last day is left out: its night shift goes on after the cut-off.
    """
    for number in range((last - first).days):
        day = first + number * DAY
        if service(in_force(hours, day), day, zone) is not None:
            yield day


def _around(quarters: Sequence[Quarter], window: Window) -> Sequence[Quarter]:
    first = bisect_left(quarters, window.begins - QUARTER, key=_start)
    return quarters[first : bisect_left(quarters, window.ends, key=_start)]


def _start(quarter: Quarter) -> datetime:
    return quarter.starts_at

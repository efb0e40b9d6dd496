"""When kiosks are meant to be in service, and for how much of it they were heard of. Pure."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

QUARTER = timedelta(minutes=15)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Hours:
    """When a kiosk is meant to be in service, from a day on."""

    starts_on: date
    opens_at: time
    closes_at: time
    weekdays: int
    """Bits, 1 for Monday."""


@dataclass(frozen=True)
class Quarter:
    """What was heard of a kiosk in a quarter of an hour."""

    starts_at: datetime
    minutes: int
    """Bits, 1 for the first minute."""
    slow_requests: int


@dataclass(frozen=True)
class Window:
    """A stretch of time; its end is not in it."""

    begins: datetime
    ends: datetime

    def within(self, other: "Window") -> "Window":
        """Return what of this lies in the other; it may be empty."""
        begins = max(self.begins, other.begins)
        return Window(begins, max(begins, min(self.ends, other.ends)))

    @property
    def minutes(self) -> int:
        """How long it is, in whole minutes."""
        return (self.ends - self.begins) // MINUTE

    def heard(self, quarter: Quarter) -> int:
        """Return how many of the minutes in which a kiosk was heard of lie in the window."""
        if self.begins <= quarter.starts_at and quarter.starts_at + QUARTER <= self.ends:
            return quarter.minutes.bit_count()
        heard = (quarter.starts_at + place * MINUTE for place in range(15) if quarter.minutes >> place & 1)
        return sum(self.begins <= minute < self.ends for minute in heard)


@dataclass(frozen=True)
class TerminalDay:
    """A kiosk on one day: minutes of its service, minutes of them in which it was heard of, trouble it had.

    A service that passes midnight belongs to the day on which it opens.
    """

    terminal_id: int
    workshop_id: int | None
    day: date
    scheduled_minutes: int
    seen_minutes: int
    slow_requests: int


def quarter_of(moment: datetime) -> datetime:
    """Return the beginning of the quarter of an hour in which a moment (in UTC) lies."""
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)


def minute_bit(moment: datetime) -> int:
    """Return the bit that stands for the minute of a moment in its quarter."""
    return 1 << moment.minute % 15


def in_force(entries: Iterable[Hours], day: date) -> Hours | None:
    """Return the hours of a day: the last entered (they come in that order) of those that had begun."""
    begun = [entry for entry in entries if entry.starts_on <= day]
    return begun[-1] if begun else None


def service(hours: Hours | None, day: date, zone: tzinfo) -> Window | None:
    """Return the service that opens on a day, or None when there is none."""
    if hours is None or not hours.weekdays >> day.weekday() & 1:
        return None
    closes_on = day if hours.closes_at > hours.opens_at else day + DAY
    return Window(datetime.combine(day, hours.opens_at, zone), datetime.combine(closes_on, hours.closes_at, zone))


def is_open(entries: Sequence[Hours], moment: datetime, zone: tzinfo) -> bool | None:
    """Return whether a kiosk is meant to be in service at a moment; None where no hours hold then."""
    today = moment.astimezone(zone).date()
    if in_force(entries, today) is None:
        return None
    windows = (service(in_force(entries, day), day, zone) for day in (today - DAY, today))
    return any(window is not None and window.begins <= moment < window.ends for window in windows)


def terminal_days(
    terminal_id: int,
    workshop_id: int | None,
    entries: Sequence[Hours],
    quarters: Sequence[Quarter],
    period: Window,
    zone: tzinfo,
) -> Iterator[TerminalDay]:
    """Yield the days of a kiosk in a period on which it had service or was in trouble, in order.

    `quarters` are in order. The period ends with the last whole quarter: what is under way is
    neither up nor down yet.
    """
    period = Window(period.begins, quarter_of(period.ends))
    first, last = (moment.astimezone(zone).date() for moment in (period.begins, period.ends))
    slow: Counter[date] = Counter()
    for quarter in quarters:
        slow[quarter.starts_at.astimezone(zone).date()] += quarter.slow_requests
    # From the day before the first: its service may pass midnight.
    for number in range(-1, (last - first).days + 1):
        day = first + number * DAY
        window = _service_within(period, in_force(entries, day), day, zone)
        if window.minutes or slow[day]:
            yield TerminalDay(terminal_id, workshop_id, day, window.minutes, _heard(quarters, window), slow[day])


def _service_within(period: Window, hours: Hours | None, day: date, zone: tzinfo) -> Window:
    opened = service(hours, day, zone)
    if opened is None:
        return Window(period.begins, period.begins)
    # In UTC: an hour that clocks repeat or leave out counts for what it lasts.
    return Window(opened.begins.astimezone(UTC), opened.ends.astimezone(UTC)).within(period)


def _heard(quarters: Sequence[Quarter], window: Window) -> int:
    first = bisect_left(quarters, window.begins - QUARTER, key=_start)
    last = bisect_left(quarters, window.ends, key=_start)
    return sum(window.heard(quarter) for quarter in quarters[first:last])


def _start(quarter: Quarter) -> datetime:
    return quarter.starts_at

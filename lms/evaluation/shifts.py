"""Which shift works at a moment, and how much of a stretch of time lies in one. Pure."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from lms.evaluation.kept import ShiftHours

DAY = timedelta(days=1)


def shift_at(moment: datetime, shifts: Iterable[ShiftHours], zone: ZoneInfo) -> tuple[date, str | None]:
    """Return the day and the shift of a moment; after midnight a night shift is still the day before's."""
    local = moment.astimezone(zone)
    day, clock = local.date(), local.time()
    for hours in shifts:
        if hours.starts_at < hours.ends_at:
            if hours.starts_at <= clock < hours.ends_at:
                return day, hours.code
        elif clock >= hours.starts_at:
            return day, hours.code
        elif clock < hours.ends_at:
            return day - DAY, hours.code
    return day, None


def share_outside(first: datetime, last: datetime, hours: ShiftHours, zone: ZoneInfo) -> float:
    """Return the share of a stretch that lies outside a shift's hours; of a mere moment 0 or 1."""
    if last <= first:
        return float(not any(begins <= first < ends for begins, ends in _windows(first, last, hours, zone)))
    inside = timedelta()
    for begins, ends in _windows(first, last, hours, zone):
        if begins < last and first < ends:
            inside += min(last, ends) - max(first, begins)
    return 1 - inside / (last - first)


def _windows(first: datetime, last: datetime, hours: ShiftHours, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """Yield the shift's own hours on each day that they could share with the stretch, in UTC."""
    day, until = first.astimezone(zone).date() - DAY, last.astimezone(zone).date()
    while day <= until:
        yield _window(day, hours, zone)
        day += DAY


@lru_cache(maxsize=4096)
def _window(day: date, hours: ShiftHours, zone: ZoneInfo) -> tuple[datetime, datetime]:
    closes_on = day if hours.ends_at > hours.starts_at else day + DAY
    begins, ends = datetime.combine(day, hours.starts_at, zone), datetime.combine(closes_on, hours.ends_at, zone)
    return begins.astimezone(UTC), ends.astimezone(UTC)

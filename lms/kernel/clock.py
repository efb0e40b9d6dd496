"""The one clock of the house: aware times in UTC, replaceable in tests and simulations; the plant's days."""

from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from flask import current_app, request

CAME = "etabli.came"
"""Where the server says in a request's environment when it came (UTC); it may have waited since."""

_held: ContextVar[datetime | None] = ContextVar("held_time", default=None)


def now() -> datetime:
    """Return the present time in UTC, or the time that `hold` holds."""
    return _held.get() or datetime.now(UTC)


def came() -> datetime:
    """Return when the request that is served came to the server (UTC), before it waited for its turn.

    What a kiosk's clock said as it asked is compared with this.
    """
    return _held.get() or request.environ.get(CAME) or now()


def local_day(moment: datetime) -> date:
    """Return the calendar day of a moment (aware) where the plant stands."""
    return moment.astimezone(current_app.config["TIMEZONE"]).date()


def end_of(day: date) -> datetime:
    """Return the last moment of a calendar day where the plant stands."""
    after = datetime.combine(day + timedelta(days=1), time(), current_app.config["TIMEZONE"])
    return after.astimezone(UTC) - timedelta(microseconds=1)


Day = TypeVar("Day", date, datetime)


def months_after(day: Day, months: int) -> Day:
    """Return the same day so many months later; the last of the month where that has none (31 January: 28 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


def last_sunday() -> date:
    """Return the last day of the last whole week: whoever may see no names gets figures as of then.

    Figures of two days compared could tell of one person.
    """
    return today() - timedelta(days=today().isoweekday())


def today() -> date:
    """Return the present day where the plant stands."""
    return local_day(now())


@contextmanager
def hold(moment: datetime) -> Iterator[None]:
    """Let `now()` return `moment` (aware) in this context, for tests and simulations."""
    token = _held.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _held.reset(token)

"""The one clock of the house: aware times in UTC, replaceable in tests and simulations."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_held: ContextVar[datetime | None] = ContextVar("held_time", default=None)


def now() -> datetime:
    """Return the present time in UTC, or the time that `hold` holds."""
    return _held.get() or datetime.now(UTC)


@contextmanager
def hold(moment: datetime) -> Iterator[None]:
    """Let `now()` return `moment` (aware) in this context, for tests and simulations."""
    token = _held.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _held.reset(token)

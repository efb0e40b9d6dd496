"""How figures and days are written in the language of the reader."""

from collections.abc import Sequence
from datetime import date, datetime

from babel.dates import format_date
from babel.numbers import format_decimal

from lms.kernel.languages import current_language
from lms.kernel.languages import gettext as _

NOTHING = "–"
_LOCALES = {"en": "en_GB"}
"""A French plant's English reader writes the day before the month."""


def number(value: float | None, places: int = 1) -> str:
    """Return a number with at most that many decimals, the language's decimal sign."""
    if value is None:
        return NOTHING
    return format_decimal(value, "#,##0" + ("." + "#" * places if places else ""), current_language())


def percent(share: float | None) -> str:
    """Return a share (0 to 1) in per cent, at most one decimal."""
    return NOTHING if share is None else _("%(number)s%%", number=number(share * 100))


def points(share: float | None) -> str:
    """Return a difference of shares in percentage points."""
    return NOTHING if share is None else _("%(number)s points", number=number(share * 100))


def bounds(low: float | None, high: float | None, *, in_points: bool) -> str:
    """Return an interval of shares, in per cent or points."""
    if low is None or high is None:
        return NOTHING
    write = points if in_points else percent
    return _("%(low)s to %(high)s", low=number(low * 100), high=write(high))


def day(value: date | datetime | str | None) -> str:
    """Return a day in words; an ISO text is read first."""
    if value is None:
        return NOTHING
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    return format_date(value, "long", _LOCALES.get(current_language(), current_language()))


def listed(items: Sequence[str]) -> str:
    """Return texts one after the other, with commas."""
    return ", ".join(items)

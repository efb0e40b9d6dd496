"""How figures and days are written in the language of the reader."""

from collections.abc import Sequence
from datetime import date, datetime

from babel.dates import format_date
from babel.numbers import format_decimal

from lms.evaluation.units import NAMES, SCALES, Unit, typed
from lms.kernel.languages import current_language
from lms.kernel.languages import gettext as _

NOTHING, MINUS = "–", "−"
_LOCALES = {"en": "en_GB"}
"""A French plant's English reader writes the day before the month."""


def number(value: float | None, places: int = 1) -> str:
    """Return a number with at most that many decimals, the language's decimal sign."""
    if value is None:
        return NOTHING
    text = format_decimal(value, "#,##0" + ("." + "#" * places if places else ""), current_language())
    return text.replace("-", MINUS)


def percent(share: float | None) -> str:
    """Return a share (0 to 1) in per cent, at most one decimal."""
    return NOTHING if share is None else _("%(number)s%%", number=number(share * 100))


def points(share: float | None) -> str:
    """Return a difference of shares in percentage points."""
    return NOTHING if share is None else _("%(number)s points", number=number(share * 100))


def amount(value: float | str | None, unit: Unit) -> str:
    """Return a value of an indicator with its unit; the text `inf` stands for what was not reached."""
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return _("not reached")
    text = number(typed(unit, value), SCALES[unit].places)
    match unit:
        case Unit.SHARE:
            return percent(value)
        case Unit.POINTS | Unit.BALANCE | Unit.GAIN:
            return points(value)
        case Unit.SCORE:
            return _("%(number)s out of 100", number=text)
        case Unit.MINUTES:
            return _("%(number)s min", number=text)
        case Unit.DAYS:
            return _("%(number)s days", number=text)
        case Unit.HOURS:
            return _("%(number)s h", number=text)
        case Unit.EURO:
            return _("%(number)s €", number=text)
        case Unit.COUNT | Unit.PROMOTERS:
            return text
        case _:
            return f"{text} {NAMES[unit]}"


def bounds(low: float | str | None, high: float | str | None, unit: Unit) -> str:
    """Return an interval of values of an indicator; `inf` as in `amount`."""
    if low is None or high is None:
        return NOTHING
    if isinstance(low, str) or isinstance(high, str):
        return amount(low, unit) if low == high else _("%(low)s to %(high)s", low=amount(low, unit), high=_("no end"))
    return _("%(low)s to %(high)s", low=number(typed(unit, low), SCALES[unit].places), high=amount(high, unit))


def day(value: date | datetime | str | None) -> str:
    """Return a day in words; an ISO text is read first."""
    if value is None:
        return NOTHING
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    return format_date(value, "long", _LOCALES.get(current_language(), current_language()))


def short_day(value: str) -> str:
    """Return an ISO day in few letters, without its year."""
    return format_date(date.fromisoformat(value), "d MMM", _LOCALES.get(current_language(), current_language()))


def listed(items: Sequence[str]) -> str:
    """Return texts one after the other, with commas."""
    return ", ".join(items)

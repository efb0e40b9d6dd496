"""How figures and days are written in the language of the reader."""

from collections.abc import Sequence
from datetime import date, datetime

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from lms.evaluation.units import NAMES, SCALES, Unit, typed
from lms.kernel.languages import current_language, locale_of, ngettext
from lms.kernel.languages import gettext as _

NOTHING, MINUS = "–", "−"


def number(value: float | None, places: int = 1) -> str:
    """Return a number with at most that many decimals, the language's decimal sign."""
    if value is None:
        return NOTHING
    text = format_decimal(value, "#,##0" + ("." + "#" * places if places else ""), current_language())
    return text.replace("-", MINUS)


def money(value: float) -> str:
    """Return an amount of euros without their sign, cents always written: amounts are read from the right."""
    return format_decimal(value, "#,##0.00", current_language()).replace("-", MINUS)


def percent(share: float | None) -> str:
    """Return a share (0 to 1) in per cent, at most one decimal."""
    return NOTHING if share is None else _("%(number)s%%", number=number(share * 100))


def points(share: float | None) -> str:
    """Return a difference of shares in percentage points."""
    if share is None:
        return NOTHING
    value = round(share * 100, 1)
    return ngettext("%(number)s point", "%(number)s points", _how_many(value), number=number(value))


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
            return ngettext("%(number)s day", "%(number)s days", _how_many(value), number=text)
        case Unit.HOURS:
            return _("%(number)s h", number=text)
        case Unit.EURO:
            return _("%(number)s €", number=text)
        case Unit.COUNT | Unit.PROMOTERS:
            return text
        case _:
            return f"{text} {NAMES[unit]}"


def _how_many(value: float) -> int:
    """Return a whole number before which a noun has the form that it has before this one: 1.5 takes 1's in French."""
    category = Locale.parse(locale_of(current_language())).plural_form(abs(value))
    return 1 if category == "one" else 2


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
    return format_date(value, "long", locale_of(current_language()))


def day_in_short(value: date) -> str:
    """Return a day for a narrow column: its month in short, with its year."""
    return format_date(value, "medium", locale_of(current_language()))


def short_day(value: str) -> str:
    """Return an ISO day in few letters, without its year."""
    return format_date(date.fromisoformat(value), "d MMM", locale_of(current_language()))


def listed(items: Sequence[str]) -> str:
    """Return texts one after the other, with commas."""
    return ", ".join(items)

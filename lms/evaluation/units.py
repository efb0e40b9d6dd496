"""In what an indicator's value is told, and which thresholds it can have. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lms.kernel.languages import LazyString
from lms.kernel.languages import lazy_gettext as _l


class Unit(StrEnum):
    """What a value of an indicator is."""

    SHARE = "share"
    """0 to 1, written in per cent."""
    POINTS = "points"
    """A difference of two shares, 0 to 1, written in percentage points."""
    BALANCE = "balance"
    """A signed difference of two shares, -1 to 1, written in percentage points."""
    SCORE = "score"
    """0 to 100."""
    GAIN = "gain"
    """Points of a test gained, as a share of its maximum, -1 to 1, written in percentage points."""
    MINUTES = "minutes"
    DAYS = "days"
    HOURS = "hours"
    PER_HUNDRED = "per_hundred"
    """Events for each hundred of something."""
    MOVES = "moves"
    """Moves for each ten persons and month."""
    PER_THOUSAND = "per_thousand"
    PER_TEN_THOUSAND = "per_ten_thousand"
    RATIO = "ratio"
    """Hours of writing for each minute of learning."""
    EURO = "euro"
    COUNT = "count"
    PROMOTERS = "promoters"
    """Promoters less detractors, -100 to 100."""


@dataclass(frozen=True)
class Scale:
    """The range of a unit's thresholds (bounds left out), how it is typed, how far a variant moves it."""

    lowest: float | None
    highest: float | None
    factor: float = 1.0
    """What is typed and written is the stored value times this."""
    step: float | None = None
    """How far the sensitivity moves a threshold; None: a tenth of it."""
    places: int = 1
    """Decimals with which it is written."""


_SHARE = Scale(0, 1, 100, 0.05)
_ANY = Scale(0, None)
SCALES: Mapping[Unit, Scale] = {
    Unit.SHARE: _SHARE,
    Unit.POINTS: _SHARE,
    Unit.BALANCE: Scale(-1, 1, 100, 0.05),
    Unit.GAIN: Scale(-1, 1, 100, 0.05),
    Unit.SCORE: Scale(0, 100, step=5),
    Unit.MINUTES: _ANY,
    Unit.DAYS: _ANY,
    Unit.HOURS: _ANY,
    Unit.PER_HUNDRED: _ANY,
    Unit.MOVES: _ANY,
    Unit.PER_THOUSAND: _ANY,
    Unit.PER_TEN_THOUSAND: _ANY,
    Unit.RATIO: _ANY,
    Unit.EURO: Scale(0, None, places=2),
    Unit.COUNT: Scale(-1, None, places=0),
    Unit.PROMOTERS: Scale(-100, 100, step=5),
}


NAMES: Mapping[Unit, LazyString] = {
    Unit.SHARE: _l("per cent"),
    Unit.POINTS: _l("percentage points"),
    Unit.BALANCE: _l("percentage points, below or above 0"),
    Unit.GAIN: _l("points out of 100, lost or gained"),
    Unit.SCORE: _l("points out of 100"),
    Unit.MINUTES: _l("minutes"),
    Unit.DAYS: _l("days"),
    Unit.HOURS: _l("hours"),
    Unit.PER_HUNDRED: _l("for each 100"),
    Unit.MOVES: _l("for each 10 persons and month"),
    Unit.PER_THOUSAND: _l("for each 1,000"),
    Unit.PER_TEN_THOUSAND: _l("for each 10,000 hours"),
    Unit.RATIO: _l("hours for each minute"),
    Unit.EURO: _l("euros"),
    Unit.COUNT: _l("a number"),
    Unit.PROMOTERS: _l("points from −100 to 100"),
}
"""What a number in a unit is, as forms and refusals say it."""


def limits(unit: Unit, *, whole: bool = False) -> str:
    """Return what a typed threshold must be, in signs; `whole` as for `fits`."""
    scale = SCALES[unit]
    bounds = (("≥" if whole else ">", scale.lowest), ("≤" if whole else "<", scale.highest))
    return ", ".join(f"{sign} {bound * scale.factor:g}" for sign, bound in bounds if bound is not None)


def fits(unit: Unit, value: float, *, whole: bool = False) -> bool:
    """Whether a threshold or an ambition can have that value.

    Strictly within the unit's range, since no interval of a sample reaches its ends; what is
    counted to the last (`whole`) may be asked to be all or nothing.
    """
    scale = SCALES[unit]
    if whole and value in (scale.lowest, scale.highest):
        return True
    return (scale.lowest is None or scale.lowest < value) and (scale.highest is None or value < scale.highest)


def stored(unit: Unit, typed: float) -> float:
    """Return what is stored for a typed number: 80 (per cent) is 0.8."""
    return round(typed / SCALES[unit].factor, 9)


def typed(unit: Unit, value: float) -> float:
    """Return the number that a reader types and reads for a stored one."""
    return round(value * SCALES[unit].factor, 9)


def moved(unit: Unit, threshold: float, way: int) -> float:
    """Return the threshold one step up (`way` 1) or down (-1), kept within the unit's range.

    Five points for shares, scores and promoters (evaluation reference, section 3.6); a
    tenth elsewhere, where points mean nothing.
    """
    scale = SCALES[unit]
    step = scale.step if scale.step is not None else abs(threshold) / 10
    result = threshold + way * step
    if scale.lowest is not None:
        result = max(result, scale.lowest)
    if scale.highest is not None:
        result = min(result, scale.highest)
    return round(result, 6)

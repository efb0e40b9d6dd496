"""What a reading must be (pure)."""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from lms.evaluation.readings.series import SERIES, Series, Unit
from lms.kernel.refusals import Refusal


class SeriesUnknown(Refusal):
    """No series has this code."""


class SourceMissing(Refusal):
    """A figure without its source proves nothing."""


class UnitWrong(Refusal):
    """The figure is in another unit than its series."""


class ValueOutOfRange(Refusal):
    """The figure lies outside what its series can be: another unit or scale."""


class ValueNotWhole(Refusal):
    """What is counted is a whole number."""


class ScenariosDisordered(Refusal):
    """A low and a high scenario come together, on either side of the central one."""


class PeriodReversed(Refusal):
    """The period ends before it begins."""


class PeriodInFuture(Refusal):
    """A period that is not over has no figure yet."""


class ReadingOverlaps(Refusal):
    """A figure of the series covers part of the period already: they would be counted twice."""


class ReadingNotCurrent(Refusal):
    """The reading to be corrected does not exist, or was corrected before."""


class CorrectsAnotherSeries(Refusal):
    """A correction is of the same series and team as what it corrects."""


@dataclass(frozen=True)
class NewReading:
    """A figure to be kept, as someone gives it."""

    series: str
    unit: str
    starts_on: date
    ends_on: date
    value: float
    source: str
    low: float | None = None
    high: float | None = None
    team_id: int | None = None
    illustrative: bool = False
    supersedes_id: int | None = None


@dataclass(frozen=True)
class Known:
    """A reading that was kept."""

    id: int
    series: str
    starts_on: date
    ends_on: date
    team_id: int | None
    value: float
    low: float | None
    high: float | None
    source: str
    illustrative: bool
    recorded_at: datetime
    supersedes_id: int | None

    def says(self, new: NewReading) -> bool:
        """Whether a new reading would say the same again."""
        return all(getattr(self, name) == getattr(new, name) for name in _SAID)


_SAID = ("series", "starts_on", "ends_on", "team_id", "value", "low", "high", "source", "illustrative")


def check(new: NewReading, current: Collection[Known], today: date) -> None:
    """Refuse what is no reading; `current` are those in force. Raises the refusals of this module."""
    series = SERIES.get(new.series)
    if series is None:
        raise SeriesUnknown(series=new.series)
    if not new.source.strip():
        raise SourceMissing()
    if new.unit not in set(Unit) or Unit(new.unit) is not series.unit:
        raise UnitWrong(unit=series.unit.value)
    _check_values(new, series)
    if new.ends_on < new.starts_on:
        raise PeriodReversed()
    if new.ends_on > today:
        raise PeriodInFuture()
    _check_place(new, current)


def in_force(readings: Iterable[Known], known_at: datetime) -> list[Known]:
    """Return those recorded by a moment and not corrected by then."""
    known = [one for one in readings if one.recorded_at <= known_at]
    superseded = {one.supersedes_id for one in known}
    return [one for one in known if one.id not in superseded]


def _check_values(new: NewReading, series: Series) -> None:
    if (new.low is None) is not (new.high is None):
        raise ScenariosDisordered()
    given = [value for value in (new.low, new.value, new.high) if value is not None]
    if not all(math.isfinite(value) and series.least <= value <= series.most for value in given):
        raise ValueOutOfRange(least=f"{series.least:g}", most=f"{series.most:g}", unit=series.unit.value)
    if given != sorted(given):
        raise ScenariosDisordered()
    if series.unit is Unit.COUNT and not all(value == int(value) for value in given):
        raise ValueNotWhole()


def _check_place(new: NewReading, current: Collection[Known]) -> None:
    if new.supersedes_id is not None:
        corrected = next((one for one in current if one.id == new.supersedes_id), None)
        if corrected is None:
            raise ReadingNotCurrent(id=new.supersedes_id)
        if (corrected.series, corrected.team_id) != (new.series, new.team_id):
            raise CorrectsAnotherSeries()
    for one in current:
        apart = one.ends_on < new.starts_on or new.ends_on < one.starts_on
        same = (one.series, one.team_id) == (new.series, new.team_id)
        if same and not apart and one.id != new.supersedes_id:
            raise ReadingOverlaps(id=one.id, starts_on=one.starts_on, ends_on=one.ends_on)

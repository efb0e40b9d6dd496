"""Every series that may be read, with its unit and range: what the formulas of B1, B2 and E1 to E5 need.

Evaluation reference, section 2.4. Ranges are wide: they catch a figure in another unit or
scale (cents for euros, a share for a count), not an unusual month.
"""

from dataclasses import dataclass
from enum import StrEnum

from lms.kernel.languages import LazyString
from lms.kernel.languages import lazy_gettext as _l


class Unit(StrEnum):
    """What a figure counts."""

    COUNT = "count"
    HOURS = "h"
    EUROS = "EUR"
    EUROS_PER_HOUR = "EUR/h"
    MONTHS = "months"
    PERCENT = "%"


class Kind(StrEnum):
    """How figures of several periods go together."""

    FLOW = "flow"
    """What happened in the period: figures add up."""
    RATE = "rate"
    """What holds during the period."""


@dataclass(frozen=True)
class Series:
    """One figure that is read again and again."""

    code: str
    label: LazyString
    unit: Unit
    kind: Kind
    least: float
    most: float
    used_by: tuple[str, ...]
    """The indicators whose formulas need it."""


def _count(code: str, label: LazyString, least: float, *used_by: str) -> Series:
    return Series(code, label, Unit.COUNT, Kind.FLOW, least, 1e10, used_by)


def _hours(code: str, label: LazyString, *used_by: str) -> Series:
    return Series(code, label, Unit.HOURS, Kind.FLOW, 0, 1e8, used_by)


def _euros(code: str, label: LazyString, *used_by: str, least: float = 0) -> Series:
    return Series(code, label, Unit.EUROS, Kind.FLOW, least, 1e10, used_by)


def _life(code: str, label: LazyString) -> Series:
    return Series(code, label, Unit.MONTHS, Kind.RATE, 1, 240, ("E1", "E2", "E5"))


_COST = ("E1", "E2", "E5")

SERIES: dict[str, Series] = {
    series.code: series
    for series in (
        _count("defects", _l("Defects of the kind targeted"), 0, "B1"),
        _count("units_produced", _l("Units produced"), 1, "B1"),
        _count("incidents", _l("Incidents"), 0, "B2"),
        _hours("hours_worked", _l("Hours worked"), "B2"),
        _euros("development_cost", _l("Development of the modules"), *_COST),
        _life("content_life", _l("Life of the modules")),
        _euros("hosting_cost", _l("Hosting"), *_COST),
        _euros("kiosk_cost", _l("Purchase of the kiosks"), *_COST),
        _life("kiosk_life", _l("Life of the kiosks")),
        _euros("support_cost", _l("Support"), *_COST),
        _hours("kiosk_hours", _l("Hours of learners at the kiosks, way there included"), *_COST),
        Series("wage_rate", _l("Hourly cost of a learner"), Unit.EUROS_PER_HOUR, Kind.RATE, 5, 300, _COST),
        _euros("kiosk_lost_production", _l("Production lost to the kiosks"), *_COST),
        _hours("classroom_hours", _l("Hours of learners in classrooms"), "E1", "E3", "E5"),
        _euros("trainer_cost", _l("Trainers in classrooms"), "E1", "E5"),
        _euros("room_cost", _l("Rooms"), "E1", "E5"),
        _euros("travel_cost", _l("Travel of learners"), "E1", "E5"),
        _euros("classroom_lost_production", _l("Production lost to classrooms"), "E1", "E5"),
        _euros("training_expenditure", _l("Training expenditure"), "E4"),
        _euros("gross_payroll", _l("Gross payroll"), "E4", least=1_000),
        Series(
            "published_share",
            _l("Share of the payroll that the plant publishes"),
            Unit.PERCENT,
            Kind.RATE,
            0,
            100,
            ("E4",),
        ),
    )
}

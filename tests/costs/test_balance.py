"""Costs of the worked example of the evaluation reference (section 2.4), and what is missing or never comes."""

import math
from dataclasses import dataclass
from datetime import date

import pytest

from lms.classroom.queries import attended
from lms.costs.balance import balance
from lms.evaluation.estimators.ledger import Ledger
from lms.evaluation.readings.actions import enter
from lms.evaluation.readings.rules import NewReading
from lms.evaluation.readings.series import SERIES
from lms.kernel.clock import hold
from tests.progress.worlds import LATER, a_world

FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
EXAMPLE = {
    "development_cost": 6_000, "content_life": 24, "hosting_cost": 900, "kiosk_cost": 3_600, "kiosk_life": 60,
    "support_cost": 1_800, "kiosk_hours": 180, "wage_rate": 28,
}  # fmt: skip
CLASSROOM = {"classroom_hours": 150, "trainer_cost": 1_200, "room_cost": 207}


@dataclass(frozen=True)
class Figure:
    """A figure of the whole stretch."""

    series: str
    value: float
    starts_on: date = FIRST
    ends_on: date = LAST
    low: float | None = None
    high: float | None = None


def ledger(**figures: float) -> Ledger:
    return Ledger([Figure(series, value) for series, value in figures.items()], FIRST, LAST, completed_hours=150)


def test_the_worked_example() -> None:
    """64.00 €/h digital, 37.38 €/h in a classroom: digital never pays (evaluation reference, section 2.4)."""
    found = ledger(**EXAMPLE, **CLASSROOM)
    costs = found.costs("central")
    assert costs is not None
    assert (costs.total, costs.per_completed_hour, costs.fixed) == (9_600, 64, 4_560)
    assert round(found.classroom_per_hour("central") or 0, 2) == 37.38
    # An hour completed costs 33.60 of learners at the kiosk: 4,560 / (37.38 - 33.60) hours.
    assert found.break_even("central") == pytest.approx(4_560 / (37.38 - 33.6))
    assert ledger(**EXAMPLE, **{**CLASSROOM, "trainer_cost": 100}).break_even("central") == math.inf


def test_hours_that_nobody_counted_are_those_that_were_worked() -> None:
    without = {series: value for series, value in EXAMPLE.items() if series != "kiosk_hours"}
    assert ledger(**without).missing == ["kiosk_hours"]
    figures = [Figure(series, value) for series, value in without.items()]
    seen = Ledger(figures, FIRST, LAST, completed_hours=150, worked_hours=180).costs("central")
    assert seen is not None
    assert seen.total == 9_600
    assert Ledger(figures[1:], FIRST, LAST, 150, 180).missing == ["development_cost"]


def test_what_a_plant_spent_meets_its_hours(session: object) -> None:
    with hold(LATER):
        a_world(1)
        before = balance(FIRST, LAST, 5, LATER)
        assert before.missing == [
            "development_cost",
            "kiosk_cost",
            "content_life",
            "kiosk_life",
            "hosting_cost",
            "support_cost",
            "wage_rate",
        ]  # noqa: E501  (as they are asked)
        assert before.scenarios["central"].total is None
        given = {
            **EXAMPLE,
            **CLASSROOM,
            "training_expenditure": 380_000,
            "gross_payroll": 12_000_000,
            "published_share": 3.8,
        }
        for series, value in given.items():
            unit = SERIES[series].unit.value
            enter(NewReading(series, unit, FIRST, LAST, value, "books", low=value, high=value), by=None, now=LATER)
        found = balance(FIRST, LAST, 5, LATER)
    central = found.scenarios["central"]
    hours = found.hours.theoretical_minutes / 60
    assert central.total == 9_600
    assert central.per_hour == pytest.approx(9_600 / hours)
    assert sum(line.cost or 0 for line in found.modules) == pytest.approx(9_600), "no module is too small here"
    assert found.share is not None
    assert (round(found.share.percent, 2), found.share.published) == (3.17, 3.8)
    assert found.hours_per_head == pytest.approx((found.hours.actual_seconds / 3600 + 150) / found.heads)
    with hold(LATER):
        assert all(line.cost is None for line in balance(FIRST, LAST, 99, LATER).modules)


def test_hours_attended_count_where_nobody_entered_them_and_never_twice(session: object) -> None:
    with hold(LATER):
        a_world(1)
        seen = sum(one.minutes for one in attended(LAST)) / 60
        before = balance(FIRST, LAST, 1, LATER)
        assert (before.attended, before.classroom_hours) == (True, pytest.approx(seen))
        assert sum(line.room_hours or 0 for line in before.modules) == pytest.approx(seen)
        for series, value in {**EXAMPLE, **CLASSROOM}.items():
            unit = SERIES[series].unit.value
            enter(NewReading(series, unit, FIRST, LAST, value, "books", low=value, high=value), by=None, now=LATER)
        after = balance(FIRST, LAST, 1, LATER)
    assert (after.attended, after.classroom_hours) == (False, 150)
    hour = after.scenarios["central"].classroom_per_hour
    assert round(hour or 0, 2) == 37.38
    assert sum(line.room_cost or 0 for line in after.modules) == pytest.approx(seen * (hour or 0))


def test_no_sum_gives_away_a_module_that_is_not_shown(session: object) -> None:
    """What all modules come to, less those that are shown, would be the hours of the others."""
    with hold(LATER):
        a_world(2)
        least = max(line.people or 0 for line in balance(FIRST, LAST, 1, LATER).modules)
        found = balance(FIRST, LAST, least, LATER)
    assert any(line.hours is None for line in found.modules)
    assert 0 < found.hours.theoretical_minutes / 60 == pytest.approx(sum(line.hours or 0 for line in found.modules))
    assert found.classroom_hours == pytest.approx(sum(line.room_hours or 0 for line in found.modules))
    assert found.learners is None

"""Figures from outside: refused, kept, corrected, asked for as of a moment."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from lms.evaluation.readings import actions, queries, rules
from lms.evaluation.readings.rules import Known, NewReading
from lms.evaluation.readings.series import SERIES, Kind, Unit
from lms.kernel.database import db, writing
from lms.people import plant

NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)
JUNE = (date(2026, 6, 1), date(2026, 6, 30))
DEFECTS = NewReading("defects", "count", *JUNE, 42, "MES, weekly print")
WAGE = NewReading("wage_rate", "EUR/h", *JUNE, 28, "Payroll, June", low=26, high=31)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"series": "scrap"}, rules.SeriesUnknown),
        ({"source": "  "}, rules.SourceMissing),
        ({"unit": "h"}, rules.UnitWrong),
        ({"unit": "pieces"}, rules.UnitWrong),
        ({"value": -1}, rules.ValueOutOfRange),
        ({"value": float("nan")}, rules.ValueOutOfRange),
        ({"value": 0.42}, rules.ValueNotWhole),  # a share for a count
        ({"ends_on": date(2026, 5, 31)}, rules.PeriodReversed),
        ({"ends_on": date(2026, 7, 2)}, rules.PeriodInFuture),
        ({"low": 40}, rules.ScenariosDisordered),
        ({"low": 43, "high": 50}, rules.ScenariosDisordered),
        ({"supersedes_id": 7}, rules.ReadingNotCurrent),
    ],
)
def test_what_is_no_reading(session: object, wrong: dict[str, object], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        actions.enter(replace(DEFECTS, **wrong), by=None, now=NOW)


def test_cents_for_euros_are_refused(session: object) -> None:
    with pytest.raises(rules.ValueOutOfRange):
        actions.enter(replace(WAGE, value=2800, low=None, high=None), by=None, now=NOW)


def test_a_figure_is_kept_once_and_counted_once(session: object) -> None:
    first = actions.enter(DEFECTS, by=None, now=NOW)
    assert actions.enter(replace(DEFECTS, source=" MES,  weekly print "), by=None, now=NOW) == first
    with pytest.raises(rules.ReadingOverlaps) as refused:
        actions.enter(replace(DEFECTS, starts_on=date(2026, 1, 1), value=300), by=None, now=NOW)
    assert refused.value.facts["id"] == first
    team = plant.add_team("A", "A", None, None)
    actions.enter(replace(DEFECTS, team_id=team, value=12), by=None, now=NOW)  # part of the plant: another figure


def test_a_correction_takes_the_place_from_when_it_was_known(session: object) -> None:
    first = actions.enter(DEFECTS, by=None, now=NOW)
    later = NOW + timedelta(days=3)
    with pytest.raises(rules.CorrectsAnotherSeries):
        actions.enter(replace(DEFECTS, series="incidents", supersedes_id=first), by=None, now=later)
    actions.enter(replace(DEFECTS, value=24, supersedes_id=first), by=None, now=later)
    with pytest.raises(rules.ReadingNotCurrent):
        actions.enter(replace(DEFECTS, value=25, supersedes_id=first), by=None, now=later)
    assert [one.value for one in queries.readings("defects", *JUNE, later - timedelta(seconds=1))] == [42]
    assert [one.value for one in queries.readings("defects", *JUNE, later)] == [24]
    assert queries.readings("defects", *JUNE, NOW - timedelta(seconds=1)) == []


def test_a_flow_lies_within_and_a_rate_holds_on_a_day(session: object) -> None:
    for reading in (DEFECTS, WAGE):
        actions.enter(reading, by=None, now=NOW)
    half = (date(2026, 6, 15), date(2026, 6, 30))
    assert queries.readings("defects", *half, NOW) == []
    assert [(one.low, one.value, one.high) for one in queries.readings("wage_rate", *half, NOW)] == [(26, 28, 31)]
    assert len(queries.readings("defects", *JUNE, NOW)) == 1


def test_every_series_says_what_it_is() -> None:
    assert all(str(series.label) and series.used_by and series.least < series.most for series in SERIES.values())
    assert {series.unit for series in SERIES.values() if series.kind is Kind.RATE} == {
        Unit.MONTHS,
        Unit.EUROS_PER_HOUR,
        Unit.PERCENT,
    }
    assert {code for series in SERIES.values() for code in series.used_by} == {"B1", "B2", "E1", "E2", "E3", "E4", "E5"}


def test_the_worked_cost_example_can_be_entered_and_worked_out(session: object) -> None:
    """Evaluation reference, section 2.4: 9 600 EUR for 150 completed hours are 64.00 EUR/h."""
    period = (date(2026, 1, 1), date(2026, 6, 30))
    given = {
        "development_cost": 6_000, "content_life": 24, "hosting_cost": 900, "kiosk_cost": 3_600, "kiosk_life": 60,
        "support_cost": 1_800, "kiosk_hours": 180, "wage_rate": 28,
    }  # fmt: skip
    for series, value in given.items():
        new = NewReading(series, SERIES[series].unit.value, *period, value, "Worked example", illustrative=True)
        actions.enter(new, by=None, now=NOW)
    read = {series: queries.readings(series, *period, NOW)[0].value for series in given}
    total = (
        read["development_cost"] * 6 / read["content_life"]
        + read["hosting_cost"]
        + read["kiosk_cost"] * 6 / read["kiosk_life"]
        + read["support_cost"]
        + read["kiosk_hours"] * read["wage_rate"]
    )
    assert total == 9_600
    assert round(total / 150, 2) == 64.00


def test_on_both_databases_a_reading_stays(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        number = actions.enter(WAGE, by=None, now=NOW)
        db.session.commit()
        assert queries.every_reading()[0].id == number
        with pytest.raises(DatabaseError, match="append-only"):
            db.session.execute(text("UPDATE readings SET value = 1"))
        db.session.rollback()


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), max_size=8), st.integers(0, 9))
def test_no_correction_and_its_original_are_in_force_together(told: list, until: int) -> None:
    known: list[Known] = []
    for number, (day, corrects) in enumerate(told, start=1):
        free = [one.id for one in known if one.id not in {other.supersedes_id for other in known}]
        said = (number, "defects", *JUNE, None, 1.0, None, None, "x", False)
        known.append(Known(*said, NOW + timedelta(days=day), free[0] if corrects and free else None))
    found = rules.in_force(known, NOW + timedelta(days=until))
    assert all(one.recorded_at <= NOW + timedelta(days=until) for one in found)
    assert not {one.id for one in found} & {one.supersedes_id for one in found}

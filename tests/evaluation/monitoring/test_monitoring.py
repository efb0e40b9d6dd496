"""A running pilot read from a real database: the figures of an evaluation, alerts, access."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from lms.evaluation import actions, queries, rules
from lms.evaluation.models import Pilot
from lms.evaluation.monitoring.access import Remark, remarks
from lms.evaluation.monitoring.models import Worked
from lms.evaluation.monitoring.queries import AFTERWARDS, alerts, asked, monitoring, outdated
from lms.evaluation.monitoring.working_out import read_figures, work_out
from lms.evaluation.protocol import read
from lms.evaluation.results import provisional
from lms.kernel.database import db, writing
from lms.records import actions as records
from tests.evaluation.indicators import small
from tests.evaluation.monitoring.running import LAST, MIDNIGHT, WEEK_OF_WORK, made, running
from tests.evaluation.plant import END, START, THEN, Plant, record

MONDAY = LAST + timedelta(days=1)


@pytest.fixture
def pilot(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Plant, Pilot]]:
    with app.app_context(), writing():
        yield running(monkeypatch)


@pytest.fixture
def found(pilot: tuple[Plant, Pilot]) -> Pilot:
    return pilot[1]


def test_provisional_figures_are_those_of_an_evaluation_at_the_same_cut_off(found: Pilot) -> None:
    shown = made(found, MONDAY)
    evaluated = actions.evaluate(found, LAST, by=None, now=MIDNIGHT).results["figures"]["indicators"]
    assert [one.entry.code for one in shown.indicators] == [row["code"] for row in evaluated]
    for one, row in zip(shown.indicators, evaluated, strict=True):
        figures = {name: value for name, value in one.last.figures.items() if name != "masked"}
        assert one.last.cut_off == LAST
        assert figures == {name: row[name] for name in figures}
        assert not {"verdict", "reason", "fragile", "constat"} & figures.keys()


def test_a_page_stays_the_same_all_week_and_what_comes_late_counts_the_week_after(pilot: tuple[Plant, Pilot]) -> None:
    plant, found = pilot
    before = made(found, WEEK_OF_WORK + timedelta(days=1))
    who = plant.people["e"][-1]
    monday = datetime.combine(WEEK_OF_WORK + timedelta(days=1), THEN.timetz())
    late = [record(who, plant.m1, "q1", THEN + timedelta(minutes=9), success=True, attempt=2)]
    records.store(late, monday)
    after = made(found, WEEK_OF_WORK + timedelta(days=7))
    following = made(found, WEEK_OF_WORK + timedelta(days=8))
    completion = [{one.entry.code: one for one in shown.indicators}["C1"].last for shown in (before, after, following)]
    assert completion[0] == completion[1]
    assert [one.figures["numerator"] for one in completion] == [57, 57, 58]


def test_the_alerts(found: Pilot) -> None:
    points = {one.point.code: one for one in made(found, MONDAY).watchpoints}
    assert {code: one.crossed for code, one in points.items()} == {"V1": True, "V2": False, "V3": True, "V4": None}
    assert points["V1"].since == WEEK_OF_WORK
    # C6 is not in the protocol: half of 24 visits left the kiosk untouched.
    assert (points["V3"].last.figures["value"], points["V3"].since) == (0.5, WEEK_OF_WORK)
    assert [one.point.code for one in alerts(found, MONDAY)] == ["V1", "V3"]
    assert {point.status for point in queries.audit_of(found).vigilance_points} == {"open"}


def test_access_by_kiosk_and_shift(found: Pilot) -> None:
    shown = {one.shift: one for one in made(found, WEEK_OF_WORK + timedelta(days=1)).access}
    morning, night = shown["morning"], shown["night"]
    assert (morning.hours, night.hours, morning.people, morning.visits) == (8, 0, 24, 24)
    assert morning.wrong_pins == pytest.approx(200 / 24)
    assert morning.unknown_badges == pytest.approx(100 / 24)
    assert (morning.wait, morning.helped) == (30, 25)
    # Twelve left the kiosk untouched; one of them had finished the module before.
    assert morning.abandoned == pytest.approx(11 / 24)
    # Ten days of service, heard of on one.
    assert morning.heard == pytest.approx(0.1)
    assert remarks(night) == [Remark.SHORT_HOURS, Remark.NEVER]


def test_use_by_shift(found: Pilot) -> None:
    shown = made(found, WEEK_OF_WORK + timedelta(days=1))
    morning = next(one for one in shown.shifts if one.shift == "morning")
    assert [week.active for week in morning.weeks] == [0, 24]
    assert (morning.people, morning.reached) == (24, 24)
    assert [outage.starts_on for outage in shown.outages] == [START, START + timedelta(weeks=1)]


def test_small_shifts_are_hidden(found: Pilot, monkeypatch: pytest.MonkeyPatch) -> None:
    # As if the house showed no group under thirteen: the night shift's twelve go, with the smallest of the others.
    document = queries.document(found.protocol)
    document["rules"]["smallest_group"] = 13
    monkeypatch.setattr(queries, "document", lambda protocol: document)
    shown = made(found, MONDAY)
    assert [one.shift for one in shown.shifts if one.people is None] == ["evening", "night"]


def test_nothing_before_the_rule_is_frozen_or_the_pilot_may_run(app: Flask) -> None:
    with app.app_context(), writing():
        plant = Plant()
        designed = plant.pilot()
        with pytest.raises(rules.ProtocolNotFrozen):
            monitoring(designed, MONDAY)
        assert alerts(designed, MONDAY) == ()


def test_nothing_without_the_works_council(found: Pilot) -> None:
    found.works_council_opinion_on = None
    with pytest.raises(rules.PilotCannotRun):
        made(found, MONDAY)
    assert alerts(found, MONDAY) == ()


def test_figures_are_made_anew_when_something_else_is_asked_and_once_a_day(found: Pilot) -> None:
    def due(today: date) -> bool:
        return outdated(today, lambda moment: moment.date()) == [found]

    assert not due(START + timedelta(days=6))
    assert due(MONDAY)
    before = made(found, MONDAY)
    assert not due(MONDAY)
    assert (before.outdated, before.made_at.date()) == (False, MONDAY)
    assert due(MONDAY + timedelta(days=1))
    watched = next(point for point in queries.audit_of(found).vigilance_points if point.code == "V5")
    watched.watch = {"indicator": "R2", "direction": "ge", "limit": 0.5}
    db.session.flush()
    shown = monitoring(found, MONDAY)
    assert (due(MONDAY), shown.outdated) == (True, True)
    assert {point.point.code: point.last for point in shown.watchpoints}["V5"] is None
    last = END + AFTERWARDS
    made(found, last - timedelta(days=1))
    assert due(last)
    assert not due(last + timedelta(days=1))


def test_what_is_kept_is_read_back_whole_and_names_nobody(found: Pilot) -> None:
    question = asked(found, MONDAY)
    worked = work_out(question.protocol, question.days)
    made(found, MONDAY)
    row = db.session.get(Worked, found.id)
    assert read_figures(row) == worked
    assert (row.cut_off, row.records_up_to) == (LAST, worked.records_up_to)
    assert all(one.counted == frozenset() for trend in worked.shown.values() for one in trend)


def test_nothing_before_the_first_week_is_over(found: Pilot) -> None:
    assert made(found, START + timedelta(days=6)) is None
    assert made(found, START + timedelta(days=7)) is not None


def test_a_sensitive_figure_that_tells_of_each_is_hidden(found: Pilot) -> None:
    """Evaluation reference, section 3.7, rule 2: of 0 % or 100 % under twice the least size."""
    protocol = read(queries.document(found.protocol))
    entry = next(one for one in protocol.indicators if one.definition.code == "L1")
    for passed, people, shown in ((0, 9, False), (9, 9, False), (0, 10, True), (1, 9, True)):
        rows = [small.row(number, recommendation="P3", module="m2") for number in range(1, people + 1)]
        outcomes = {(one.person, "m2"): small.outcome(first_passed=one.person <= passed) for one in rows}
        figures, counted = provisional(entry, small.facts(rows, outcomes), protocol)
        assert (figures["value"] is not None, figures["masked"], len(counted)) == (shown, not shown, people)

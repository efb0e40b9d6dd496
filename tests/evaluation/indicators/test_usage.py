"""Reach, adoption, completion and effort: one example of each worked by hand."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from lms.evaluation.facts import Facts, Sitting
from tests.evaluation.indicators.small import (
    START,
    at,
    facts,
    further,
    measured,
    member,
    on,
    outcome,
    row,
    successes,
)  # fmt: skip


def started(**teams: tuple[int, int]) -> Facts:
    """So many of so many people of each team started."""
    rows, outcomes = [], {}
    for place, (team, (begun, people)) in enumerate(teams.items()):
        for number in range(people):
            person = 100 * place + number + 1
            rows.append(row(person, team))
            if number < begun:
                outcomes[person, "m1"] = outcome(1)
    return facts(rows, outcomes)


def test_representativeness() -> None:
    """8 of 10 and 4 of 10: team a is 8/12 of those who started and 1/2 of everyone: 16.7 points."""
    found = measured("R2", started(a=(8, 10), b=(4, 10)))
    assert found.estimate == pytest.approx(8 / 12 - 1 / 2)
    # Newcombe's interval of 8/10 - 4/10, by w(1-w)/r = .25/.6.
    assert (found.interval.low, found.interval.high) == pytest.approx((0.0, 0.6687 * 0.25 / 0.6), abs=2e-3)


def test_all_having_started_is_representative() -> None:
    found = measured("R2", started(a=(30, 30), b=(10, 10)))
    assert (found.estimate, found.interval.low) == (0, 0)
    assert measured("R2", started(a=(0, 10), b=(0, 10))) is None


def test_activation_counts_the_fourteenth_day() -> None:
    rows = [row(1), row(2), row(3), row(4, assigned_on=date(2026, 5, 20)), row(5), row(5, module="m2")]
    outcomes = {(1, "m1"): outcome(14), (2, "m1"): outcome(15), (5, "m2"): outcome(3)}
    assert successes("R3", facts(rows, outcomes)) == {1: True, 2: False, 3: False, 4: None, 5: True}


def test_team_adoption_needs_half_of_a_team() -> None:
    """By hand: teams with 5/10, 4/10 and 6/6; three teams are a count, six have Wilson's interval of 4/6."""
    few = measured("A1", started(a=(5, 10), b=(4, 10), c=(6, 6)))
    assert (few.numerator, few.denominator, few.gate_n, few.interval) == (2, 3, 3, None)
    six = measured("A1", started(a=(5, 10), b=(4, 10), c=(6, 6), d=(1, 1), e=(2, 3), f=(0, 4)))
    assert (six.numerator, six.teams) == (4, 6)
    assert (six.interval.low, six.interval.high) == pytest.approx((0.3, 0.9032), abs=1e-4)


def sat(person: int, day: int, module: str = "m1", **more: object) -> Sitting:
    given = {"terminal": 1, "started_at": at(day), "last_at": at(day, 10), "active_seconds": 300, "delay_seconds": 1}
    return Sitting(UUID(int=0), person, module, **{**given, **more})


def test_weekly_active_is_the_mean_of_weeks() -> None:
    """Week 1: both of 2 present; week 2: 1 of 2; week 3: 0 of 1, since one has left: (1 + 1/2 + 0) / 3."""
    people = (member(1), member(2, left_on=on(13)), member(3))
    sittings = (sat(1, 0), sat(1, 6), sat(2, 3), sat(1, 8), sat(2, 2, "other"), sat(1, 21))
    found = facts([row(1), row(2)], {}, members=people, sittings=sittings, as_of=on(20))
    assert measured("A2", found).estimate == pytest.approx(0.5)
    assert measured("A2", found).details == {"weeks": 3}


def test_a_week_is_one_of_the_plant() -> None:
    """Half past eleven on Sunday night in London is Monday at the plant."""
    found = facts([row(1)], {}, sittings=(sat(1, 6, started_at=at(6, 23, 30)),), as_of=on(13))
    assert measured("A2", found).estimate == pytest.approx(0.5)
    assert measured("A2", replace(found, as_of=on(5))) is None


def test_revisits_are_voluntary() -> None:
    rows = [row(1), row(2), row(3), row(4), row(4, assigned_on=on(20), plan="again")]
    outcomes = {
        (1, "m1"): outcome(0, 1, revisited_on=on(4)), (2, "m1"): outcome(0, 1), (3, "m1"): outcome(0),
        (4, "m1"): outcome(0, 1, revisited_on=on(22)),
    }  # fmt: skip
    assert successes("A3", facts(rows, outcomes).of("P1", ())) == {1: True, 2: False, 4: False}


def test_completion_tells_the_share_of_assignments_too() -> None:
    rows = [row(1), row(1, module="m2"), row(2), row(2, module="m2")]
    found = facts(rows, {(1, "m1"): outcome(0, 1), (1, "m2"): outcome(0, 1), (2, "m1"): outcome(0, 1)})
    assert measured("C1", found).estimate == 0.5
    assert further("C1", found) == {"assignments_completed": 0.75}


def test_active_time() -> None:
    """The median of section 3.9: 6.95, 5.5 to 9.0 (order statistics)."""
    minutes = [4.2, 5.1, 5.5, 6, 6.3, 6.8, 7.1, 7.9, 8.4, 9, 11.5, 19]
    outcomes = {
        (person, "m1"): outcome(0, 1, completing_seconds=round(60 * value), active_seconds=9999)
        for person, value in enumerate(minutes)
    }
    found = facts([row(person) for person in range(13)], {**outcomes, (12, "m1"): outcome(0)}, designed={"m1": 5})
    measure = measured("C3", found)
    assert measure.estimate == pytest.approx(6.95)
    assert (measure.interval.low, measure.interval.high) == pytest.approx((5.5, 9.0))
    assert further("C3", found) == {"designed_ratio": pytest.approx(6.95 / 5)}


def test_calendar_delay() -> None:
    """Ends after 2, 4, 6 days, one under way for 90: half have ended at 4, where the curve rests until 6."""
    outcomes = {(1, "m1"): outcome(0, 2), (2, "m1"): outcome(0, 4), (3, "m1"): outcome(0, 6)}
    measure = measured("C4", facts([row(1), row(2), row(3), row(4)], outcomes))
    assert (measure.estimate, measure.numerator, measure.denominator) == (5, 3, 4)


def test_a_delay_that_half_have_not_ended_is_not_reached() -> None:
    found = facts([row(1), row(2), row(3)], {(1, "m1"): outcome(0, 2)})
    assert measured("C4", found).estimate == float("inf")
    assert measured("C4", found).interval.high == float("inf")


def test_drop_off() -> None:
    """100 reach step 1, 10 leave there; 90 reach step 2, 45 leave there; the last one stopped two days ago."""
    stay = {"steps": 3, "last_on": on(9)}
    places = [1] * 10 + [2] * 45 + [3] * 45
    outcomes = {
        (person, "m1"): outcome(0, 9 if place == 3 else None, reached=place, **stay)
        for person, place in enumerate(places)
    }
    rows = [row(person, "ab"[person % 2]) for person in range(101)]
    outcomes[100, "m1"] = outcome(0, None, reached=2, steps=3, last_on=date(2026, 5, 29))
    measure = measured("C5", facts(rows, outcomes))
    assert (measure.numerator, measure.denominator, measure.gate_n) == (45, 90, 45)
    assert measure.details == {"steps": 3, "worst_step": 2}


def test_a_step_that_few_reached_says_nothing() -> None:
    outcomes = {(person, "m1"): outcome(0, None, reached=1 + (person >= 30), steps=2) for person in range(40)}
    measure = measured("C5", facts([row(person) for person in range(40)], outcomes))
    assert (measure.numerator, measure.denominator) == (30, 40)
    few = {key: value for key, value in outcomes.items() if key[0] >= 35}
    assert measured("C5", facts([row(person) for person in range(35, 40)], few)).gate_n == 5


def test_offline_sessions() -> None:
    sittings = (sat(1, 0), sat(1, 1, delay_seconds=61), sat(2, 1, delay_seconds=60), sat(9, 1, delay_seconds=600))
    found = facts([row(1), row(2)], {}, sittings=sittings, starts_on=START)
    assert (measured("K4", found).numerator, measured("K4", found).denominator) == (1, 3)
    assert measured("K4", found).gate_n == 3
    assert further("K4", found)["median_delay"] == pytest.approx((61 + 600) / 120)

"""Skills and results: one example of each worked by hand."""

from datetime import date

import pytest

from lms.evaluation.facts import Facts, Figure
from lms.evaluation.kept import Covered, Kept
from lms.skills.queries import Moved, Observed
from lms.skills.rules import Kind, Level
from lms.skills.rules import Outcome as Seen
from tests.evaluation.indicators.small import facts, further, measured, member, on, outcome, row, successes

TASK = {"tasks": ["t1"]}


def seen(
    person: int, day: int, what: Seen = Seen.ACQUIRED, task: str = "t1", number: int = 1, by: int = 500
) -> Observed:
    return Observed(person, task, on(day), what, by, number)


def test_practical_sign_off() -> None:
    """Completed on day 1: day 31 is in time, day 32 is not; completed on day 61 of 90: not due yet."""
    outcomes = {(person, "m1"): outcome(0, 1) for person in (1, 2, 3, 4)} | {(5, "m1"): outcome(0, 61)}
    offs = (seen(1, 31), seen(2, 32), seen(3, 9, Seen.NOT_YET), seen(5, 62))
    found = facts([row(person) for person in range(1, 7)], outcomes, sign_offs=offs, options=TASK)
    assert successes("T1", found) == {1: True, 2: False, 3: False, 4: False}
    assert further("T1", found) == {"not_yet_acquired": 1, "not_observed": 2}


def test_every_task_chosen_must_be_signed_off() -> None:
    offs = (seen(1, 5), seen(2, 5), seen(2, 6, task="t2"))
    outcomes = {(person, "m1"): outcome(0, 1) for person in (1, 2)}
    found = facts([row(1), row(2)], outcomes, sign_offs=offs, options={"tasks": ["t1", "t2"]})
    assert successes("T1", found) == {1: False, 2: True}


def test_one_of_the_tasks_may_be_enough() -> None:
    offs = (seen(1, 5), seen(2, 5, Seen.NOT_YET, "t2"), seen(3, 5, task="t9"))
    outcomes = {(person, "m1"): outcome(0, 1) for person in (1, 2, 3)}
    options = {"tasks": ["t1", "t2"], "enough": ["any"]}
    found = facts([row(1), row(2), row(3)], outcomes, sign_offs=offs, options=options)
    assert successes("T1", found) == {1: True, 2: False, 3: False}
    assert further("T1", found) == {"not_yet_acquired": 1, "not_observed": 1}


def test_first_time_sign_off() -> None:
    """First observations alone, since the first day, of those who count: 2 of 3."""
    offs = (
        seen(1, 5), seen(2, 5), seen(3, 5, Seen.NOT_YET), seen(3, 9, number=2), seen(1, -3, Seen.NOT_YET, "t2"),
        seen(99, 5, Seen.NOT_YET),
    )  # fmt: skip
    measure = measured("T2", facts([row(1), row(2), row(3)], {}, sign_offs=offs))
    assert (measure.numerator, measure.denominator) == (2, 3)


def test_observers_apart() -> None:
    """One acquires 5 of 5, another 2 of 5: 60 points."""
    offs = [seen(person, 5, by=500) for person in range(5)]
    offs += [seen(person, 5, Seen.ACQUIRED if person < 7 else Seen.NOT_YET, by=501) for person in range(5, 10)]
    found = facts([row(person) for person in range(10)], {}, sign_offs=tuple(offs))
    assert further("T2", found) == {"observers": 2, "observer_spread": pytest.approx(0.6)}


def move(person: int, day: int, before: Level, after: Level, kind: Kind = Kind.SIGNED) -> Moved:
    return Moved(person, "t1", before, after, on(day), kind)


def test_progression() -> None:
    """Two people for 91 days: 182/30.4375/10 tens of person-months; 3 moves up, 1 down; the matrix is no move."""
    moves = (
        move(1, -30, Level.NONE, Level.TRAINED), move(1, 1, Level.TRAINED, Level.ACCOMPANIED),
        move(1, 9, Level.ACCOMPANIED, Level.AUTONOMOUS), move(2, 2, Level.NONE, Level.TRAINED, Kind.AUTOMATIC),
        move(2, 8, Level.TRAINED, Level.NONE, Kind.LOWERED), move(2, 9, Level.NONE, Level.TEACHING, Kind.STATED),
    )  # fmt: skip
    found = facts([row(1), row(2)], {}, moves=moves)
    months = 182 / (365.25 / 12) / 10
    measure = measured("T3", found)
    assert (measure.numerator, measure.estimate) == (3, pytest.approx(3 / months))
    told = further("T3", found)
    assert told["downward"] == pytest.approx(1 / months)
    assert told["automatic_moves"] == 1
    assert told["upward_before"] == pytest.approx(1 / (2 * 182 / (365.25 / 12) / 10))


def test_time_to_autonomy() -> None:
    """10 and 20 days to U, one under way: half at 20. Before the pilot: half at 30 days, one not there by day 0."""
    moves = []
    for person, begun, reached in ((1, 5, 15), (2, 5, 25), (3, 5, None), (8, -60, -30), (9, -60, 10)):
        moves.append(move(person, begun, Level.NONE, Level.TRAINED, Kind.AUTOMATIC))
        if reached is not None:
            moves += [
                move(person, reached - 1, Level.TRAINED, Level.ACCOMPANIED),
                move(person, reached, Level.ACCOMPANIED, Level.AUTONOMOUS),
            ]
    found = facts([row(1), row(2), row(3)], {}, moves=tuple(sorted(moves, key=lambda one: one.on)))
    measure = measured("T5", found)
    assert (measure.estimate, measure.numerator, measure.denominator) == (20, 2, 3)
    assert further("T5", found) == {"days_before": 30, "people_before": 2}


def test_coverage() -> None:
    """Section 7: four tasks with 1, 2, 2 and 0 people at U or O where two are needed: 2/4, without an interval."""
    rows = tuple(Covered(f"t{place}", "morning", persons, 2) for place, persons in enumerate((1, 2, 2, 0), start=1))
    found = facts([row(1)], {}, kept=Kept(coverage=rows))
    measure = measured("T6", found)
    assert (measure.estimate, measure.interval.low, measure.interval.high) == (0.5, 0.5, 0.5)
    assert further("T6", found) == {"nobody": 1, "one_person": 1}


def figure(series: str, value: float, first: date, last: date, team: str | None = None) -> Figure:
    return Figure(series, first, last, team, value)


MARCH, APRIL = (date(2026, 3, 2), date(2026, 3, 31)), (date(2026, 4, 1), date(2026, 4, 30))
FEBRUARY = (date(2026, 2, 1), date(2026, 2, 28))


def plant(*figures: Figure) -> Facts:
    return facts([row(1)], {}, figures=figures, members=(member(1),))


def test_targeted_defects() -> None:
    """7 in 10,000 units: 0.7 for a thousand, 0.2814 to 1.4423; April has no number of units, February is before."""
    found = plant(
        figure("defects", 7, *MARCH), figure("units_produced", 10_000, *MARCH), figure("defects", 50, *APRIL),
        figure("defects", 3, *FEBRUARY), figure("units_produced", 1_000, *FEBRUARY),
    )  # fmt: skip
    measure = measured("B1", found)
    assert measure.estimate == pytest.approx(0.7)
    assert (measure.interval.low, measure.interval.high) == pytest.approx((0.2814, 1.4423), abs=1e-4)
    assert further("B1", found) == {"rate_before": pytest.approx(3.0), "baseline_days": 28}


def test_incidents_by_team() -> None:
    """2 and 0 in 20,000 and 30,000 hours: 0.4 for ten thousand; the plant's own figure would count twice."""
    found = plant(
        figure("incidents", 2, *MARCH, "a"), figure("hours_worked", 20_000, *MARCH, "a"),
        figure("incidents", 0, *MARCH, "b"), figure("hours_worked", 30_000, *MARCH, "b"),
        figure("incidents", 9, *MARCH), figure("hours_worked", 900_000, *MARCH),
    )  # fmt: skip
    measure = measured("B2", found)
    assert (measure.numerator, measure.denominator, measure.teams) == (2, 5, 2)

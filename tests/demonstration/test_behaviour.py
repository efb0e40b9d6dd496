"""Simulated behaviour: from a seed, within shifts, with every awkward case."""

from datetime import UTC, date, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest

from lms.demonstration.behaviour import ShiftCode, Task, course
from lms.demonstration.calendar import at_work_from, moments
from lms.demonstration.plant import operators, teams

ZONE = ZoneInfo("Europe/Paris")
TASK = Task(
    code="work-order",
    questions=(False, True) * 5,
    pass_mark=0.8,
    opens_at=datetime(2026, 9, 7, tzinfo=UTC),
    due_at=datetime(2026, 10, 5, tzinfo=UTC),
    closes_at=datetime(2026, 11, 16, tzinfo=UTC),
)
MOMENTS = {shift: moments(shift, date(2026, 9, 7), date(2026, 11, 15), ZONE, Random(1)) for shift in ShiftCode}


def many(shift: ShiftCode, task: Task = TASK, seed: int = 1) -> list:
    random = Random(seed)
    return [course(task, shift, MOMENTS[shift], random) for _ in range(400)]


def share(outcomes: list[bool]) -> float:
    return sum(outcomes) / len(outcomes)


def test_the_same_seed_gives_the_same_people() -> None:
    assert many(ShiftCode.NIGHT) == many(ShiftCode.NIGHT)
    assert operators(30, 10, Random(4)) == operators(30, 10, Random(4))


@pytest.mark.parametrize(("shift", "hours"), [(ShiftCode.MORNING, (5, 13)), (ShiftCode.AFTERNOON, (13, 21))])
def test_people_are_at_work_in_their_shift(shift: ShiftCode, hours: tuple[int, int]) -> None:
    assert all(hours[0] <= at.hour < hours[1] and at.weekday() < 5 for at in MOMENTS[shift])


def test_a_night_begins_on_its_date() -> None:
    assert all(at.hour >= 21 or at.hour < 5 for at in MOMENTS[ShiftCode.NIGHT])


def test_the_night_shift_hardly_reaches_its_kiosk() -> None:
    reached = {shift: share([found is not None for found in many(shift)]) for shift in ShiftCode}
    assert reached[ShiftCode.NIGHT] < 0.85 < 0.93 < reached[ShiftCode.MORNING]


def test_one_module_is_too_hard_for_everybody() -> None:
    def passed_at_once(code: str) -> float:
        found = [one for one in many(ShiftCode.MORNING, Task(**{**vars(TASK), "code": code})) if one]
        return share([sum(one.attempts[0].right) >= 4 for one in found])

    assert passed_at_once("clp-inks-solvents") < 0.2 < 0.8 < passed_at_once("work-order")


def test_every_awkward_case_occurs() -> None:
    found = [one for one in many(ShiftCode.NIGHT) if one]
    assert any(one.stops_after for one in found), "nobody breaks off for good"
    assert any(one.breaks_after for one in found), "nobody is interrupted"
    assert any(one.repeats for one in found), "no kiosk sends twice"
    assert any(one.starts_at >= TASK.due_at for one in found), "nobody is late"
    assert any(one.leaves_after_weeks for one in operators(72, 10, Random(1))), "nobody leaves"


def test_operators_are_spread_over_the_teams() -> None:
    made = operators(72, 10, Random(1))
    assert {team.code: sum(one.team == team for one in made) for team in teams()} == {team.code: 12 for team in teams()}
    assert len({one.registration for one in made}) == 72


def test_the_day_on_which_the_story_is_told_changes_nothing_about_what_people_do() -> None:
    def told(last_day: date, seed: int) -> object:
        at_work = moments(ShiftCode.NIGHT, date(2026, 9, 7), last_day, ZONE, Random(1))
        found = course(TASK, ShiftCode.NIGHT, at_work, Random(seed))
        return found and (found.attempts, found.stops_after, found.breaks_after)

    assert [told(date(2026, 11, 11), seed) for seed in range(50)] == [told(date(2026, 11, 15), s) for s in range(50)]


def test_nobody_takes_a_module_up_again_after_the_shift() -> None:
    worked = MOMENTS[ShiftCode.MORNING]
    within = datetime(2026, 9, 8, 9, tzinfo=ZONE)
    assert at_work_from(within, ShiftCode.MORNING, worked, ZONE) == within
    after = datetime(2026, 9, 8, 15, tzinfo=ZONE)
    assert at_work_from(after, ShiftCode.MORNING, worked, ZONE) == next(at for at in worked if at > after)
    assert at_work_from(datetime(2027, 1, 1, 15, tzinfo=ZONE), ShiftCode.MORNING, worked, ZONE) is None
    night = datetime(2026, 9, 9, 2, tzinfo=ZONE)
    assert at_work_from(night, ShiftCode.NIGHT, worked, ZONE) == night

"""Whoever reads a running pilot, its evaluation and what is said beside what is done works out nothing of too few."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from lms.evaluation.facts import Facts, Member, Sitting
from lms.evaluation.indicators import reach
from lms.evaluation.indicators.definition import Grouping
from lms.evaluation.masking import held_groups
from lms.evaluation.measures.case import grouped
from lms.evaluation.monitoring.access import Access, Tally, accesses, remarks
from lms.evaluation.monitoring.use import by_shift
from lms.evaluation.rules import told_apart
from lms.evaluation.said_and_did import said_and_did
from lms.evaluation.series.weeks import weeks
from tests.evaluation.indicators.small import at, facts, on, outcome, row
from tests.evaluation.test_said_and_did import RULES, a_wave
from tests.reckoning import leaks

LEAST = 5


@st.composite
def pilots(draw: st.DrawFn) -> Facts:
    """Teams on shifts or on none; some of each come in one of two weeks, some leave after the first."""
    rows, outcomes, members, sittings = [], {}, [], []
    for team in "abcdef"[: draw(st.integers(2, 6))]:
        shift = draw(st.sampled_from(["day", "late", "night", None]))
        people, came, left = (draw(st.integers(low, 9)) for low in (1, 0, 0))
        for place in range(people):
            person = len(rows)
            rows.append(row(person, team, shift))
            members.append(Member(person, team, shift, on(-30), on(6) if place < left else None))
            if place < came:
                outcomes[person, "m1"] = outcome(place % 2 * 7)
                began = at(place % 2 * 7)
                sittings.append(Sitting(UUID(int=person), person, "m1", 1, began, began, 600, 0))
    more = {"as_of": on(13), "sittings": tuple(sittings), "waves": (a_wave({"day": 20}),)}
    return replace(facts(rows, outcomes, **more), members=tuple(members))


@settings(max_examples=40)
@given(pilots())
def test_no_view_gives_away_how_many_of_a_few_came(plant: Facts) -> None:
    cases = reach.cases(plant)
    teams = grouped(cases, lambda case: case.team)
    counts = {team: (sum(bool(case.success) for case in own), len(own)) for team, own in teams.items()}
    if len(cases) < LEAST:
        return  # The figure itself is not shown.
    shifts = grouped(cases, lambda case: case.shift)
    of_shift = {shift: frozenset(case.team for case in own) for shift, own in shifts.items()}
    told = [frozenset(teams), *(of_shift[one.shift] for one in by_shift(plant, LEAST) if one.people is not None)]
    rows = said_and_did(RULES, plant)["rows"]
    told += [of_shift[one["shift"]] for one in rows if one["shift"] in of_shift and one["people"] is not None]
    for grouping, groups in ((Grouping.TEAM, {team: frozenset([team]) for team in teams}), (Grouping.SHIFT, of_shift)):
        held = held_groups(replace(reach.REACH, grouping=grouping), cases, LEAST)
        told += [own for name, own in groups.items() if name not in held]
    assert leaks(told, counts, LEAST) == []


@settings(max_examples=20)
@given(pilots())
def test_no_week_of_all_gives_away_that_of_a_shift(plant: Facts) -> None:
    """Few of a shift may be there in one week: all, less the other shifts, would be theirs."""
    shown = by_shift(plant, LEAST)
    for place, whole in enumerate(weeks(plant, LEAST) or []):
        ends_on = date.fromisoformat(whole["to"])
        here = [one for one in plant.members if one.left_on is None or one.left_on >= ends_on - timedelta(days=6)]
        shifts = [one.shift or "" for one in here]
        told = [frozenset(shifts)] if not whole["masked"] else []
        told += [frozenset([one.shift]) for one in shown if one.weeks and one.weeks[place].present]
        assert leaks(told, {shift: (0, shifts.count(shift)) for shift in shifts}, LEAST) == []


def test_that_none_of_a_few_came_to_a_kiosk_is_not_told() -> None:
    usual = {"hours": 8.0, "shift_hours": 8.0, "heard": 1.0, "masked": False}
    places = [Access(1, shift, expected=number, **usual) for shift, number in (("day", 9), ("late", 3), ("night", 9))]
    tallies = {
        (1, "day"): Tally(set(range(9)), frozenset(range(9)), visits=9),
        (1, "late"): Tally(expected=frozenset({20, 21, 22})),
        (1, "night"): Tally(set(range(30, 36)), frozenset(range(30, 39)), visits=6),
    }
    told = {one.shift: one.people for one in accesses(places, tallies, LEAST)}
    assert [told["late"], list(told.values()).count(None)] == [None, 2], "one more goes with it"
    # Two of three expected came, among twenty others: not even half or fewer is said.
    tallies[1, "late"] = Tally({20, 21, *range(100, 120)}, frozenset({20, 21, 22}), visits=22)
    late = next(one for one in accesses(places, tallies, LEAST) if one.shift == "late")
    tallies[1, "late"] = Tally(set(range(100, 122)), frozenset({20, 21, 22}), visits=22)
    assert remarks(late) == remarks(next(one for one in accesses(places, tallies, LEAST) if one.shift == "late"))


@given(st.lists(st.integers(0, 30), max_size=12))
def test_no_two_evaluations_are_read_whose_days_could_be_compared(days: list[int]) -> None:
    made = [(number, on(day)) for number, day in enumerate(days, 1)]
    read = told_apart(made)
    told = [day for number, day in enumerate(days, 1) if number in read]
    assert all(one == other or abs(one - other) >= 7 for one in told for other in told)
    assert not days or 1 in read, "what could be read stays"

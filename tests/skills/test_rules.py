"""What changes of level and a matrix come to (evaluation reference, section 7)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.skills import rules
from lms.skills.rules import Change, Cover, Kind, Level

NONE, I, L, U, O = Level  # noqa: E741  (the letters of the matrix)
DAY = date(2026, 3, 2)
PEOPLE, TASKS = {"A": 1, "B": 2, "C": 3}, (1, 2, 3, 4)
GOLDEN = {
    (PEOPLE[person], task): level
    for person, row in {"A": (U, O, L, I), "B": (L, U, U, NONE), "C": (I, NONE, U, L)}.items()
    for task, level in zip(TASKS, row, strict=True)
}
"""The worked example of section 7: four tasks, three people, q = 2."""


def test_golden_versatility() -> None:
    assert {name: rules.versatility(GOLDEN, number, TASKS) for name, number in PEOPLE.items()} == {
        "A": 2,
        "B": 2,
        "C": 1,
    }


def test_golden_depth_and_coverage() -> None:
    masters = rules.reached(GOLDEN, U)
    depths = [rules.depth(masters, task, set(PEOPLE.values())) for task in TASKS]
    assert depths == [1, 2, 2, 0]
    assert [rules.cover(persons, 2) for persons in depths] == [Cover.SINGLE, Cover.COVERED, Cover.COVERED, Cover.NONE]
    assert sum(rules.cover(persons, 2) is Cover.COVERED for persons in depths) == 2  # T6 = 2/4


def test_golden_bus_factor() -> None:
    found = rules.frailty(rules.reached(GOLDEN, U), rules.reached(GOLDEN, O), TASKS, set(PEOPLE.values()))
    assert found.single == {1}
    assert found.untaught == {1, 3}  # some at U, nobody at O


@pytest.mark.parametrize(
    ("persons", "required", "found"),
    [(0, 1, Cover.NONE), (1, 1, Cover.COVERED), (1, 3, Cover.SINGLE), (2, 3, Cover.SHORT), (5, 3, Cover.COVERED)],
)
def test_cover(persons: int, required: int, found: Cover) -> None:
    assert rules.cover(persons, required) is found


@pytest.mark.parametrize(
    ("holders", "needed", "filled"),
    [
        ({1: [7, 8], 2: [7]}, {1: 1, 2: 1}, 2),  # who holds both makes room
        ({1: [7], 2: [7]}, {1: 1, 2: 1}, 1),  # nobody stands at two posts
        ({1: [7, 8], 2: [8, 9], 3: [7]}, {1: 1, 2: 1, 3: 1}, 3),
        ({1: [7, 8, 9]}, {1: 2}, 2),
        ({}, {1: 2}, 0),
    ],
)
def test_places_filled_at_once(holders: dict[int, list[int]], needed: dict[int, int], filled: int) -> None:
    assert rules.places_filled(holders, needed) == filled


def test_levels_to_go_before_a_post_is_held() -> None:
    assert {name: rules.steps_missing(GOLDEN, number, TASKS) for name, number in PEOPLE.items()} == {
        "A": 3,  # L and I
        "B": 4,
        "C": 6,
    }


def at(days: int, after: Level, kind: Kind = Kind.SIGNED) -> Change:
    return Change(DAY + timedelta(days=days), days, kind, after)


@pytest.mark.parametrize(
    ("changes", "prepared", "coaching", "aimed"),
    [
        ([at(0, I, Kind.AUTOMATIC)], True, False, L),
        ([at(0, L)], True, False, U),
        ([at(0, U)], True, False, None),  # seen at work again: nothing to raise
        ([at(0, U)], True, True, O),
        ([at(0, O)], True, True, None),
        ([at(0, L), at(30, U)], True, False, None),  # settled later already
        ([], False, False, I),  # no module prepares for it
        ([at(-5, U, Kind.STATED), at(0, I, Kind.AUTOMATIC)], True, False, None),  # a module lowers nobody
    ],
)
def test_an_observation_aims_at_the_next_level(
    changes: list[Change], prepared: bool, coaching: bool, aimed: Level | None
) -> None:
    assert rules.aim(changes, DAY + timedelta(days=9), prepared=prepared, coaching=coaching) is aimed


def test_the_modules_come_first() -> None:
    with pytest.raises(rules.NothingLearntYet):
        rules.aim([], DAY, prepared=True, coaching=False)


changes = st.lists(
    st.builds(
        lambda days, kind, after: (days, kind, I if kind is Kind.AUTOMATIC else after),
        st.integers(0, 400),
        st.sampled_from(Kind),
        st.sampled_from(Level),
    ),
    max_size=8,
)


@given(changes, st.randoms())
def test_a_history_is_a_chain_whatever_the_order_and_no_module_lowers(told: list, random: object) -> None:
    recorded = [Change(DAY + timedelta(days=days), n, kind, after) for n, (days, kind, after) in enumerate(told)]
    moves = rules.history(recorded)
    shuffled = list(recorded)
    random.shuffle(shuffled)
    assert rules.history(shuffled) == moves
    level = Level.NONE
    for move in moves:
        assert move.before is level
        assert move.after is not level
        assert move.kind is not Kind.AUTOMATIC or move.after.rank > level.rank
        level = move.after
    assert rules.level_of(recorded) is level

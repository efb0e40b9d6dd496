"""Whoever has all tables of an evaluation together works out nothing of too few people (reference, section 3.7)."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.evaluation.cells.every import cells
from lms.evaluation.indicators.definition import Grouping
from lms.evaluation.masking import held_groups
from lms.evaluation.measures.case import Case, grouped
from tests.evaluation.test_cells import entry
from tests.reckoning import leaks

LEAST = 5
Atom = tuple[str, str, bool]
"""A team, its shift, and whether its people were there throughout."""


@st.composite
def pilots(draw: st.DrawFn) -> list[Case]:
    """Teams on shifts (or on none), some of whose people left early."""
    found: list[Case] = []
    for team in "abcdef"[: draw(st.integers(2, 6))]:
        shift = draw(st.sampled_from(["day", "late", "night", None]))
        for throughout in (True, False):
            people = draw(st.integers(1, 13) if throughout else st.sampled_from([0, 0, 1, 5]))
            done = draw(st.one_of(st.sampled_from([0, people]), st.integers(0, people)))
            start = len(found)
            found += [Case(start + n, team, shift, n < done, throughout, group=EASE.get(shift)) for n in range(people)]
    return found


EASE = {"day": "high", "late": "low", "night": "low"}
GROUPINGS = (Grouping.TEAM, Grouping.SHIFT, Grouping.EASE)


def shown(cases: Sequence[Case], *, sensitive: bool) -> list[frozenset[Atom]]:
    """Return of which sets of people the successes are told, in whichever table."""
    told = [frozenset(map(atom, cases))]
    for grouping in GROUPINGS:
        definition = replace(entry(sensitive=sensitive).definition, grouping=grouping)
        held = held_groups(definition, cases, LEAST)
        told += [
            frozenset(map(atom, own)) for name, own in grouped(cases, definition.group).items() if name not in held
        ]
    found = cells(entry(sensitive=sensitive), cases, LEAST)
    present = [case for case in cases if case.throughout]
    for table, own in ((found, cases), (found["per_protocol"], present)):
        for row in table["teams"] if table else []:
            if not row["masked"]:
                told.append(frozenset(atom(case) for case in own if case.team == row["team"]))
        if table:
            told.append(frozenset(map(atom, own)))
    gap = cells(entry("Q1", sensitive=sensitive), [replace(case, group=case.shift) for case in cases], LEAST)
    for row in gap["groups"]:
        if not row["masked"]:
            told.append(frozenset(atom(case) for case in cases if case.shift == row["group"]))
        told += [frozenset(atom(case) for case in cases if case.team == team["team"]) for team in row["teams"]]
    return told


def atom(case: Case) -> Atom:
    return case.team, case.shift or "", case.throughout


@settings(max_examples=30)
@given(pilots(), st.booleans())
def test_no_table_of_an_evaluation_gives_another_away(cases: list[Case], sensitive: bool) -> None:
    counts: dict[Atom, tuple[int, int]] = {}
    for case in cases:
        successes, people = counts.get(atom(case), (0, 0))
        counts[atom(case)] = successes + bool(case.success), people + 1
    successes, people = (sum(column) for column in zip(*counts.values(), strict=True))
    if people < LEAST or (sensitive and people < 2 * LEAST and successes in (0, people)):
        return  # The figure itself is not shown, nor anything of it.
    assert leaks(shown(cases, sensitive=sensitive), counts, LEAST, sensitive=sensitive) == []


@pytest.mark.parametrize("grouping", GROUPINGS)
def test_people_of_no_group_are_not_what_is_left_over(grouping: Grouping) -> None:
    """Of 27 people three work no shift: both shifts and all together would tell of them."""
    cases = [Case(n, "a" if n < 12 else "b", "day" if n < 12 else "late", True, group="high") for n in range(24)]
    cases += [Case(30 + n, "c", None, False) for n in range(3)]
    definition = replace(entry().definition, grouping=grouping)
    assert held_groups(definition, cases, LEAST) - {"", "c"}

"""Whoever sees no names tries to work out what is held back, from everything they can fetch together.

Every number that a page, a file or the API shows to those roles is one equation over the smallest
groups. Nothing of fewer people than may be shown follows from the equations: not by adding and
taking away (the rows of a linear system), not by what can be at least and at most (a linear
programme). The sources are the evaluation reference, section 3.7.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from unittest import mock

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from lms.progress import grouping
from lms.progress import hours as worked
from lms.progress.grouping import NESTED, By, Leaves, sums
from tests.reckoning import leaks

LEAST = 5
Atom = tuple[int, int, frozenset[int]]
"""People of a module and team who are asked by the same recommendations."""


@dataclass(frozen=True)
class Plant:
    """Teams with their shift and site, and how many of each smallest group there are and completed."""

    teams: dict[int, tuple[int, int]]
    atoms: dict[Atom, tuple[int, int]]


@st.composite
def plants(draw: st.DrawFn) -> Plant:
    teams = {team: (draw(st.integers(1, 3)), draw(st.integers(1, 2))) for team in range(1, draw(st.integers(2, 6)) + 1)}
    atoms = {}
    for module in range(1, draw(st.integers(1, 2)) + 1):
        for team in teams:
            for asked in draw(st.sets(st.sampled_from([(1,), (2,), (1, 2)]), min_size=1, max_size=2)):
                people = draw(st.integers(1, 12))
                atoms[module, team, frozenset(asked)] = people, draw(st.integers(0, people))
    return Plant(teams, atoms)


def equations(plant: Plant, kinds: tuple[By, ...]) -> list[tuple[list[int], int]]:
    """Return what is shown of how many completed, table by table: which smallest groups, and their number."""
    found = []
    places = list(plant.atoms)
    with mock.patch.object(grouping, "_teams", return_value=plant.teams):
        for by in kinds:
            for only in (None, *{module for module, _, _ in places}):
                found += _shown(plant, by, [atom for atom in places if only in (None, atom[0])])
    return [([int(place in members) for place in places], number) for members, number in found]


def _shown(plant: Plant, by: By, asked: list[Atom]) -> list[tuple[list[Atom], int]]:
    own: dict[tuple[int, int, int], list[Atom]] = defaultdict(list)
    for atom in asked:
        module, team, recommendations = atom
        for part in recommendations if by is By.RECOMMENDATION else (0,):
            own[module, team, part].append(atom)
    leaves = {key: _numbers(plant, atoms) for key, atoms in own.items()}
    table = sums(by, _columns(leaves), LEAST)
    found = []
    for module, team, part in leaves:
        # The strongest reader knows which modules a sum leaves out: each module's own numbers are an equation.
        shift, site = plant.teams[team]
        group = {By.MODULE: module, By.TEAM: team, By.SHIFT: shift, By.SITE: site}.get(by, part)
        within = [key for key in leaves if key[0] == module and _group(plant, by, key) == group]
        one = sums(by, _columns({key: told for key, told in leaves.items() if key[0] == module}), LEAST)
        for cell, keys in ((one.rows[group], within), (one.total, [key for key in leaves if key[0] == module])):
            if cell.numbers:
                found.append(([atom for key in keys for atom in own[key]], cell.numbers[1]))
    assert all(cell.numbers is None or cell.numbers[0] >= LEAST or not cell.numbers for cell in table.rows.values())
    return found


def _columns(told: dict[tuple[int, int, int], tuple[int, int]]) -> Leaves:
    module, team, part, *numbers = (
        numpy.array(column) for column in zip(*((*key, *own) for key, own in sorted(told.items())), strict=True)
    )
    return Leaves(module, team, part, numbers)


def _group(plant: Plant, by: By, key: tuple[int, int, int]) -> int:
    module, team, part = key
    shift, site = plant.teams[team]
    return {By.MODULE: module, By.TEAM: team, By.SHIFT: shift, By.SITE: site}.get(by, part)


def _numbers(plant: Plant, atoms: list[Atom]) -> tuple[int, int]:
    people, completed = zip(*(plant.atoms[atom] for atom in atoms), strict=True)
    return sum(people), sum(completed)


def recovered(plant: Plant, kinds: tuple[By, ...] = NESTED) -> list[list[Atom]]:
    """Return the groups of fewer people than may be shown of which somebody could tell how many completed."""
    places, told = list(plant.atoms), equations(plant, kinds)
    matrix = numpy.array([row for row, _ in told] or [[0] * len(places)], float)
    rank = numpy.linalg.matrix_rank(matrix)
    found = []
    for module in {module for module, _, _ in places}:
        inside = [place for place, atom in enumerate(places) if atom[0] == module]
        for many in (1, 2, 3):
            for few in combinations(inside, many):
                if sum(plant.atoms[places[place]][0] for place in few) >= LEAST:
                    continue
                target = numpy.array([float(place in few) for place in range(len(places))])
                if numpy.linalg.matrix_rank(numpy.vstack([matrix, target])) == rank:
                    found.append([places[place] for place in few])
    return found


@settings(max_examples=30)
@given(plants())
def test_adding_and_taking_away_recovers_nothing(plant: Plant) -> None:
    assert recovered(plant) == []


@settings(max_examples=15)
@given(plants())
def test_what_can_be_at_least_and_at_most_recovers_nothing(plant: Plant) -> None:
    """Unless nobody or everybody of five or more did: then it is said of all, which is no secret of usage (rule 2)."""
    places, told = list(plant.atoms), equations(plant, NESTED)
    if not told:
        return
    bounds = [(0, people) for people, _ in plant.atoms.values()]
    rows, numbers = [row for row, _ in told], [number for _, number in told]
    for place, atom in enumerate(places):
        people, _ = plant.atoms[atom]
        if people >= LEAST or people == 0:
            continue
        wanted = [float(one == place) for one in range(len(places))]
        least, most = (
            sign * linprog([sign * one for one in wanted], A_eq=rows, b_eq=numbers, bounds=bounds).fun
            for sign in (1, -1)
        )
        if most - least < 0.5:
            rest = _remainder(plant, atom, rows, places)
            done = sum(plant.atoms[one][1] for one in rest)
            assert done in (0, sum(plant.atoms[one][0] for one in rest)), atom


def _remainder(plant: Plant, atom: Atom, rows: list[list[int]], places: list[Atom]) -> list[Atom]:
    """Return the smallest shown group around somebody, less the shown ones within it that they are not in."""
    place = places.index(atom)
    around = [{one for one, inside in enumerate(row) if inside} for row in rows if row[place]]
    smallest = min(around, key=len)
    within = [{one for one, inside in enumerate(row) if inside} for row in rows if not row[place]]
    left = smallest.difference(*[one for one in within if one < smallest])
    return [places[one] for one in left]


def test_overlapping_groups_would_give_people_away() -> None:
    """Why recommendations are no breakdown for those who see no names: six and eight of nine leave one person over."""
    plant = Plant({1: (1, 1)}, {(1, 1, frozenset([1])): (1, 1), (1, 1, frozenset([1, 2])): (8, 4)})
    assert recovered(plant, (By.MODULE, By.RECOMMENDATION)) == [[(1, 1, frozenset([1]))]]
    assert By.RECOMMENDATION not in NESTED


@pytest.mark.parametrize("sizes", [{1: 25, 2: 24, 3: 3}])
def test_the_golden_case(sizes: dict[int, int]) -> None:
    """`suppress` in evaluation-golden.json: morning 21/25, afternoon 19/24, night 2/3: the last two are held back."""
    plant = Plant(
        {team: (team, 1) for team in sizes}, {(1, team, frozenset([1])): (size, 2) for team, size in sizes.items()}
    )
    with mock.patch.object(grouping, "_teams", return_value=plant.teams):
        leaves = _columns({(1, team, 0): (size, 2) for team, size in sizes.items()})
        rows = sums(By.TEAM, leaves, LEAST).rows
    assert {team for team, cell in rows.items() if cell.numbers is None} == {2, 3}


@st.composite
def learning(draw: st.DrawFn) -> tuple[dict[int, tuple[int, int]], dict[tuple[int, int, str], int]]:
    """Teams with their shift and site, and how many people of each learnt each module in which way."""
    teams = {team: (draw(st.integers(1, 2)), 1) for team in range(1, draw(st.integers(2, 4)) + 1)}
    places = [(module, team, way) for module in (1, 2) for team in teams for way in ("digital", "rooms")]
    return teams, {place: draw(st.sampled_from([0, 1, 2, 4, 5, 6, 9])) for place in places}


@settings(max_examples=12)
@given(learning())
def test_hours_of_the_two_ways_and_together_recover_nothing(
    plant: tuple[dict[int, tuple[int, int]], dict[tuple[int, int, str], int]],
) -> None:
    """At kiosks, in classrooms, in all; by module, team and shift; of one module or of all."""
    teams, people = plant
    rows: dict[str, list[list[int]]] = {"digital": [], "rooms": []}
    for (module, team, way), number in people.items():
        rows[way] += [[100 * team + one, module, 0, 1, 3, 60 + one] for one in range(number)]
    last = {100 * team + one: team for team in teams for one in range(9)}
    columns = {way: list(numpy.array(found, int).reshape(-1, 6).T) for way, found in rows.items()}
    shown = []
    with (
        mock.patch.object(grouping, "_teams", return_value=teams),
        mock.patch.object(worked, "_last_teams", return_value=last),
        mock.patch.object(worked, "_worked", return_value=columns["digital"]),
        mock.patch.object(worked, "_attended", return_value=columns["rooms"]),
    ):
        for by in NESTED:
            for module in (1, 2):
                # Of all modules a row is the sum of what is shown of each.
                table = worked.hours(by, worked.Stretch(None, date(2026, 3, 1)), LEAST, module)
                for group, row in (*table.rows.items(), (None, table.total)):
                    own = {team for team, (shift, _) in teams.items() if group in (None, _of(by, module, team, shift))}
                    told = [(way,) for way in ("digital", "rooms") if not getattr(row, way).hidden]
                    told += [("digital", "rooms")] if row.actual_seconds is not None else []
                    shown += [frozenset((module, team, way) for team in own for way in ways) for ways in told]
    counts = {place: (0, number) for place, number in people.items() if number}
    assert leaks([one & counts.keys() for one in shown], counts, LEAST) == []


def _of(by: By, module: int, team: int, shift: int) -> int:
    return {By.MODULE: module, By.TEAM: team, By.SHIFT: shift}[by]

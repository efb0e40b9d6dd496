"""What is shown of a table is what the rule of small groups says of each module, however it was worked out."""

from collections import Counter, defaultdict
from random import Random

import numpy as np
import pytest

from lms.kernel.suppression import hidden
from lms.progress import grouping
from lms.progress.grouping import By, leaves, sums

LEAST = 5
SHIFTS = {1: 1, 2: 1, 3: 2, 4: 0}
SITES = {1: 1, 2: 2, 3: 1, 4: 2}
PARTED = (By.POST, By.EDITION, By.BEGAN, By.HIRED, By.DUE)

Key = tuple[int, int, int]


def people_of(chance: Random) -> list[Key]:
    """Return who counts, each by module, team and part.

    There are few parts of many people, many of few, one for a team, or most of a team's people are apart.
    """
    ways = (
        lambda team: chance.randint(1, 3),
        lambda team: chance.randint(1, 9),
        lambda team: team % 2,
        lambda team: chance.choices((10 * team, 9), (6, 1))[0],
    )
    parts = chance.choice(ways)
    return [
        (module, team, parts(team))
        for module in (1, 2, 3)
        for team in chance.sample(list(SHIFTS), chance.randint(1, 4))
        for _ in range(chance.randint(1, 30))
    ]


def expected(by: By, people: list[Key]) -> dict[int | None, tuple[int, int]]:
    """Return how many people are shown of each group, and of all (None), and of how many modules nothing is."""

    def group(key: Key) -> int:
        module, team, part = key
        own = {By.MODULE: module, By.TEAM: team, By.SHIFT: SHIFTS[team], By.SITE: SITES[team]}
        return own.get(by, part)

    shown: Counter[int | None] = Counter()
    held: Counter[int | None] = Counter()
    apart: dict[tuple[int, int], Counter[Key]] = defaultdict(Counter)
    for key in people:
        apart[key[0], key[2] if by is By.RECOMMENDATION else 0][key] += 1
    for sizes in apart.values():
        cells: dict[tuple[str, int], set[Key]] = defaultdict(set)
        for key in sizes:
            wider = ("site", SITES[key[1]]) if by is By.SITE else ("shift", SHIFTS[key[1]])
            names = [("total", 0), ("team", key[1]), wider]
            for name in [*names, *([("part", group(key))] if by in PARTED else [])]:
                cells[name].add(key)
        less = hidden({name: frozenset(own) for name, own in cells.items()}, sizes, LEAST)
        name_of = {By.MODULE: "total", By.RECOMMENDATION: "total", By.TEAM: "team", By.SHIFT: "shift", By.SITE: "site"}
        for one in {group(key) for key in sizes}:
            name = name_of.get(by, "part")
            if (name, 0 if name == "total" else one) in less:
                held[one] += 1
            else:
                shown[one] += sum(number for key, number in sizes.items() if group(key) == one)
        if ("total", 0) in less:
            held[None] += 1
        else:
            shown[None] += sum(sizes.values())
    return {one: (shown[one], held[one]) for one in {*shown, *held}}


@pytest.mark.parametrize("by", list(By))
def test_it_is_the_rule(by: By, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "_teams", lambda: {team: (SHIFTS[team], SITES[team]) for team in SHIFTS})
    monkeypatch.setattr(grouping, "_ROWS", 7)
    for seed in range(60):
        people = people_of(Random(seed))
        module, team, part = (np.array(column) for column in zip(*people, strict=True))
        parts = part if by in (*PARTED, By.RECOMMENDATION) else np.zeros(len(people), int)
        found = sums(by, leaves(module, team, parts, [np.ones(len(people)), np.full(len(people), 2)]), LEAST)
        told = {**found.rows, None: found.total}
        seen = {group: ((one.numbers or (0,))[0], one.held_back) for group, one in told.items() if one.numbers}
        wanted = expected(by, people if by in (*PARTED, By.RECOMMENDATION) else [(m, t, 0) for m, t, _ in people])
        assert seen == {group: numbers for group, numbers in wanted.items() if numbers[0]}, seed
        assert all(one.numbers == (one.numbers[0], 2 * one.numbers[0]) for one in told.values() if one.numbers)

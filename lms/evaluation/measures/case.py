"""One unit of a denominator, and how units are counted by team, person and group."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from lms.evaluation.estimators.clusters import Cluster, Part, design_effect, estimated_deff
from lms.evaluation.verdict import Measure


@dataclass(frozen=True, slots=True)
class Case:
    """One unit of a denominator: a person, an assignment, a session, an answer, a module.

    What is counted stands in `success`, what is measured in `value`; None in both is a
    unit without an outcome that could be assumed.
    """

    person: int
    """Persons are clusters too; a unit of nobody's bears a number of its own, below zero."""
    team: str
    shift: str | None
    success: bool | None = None
    throughout: bool = True
    """Present from the first day to the last: the per-protocol variant keeps these alone."""
    value: float | None = None
    exposure: float = 1.0
    """What a rate is divided by."""
    before: float | None = None
    """What was measured before, where `value` is a gain."""
    group: str | None = None
    """What a breakdown or a gap compares, where it is neither the team nor the shift."""


Measuring = Callable[[Sequence[Case], float, float], Measure | None]
"""Cases, planning ICC and level give a measure; None when there is nothing to measure."""


def persons(cases: Sequence[Case]) -> int:
    """Return how many persons the cases are of."""
    return len({case.person for case in cases})


def people_counted(cases: Sequence[Case]) -> tuple[int, int]:
    """Return how many persons succeeded and how many there are, as masking asks: all, none, or some of them.

    One person's several cases are one person: a hundred sessions of three people tell of three.
    """
    people, successes = persons(cases), sum(bool(case.success) for case in cases)
    if successes in (0, len(cases)):
        return (people if successes else 0), people
    return max(people - 1, 1), people


def clusters(cases: Sequence[Case]) -> list[Cluster]:
    """Return the teams of the cases, in the order of their codes."""
    return list(clustered(cases, attrgetter("team")).values())


def clustered(cases: Sequence[Case], key: Callable[[Case], Any]) -> dict[Any, Cluster]:
    """Return the successes and members of each cluster, in the order of the keys."""
    members, successes = Counter(map(key, cases)), Counter(key(case) for case in cases if case.success)
    return {name: Cluster(successes[name], members[name]) for name in sorted(members)}


def grouped(cases: Sequence[Case], key: Callable[[Case], str | None]) -> dict[str, list[Case]]:
    """Return the cases by group, groups in the order of their names; those of no group are left out."""
    groups: defaultdict[str | None, list[Case]] = defaultdict(list)
    for case in cases:
        groups[key(case)].append(case)
    return {name: groups[name] for name in sorted(name for name in groups if name is not None)}


def values_by_team(cases: Sequence[Case]) -> list[list[float]]:
    """Return the measured values of each team, in the order of the teams' codes."""
    teams = grouped(cases, attrgetter("team"))
    return [[case.value for case in team if case.value is not None] for team in teams.values()]


def parts_by_team(cases: Sequence[Case]) -> list[list[Part]]:
    """Return what each person of each team adds to the sum of values and to that of what it is divided by."""
    teams = []
    for team in grouped(cases, attrgetter("team")).values():
        people: dict[int, Part] = {}
        for case in team:
            top, bottom = people.get(case.person, (0.0, 0.0))
            people[case.person] = (top + (case.value or 0.0), bottom + case.exposure)
        teams.append(list(people.values()))
    return teams


def share_deff(cases: Sequence[Case], icc0: float) -> float:
    """Return the design effect of a share: teams, and persons where one has several cases."""
    deff = design_effect(clusters(cases), icc0)
    people = clustered(cases, attrgetter("person"))
    if len(people) == len(cases):
        return deff
    # One person's cases resemble each other more than two persons' do, and there are
    # enough persons to estimate by how much.
    return max(deff, estimated_deff(list(people.values())))

"""Counts of successes: by team, by person, by group and by step, small groups held back. Pure."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from lms.evaluation.cells.exact import exact
from lms.evaluation.estimators.clusters import Cluster, design_effect
from lms.evaluation.masking import held_groups, held_teams
from lms.evaluation.measures.case import Case, clustered, clusters, grouped, people_counted, share_deff
from lms.evaluation.protocol import FrozenIndicator
from lms.kernel.suppression import hidden_counts

Document = dict[str, Any]


def share(entry: FrozenIndicator, cases: Sequence[Case], smallest: int) -> Document:
    """Return successes and members by team, and how many persons have so many of either."""
    held = _hidden_teams(entry, cases, smallest)
    by_team = grouped(cases, lambda case: case.team)
    return {
        "teams": [_team(name, own, name in held) for name, own in by_team.items() if name in held or _seen(own)],
        "persons": _persons(_seen(cases), smallest),
        "each_once": len({case.person for case in cases}) == len(cases),
        "without_outcome": sum(len(own) for own in by_team.values() if not _seen(own)),
    }


def _hidden_teams(entry: FrozenIndicator, cases: Sequence[Case], smallest: int) -> Collection[str]:
    return held_teams(entry.definition, _seen(cases), smallest)


def _team(name: str, cases: Sequence[Case], masked: bool) -> Document:
    successes, members = _count(_seen(cases))
    if masked:
        return {"team": name, "successes": None, "members": None, "missing": None, "masked": True}
    return {
        "team": name,
        "successes": successes,
        "members": members,
        "missing": len(cases) - members,
        "masked": False,
    }


def _persons(seen: Sequence[Case], smallest: int) -> list[Document] | None:
    """Return how many persons have so many successes in so many cases; None when that would tell on a few.

    An empty list says that everyone has one case, so that persons are no clusters.
    """
    people = clustered(seen, lambda case: case.person)
    if len(people) == len(seen):
        return []
    sizes = Counter(found.members for found in people.values())
    if hidden_counts({members: (0, count) for members, count in sizes.items()}, smallest):
        return None
    patterns = Counter((int(found.successes), int(found.members)) for found in people.values())
    return [
        {"successes": successes, "members": members, "persons": count}
        for (successes, members), count in sorted(patterns.items())
    ]


def gap(entry: FrozenIndicator, cases: Sequence[Case], smallest: int) -> Document:
    """Return the groups of a gap with their design effects; their teams too, where each is of one group."""
    return {"groups": _compared(entry, cases, smallest)}


def steps(entry: FrozenIndicator, cases: Sequence[Case], smallest: int) -> Document:
    """Return how many reached each step and left there, with the design effect; None where few reached one.

    Teams are not told: with the step they would be crossed.
    """
    seen = [case for case in _seen(cases) if case.group is not None]
    own = grouped(seen, lambda case: case.group)
    if any(people_counted(group)[1] < smallest for group in own.values()):
        return {"steps": None}
    return {
        "steps": [
            {
                "step": name,
                "left": _count(group)[0],
                "reached": len(group),
                "deff": exact(design_effect(clusters(group), entry.rule.icc0)),
            }
            for name, group in own.items()
        ]
    }


def represented(entry: FrozenIndicator, cases: Sequence[Case], smallest: int) -> Document:
    """Return the groups with the design effects of each and of all others together; None where one is small."""
    seen = [case for case in _seen(cases) if case.group is not None]
    own = grouped(seen, lambda case: case.group)
    if held_groups(entry.definition, seen, smallest):
        return {"parts": None}
    return {
        "parts": [
            {
                "group": name,
                "successes": _count(group)[0],
                "members": len(group),
                "deff": exact(design_effect(clusters(group), entry.rule.icc0)),
                "deff_of_others": exact(design_effect(_others(own, name), entry.rule.icc0)),
            }
            for name, group in own.items()
        ]
    }


def _others(groups: dict[str, list[Case]], name: str) -> list[Cluster]:
    """Return the teams of each other group: those of two groups count once in each."""
    return [team for other, own in groups.items() if other != name for team in clusters(own)]


def _compared(entry: FrozenIndicator, cases: Sequence[Case], smallest: int) -> list[Document]:
    groups = grouped(_seen(cases), lambda case: case.group)
    held = held_groups(entry.definition, _seen(cases), smallest)
    nested = not held and _teams_may_be_told(entry, groups, smallest)
    return [
        {"group": name, "successes": None, "members": None, "deff": None, "teams": [], "masked": True}
        if name in held
        else {
            "group": name,
            "successes": _count(own)[0],
            "members": len(own),
            "deff": round(share_deff(own, entry.rule.icc0), 6),
            "teams": _teams(own) if nested else [],
            "masked": False,
        }
        for name, own in groups.items()
    ]


def _teams_may_be_told(entry: FrozenIndicator, groups: dict[str, list[Case]], smallest: int) -> bool:
    """Whether every team is of one group, one case a person, and none is to be held back."""
    teams = {name: frozenset(case.team for case in own) for name, own in groups.items()}
    every = [case for own in groups.values() for case in own]
    sizes = {case.team for case in every}
    if sum(map(len, teams.values())) > len(sizes) or len({case.person for case in every}) < len(every):
        return False
    return not held_teams(entry.definition, every, smallest)


def _teams(cases: Sequence[Case]) -> list[Document]:
    found = grouped(cases, lambda case: case.team)
    return [{"team": name, "successes": _count(own)[0], "members": len(own)} for name, own in found.items()]


def _seen(cases: Sequence[Case]) -> list[Case]:
    return [case for case in cases if case.success is not None]


def _count(cases: Sequence[Case]) -> tuple[int, int]:
    return sum(bool(case.success) for case in cases), len(cases)

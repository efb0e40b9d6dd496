"""How many of those who may stand at a kiosk have read a notice; nobody's name, no small group."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from lms.kernel.suppression import hidden_groups
from lms.people import queries as people


@dataclass(frozen=True)
class Informed:
    """A group of people and a notice."""

    team: str
    """Empty for all teams together."""
    people: int
    read: int
    hidden: bool
    """Too small to be shown, or it would give away one that is; then the numbers are 0."""


def informed(version: int, on: date, known_at: datetime, least: int) -> list[Informed]:
    """Return how many of those in a team that day had read the notice by then: all of them, then team by team.

    Whoever is in two teams counts in the one joined last: all teams added up, less all people, would tell of them.
    """
    read = {person_id for person_id, _ in people.acknowledgements(version, known_at=known_at)}
    groups: dict[int, set[int]] = defaultdict(set)
    for person_id, team_id in {stay.person_id: stay.team_id for stay in people.memberships(None, on, on)}.items():
        groups[team_id].add(person_id)
    sizes = {team: len(members) for team, members in groups.items()}
    held = hidden_groups(sizes, least)
    everyone = set().union(*groups.values()) if groups else set()
    named = [(team.name, groups[team.id], team.id in held) for team in people.teams() if team.id in groups]
    return [
        Informed(name, 0, 0, True) if small else Informed(name, len(members), len(members & read), False)
        for name, members, small in [("", everyone, 0 < len(everyone) < least), *named]
    ]

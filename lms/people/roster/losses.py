"""What an import would take away (pure): teams left with nobody, and how many of those present would leave.

A list from elsewhere is more often wrong than a team is gone: a filter too many at its source, a
column shifted. Whoever looks may apply it all the same; nobody looking, it waits.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Emptied:
    """A team that would be left with nobody."""

    team: str
    people: int
    """How many are in it now."""


@dataclass(frozen=True)
class Losses:
    """What an import would take away."""

    emptied: tuple[Emptied, ...]
    leaving: int
    """People present who would get a last day."""
    present: int

    def too_many(self, percent: int) -> bool:
        """Whether more than that share of those present would leave."""
        return self.leaving * 100 > self.present * percent


def losses(
    changed: Sequence[Any],
    created: Sequence[Any],
    people: Iterable[Any],
    names: Mapping[int, str],
    today: date,
) -> Losses:
    """Return what these plans (`comparison.Plan`) would take away from people known, in teams of these names."""
    present = {one.id: one for one in people if one.left_on is None or one.left_on >= today}
    before = Counter(one.team_id for one in present.values() if one.team_id is not None)
    after = Counter(before)
    leaving = 0
    for plan in changed:
        person = present.get(plan.person_id or 0)
        goes = plan.left_on is not None and person is not None and person.left_on is None
        leaving += goes
        if person is not None and person.team_id is not None and (goes or plan.team is not None):
            after[person.team_id] -= 1
    for plan in (*changed, *created):
        if isinstance(plan.team, int) and plan.left_on is None:
            after[plan.team] += 1
    emptied = [Emptied(names[team], count) for team, count in before.items() if after[team] <= 0]
    return Losses(tuple(sorted(emptied, key=lambda one: one.team)), leaving, len(present))

"""What an evaluation knows of each person: what was asked, what happened. Pure.

`queries.gather` fills them; persons are numbers, days are days of the plant.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Assigned:
    """One person who was to take one module."""

    person: int
    team: str
    shift: str | None
    plan: str
    recommendation: str
    module: str
    assigned_on: date
    """The day from which it concerned this person."""
    due_on: date
    throughout: bool
    """Present in the planned teams from the plan's first day to this person's due date (or the cut-off)."""
    simulated: bool = False


@dataclass(frozen=True)
class Outcome:
    """What one person did with one module up to the cut-off, over all its editions."""

    started_on: date | None = None
    completed_on: date | None = None
    first_passed: bool | None = None
    """Whether the first attempt reached the pass mark; None when no attempt was ended."""


NOTHING = Outcome()


@dataclass(frozen=True)
class Facts:
    """Everyone concerned and what they did, as of a day."""

    as_of: date
    assigned: tuple[Assigned, ...]
    outcomes: Mapping[tuple[int, str], Outcome]
    """By person and module."""

    def outcome(self, row: Assigned) -> Outcome:
        """Return what came of an assignment."""
        return self.outcomes.get((row.person, row.module), NOTHING)

    def of(self, recommendation: str, modules: Collection[str]) -> "Facts":
        """Return the facts about one recommendation; no modules means all that were planned for it.

        A module planned twice for someone counts once, as it was first assigned.
        """
        chosen: dict[tuple[int, str], Assigned] = {}
        for row in sorted(self.assigned, key=lambda row: (row.assigned_on, row.plan)):
            if row.recommendation == recommendation and (not modules or row.module in modules):
                chosen.setdefault((row.person, row.module), row)
        return Facts(self.as_of, tuple(chosen.values()), self.outcomes)

    def by_person(self) -> dict[int, list[Assigned]]:
        """Return each person's assignments, persons in the order of their numbers."""
        found: dict[int, list[Assigned]] = {}
        for row in sorted(self.assigned, key=lambda row: (row.person, row.assigned_on, row.plan)):
            found.setdefault(row.person, []).append(row)
        return found

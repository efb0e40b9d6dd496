"""Who counts in an evaluation, fixed at its cut-off. Pure.

It is kept with the evaluation: the records never change, but rosters and plans do.
"""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from lms.evaluation.facts import Assigned
from lms.people.permissions import Role

LEARNER = Role.OPERATOR
KEPT_OUT = frozenset({Role.TRAINER, Role.ADMINISTRATOR, Role.EVALUATOR})
"""Accounts that test or teach are left out by role, never by hand (evaluation reference, base sets)."""

_DATES = ("assigned_on", "due_on")


@dataclass(frozen=True)
class Population:
    """The assignments that count, and how many people did not come to count, and why."""

    assigned: tuple[Assigned, ...]
    roster: int
    """Everyone who was in a pilot team between the first day and the cut-off."""
    left_out_by_role: int
    too_short: int
    """Learners of the roster who were there too short a time for any plan to concern them."""
    joined_later: int
    """Of those who count: joined after a plan's first day."""
    left_before_end: int
    """Of those who count: had left the pilot teams by the cut-off."""

    def document(self) -> dict[str, Any]:
        """Return the population as it is stored."""
        rows = [[_stored(getattr(row, name)) for name in _COLUMNS] for row in self.assigned]
        counts = {name: count for name, count in asdict(self).items() if name != "assigned"}
        return {"columns": list(_COLUMNS), "rows": rows, **counts}


_COLUMNS = tuple(field.name for field in fields(Assigned))


def read(document: dict[str, Any]) -> Population:
    """Return the population that was stored."""
    columns = document["columns"]
    rows = tuple(_row(dict(zip(columns, values, strict=True))) for values in document["rows"])
    counts = {field.name: document[field.name] for field in fields(Population) if field.name != "assigned"}
    return Population(assigned=rows, **counts)


def is_learner(roles: Collection[Role]) -> bool:
    """Whether someone with these roles counts."""
    return LEARNER in roles and not KEPT_OUT & set(roles)


def persons(rows: Iterable[Assigned]) -> set[int]:
    """Return the persons of assignments."""
    return {row.person for row in rows}


def _stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _row(values: dict[str, Any]) -> Assigned:
    return Assigned(**{**values, **{name: date.fromisoformat(values[name]) for name in _DATES}})

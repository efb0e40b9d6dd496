"""Who counts in an evaluation, fixed at its cut-off. Pure.

It is kept with the evaluation: the records never change, but rosters and plans do.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeVar

from lms.evaluation import kept
from lms.evaluation.facts import Assigned, Member
from lms.evaluation.kept import Kept
from lms.people.permissions import Role

Row = TypeVar("Row")
LEARNER = Role.OPERATOR
KEPT_OUT = frozenset({Role.TRAINER, Role.ADMINISTRATOR, Role.EVALUATOR})
"""Accounts that test or teach are left out by role, never by hand (evaluation reference, base sets)."""

_DATES = frozenset({"assigned_on", "due_on", "joined_on", "left_on"})


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
    members: tuple[Member, ...] = ()
    """Everyone of the pilot teams who was there long enough, whatever was planned for them."""
    kept: Kept = Kept()
    """What else may be changed later."""

    def document(self) -> dict[str, Any]:
        """Return the population as it is stored."""
        counts = {name: getattr(self, name) for name in _COUNTS}
        parts = {"members": _table(Member, self.members), "kept": kept.document(self.kept)}
        return {**_table(Assigned, self.assigned), **counts, **parts}


def read(document: dict[str, Any]) -> Population:
    """Return the population that was stored."""
    counts = {name: document[name] for name in _COUNTS}
    return Population(
        assigned=_rows(Assigned, document),
        members=_rows(Member, document["members"]),
        kept=kept.read(document.get("kept", {})),
        **counts,
    )


_COUNTS = ("roster", "left_out_by_role", "too_short", "joined_later", "left_before_end")


def _table(kind: type, rows: Iterable[Any]) -> dict[str, Any]:
    columns = [field.name for field in fields(kind)]
    return {"columns": columns, "rows": [[_stored(getattr(row, name)) for name in columns] for row in rows]}


def _rows(kind: Callable[..., Row], table: dict[str, Any]) -> tuple[Row, ...]:
    return tuple(kind(**_read(dict(zip(table["columns"], values, strict=True)))) for values in table["rows"])


def is_learner(roles: Collection[Role]) -> bool:
    """Whether someone with these roles counts."""
    return LEARNER in roles and not KEPT_OUT & set(roles)


def persons(rows: Iterable[Assigned]) -> set[int]:
    """Return the persons of assignments."""
    return {row.person for row in rows}


def _stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _read(values: dict[str, Any]) -> dict[str, Any]:
    days = {name: date.fromisoformat(day) for name in _DATES if (day := values.get(name)) is not None}
    return {**values, **days}

"""What an evaluation keeps of facts that may be changed later: by numbers and codes alone. Pure.

Records never change, but shifts, roles, places, rosters and the audit's own lists do; so that
anyone can compute an evaluation again, they are stored with it as they were.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import time
from typing import Any


@dataclass(frozen=True, slots=True)
class ShiftHours:
    """When a shift works; it ends earlier than it starts when it passes midnight."""

    code: str
    starts_at: time
    ends_at: time


@dataclass(frozen=True, slots=True)
class Covered:
    """How many people of a shift master a task, and how many it needs."""

    task: str
    shift: str
    persons: int
    required: int
    members: int | None = None
    """How many people the shift has; None where an earlier version did not keep it."""


@dataclass(frozen=True, slots=True)
class Actions:
    """Actions of the audit that were due by the cut-off, and how many were done in time."""

    due: int
    done_in_time: int


@dataclass(frozen=True, slots=True)
class Vigilance:
    """Points of vigilance: all, those lifted, and those that block and are not lifted."""

    opened: int
    lifted: int
    blocking: int


@dataclass(frozen=True)
class Kept:
    """What is stored; a part is empty where no indicator of the protocol reads it."""

    shifts: tuple[ShiftHours, ...] = ()
    trainers: tuple[int, ...] = ()
    """Persons who train at the plant."""
    zones: tuple[tuple[int, int], ...] = ()
    """Kiosks and the workshops in which they stand: those of the pilot teams."""
    coverage: tuple[Covered, ...] = ()
    coverage_before: tuple[Covered, ...] = ()
    """The same on the day before the pilot; empty where no level was known by then."""
    actions: Actions | None = None
    vigilance: Vigilance | None = None


def document(kept: Kept) -> dict[str, Any]:
    """Return what is kept as it is stored."""
    return {
        "shifts": [_values(row) for row in kept.shifts],
        "trainers": list(kept.trainers),
        "zones": [list(pair) for pair in kept.zones],
        "coverage": [_values(row) for row in kept.coverage],
        "coverage_before": [_values(row) for row in kept.coverage_before],
        "actions": _values(kept.actions) if kept.actions else None,
        "vigilance": _values(kept.vigilance) if kept.vigilance else None,
    }


def read(stored: Mapping[str, Any]) -> Kept:
    """Return what was kept; an evaluation from before a part existed has it empty."""
    actions, vigilance = stored.get("actions"), stored.get("vigilance")
    return Kept(
        shifts=tuple(_hours(*row) for row in stored.get("shifts", ())),
        trainers=tuple(stored.get("trainers", ())),
        zones=tuple((terminal, workshop) for terminal, workshop in stored.get("zones", ())),
        coverage=tuple(Covered(*row) for row in stored.get("coverage", ())),
        coverage_before=tuple(Covered(*row) for row in stored.get("coverage_before", ())),
        actions=Actions(*actions) if actions else None,
        vigilance=Vigilance(*vigilance) if vigilance else None,
    )


def _values(part: Any) -> list[Any]:
    values = [getattr(part, field.name) for field in fields(part)]
    return [value.isoformat() if isinstance(value, time) else value for value in values]


def _hours(code: str, starts_at: str, ends_at: str) -> ShiftHours:
    return ShiftHours(code, time.fromisoformat(starts_at), time.fromisoformat(ends_at))

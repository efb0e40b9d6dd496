"""What can be told of a change, and how it is stored. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from lms.evaluation.designs import Comparison
from lms.evaluation.rounding import rounded
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.intervals import Interval

Document = dict[str, Any]


class Told(StrEnum):
    """What the interval of a change says beside none at all."""

    BETTER = "better"
    WORSE = "worse"
    INCONCLUSIVE = "inconclusive"
    NOT_MEASURABLE = "not_measurable"


class Why(StrEnum):
    """Why."""

    APART = "apart"
    """The interval leaves *no change* out."""
    HOLDS_NONE = "holds_none"
    """It holds *no change*."""
    FEW_TEAMS = "few_teams"
    FEW_PERIODS = "few_periods"
    """No period has teams that had started beside teams that still waited."""
    FEW_WAYS = "few_ways"
    """The starts could be dealt out in so few ways that no interval reaches the level."""
    ALIKE = "alike"
    """The figures do not vary enough for an interval."""
    ONLY_AFTER = "only_after"
    """There is nothing to observe before a team starts."""
    NO_PAIR = "no_pair"
    """No indicator beside it tests the other module of the two orders."""
    NO_DATA = "no_data"
    SMALL = "small"
    """Too few people are behind it for it to be shown."""


@dataclass(frozen=True)
class Change:
    """A change, as an evaluation tells it."""

    design: Comparison
    unit: Unit
    why: Why
    value: float | None = None
    interval: Interval | None = None
    level: float = 0.95
    teams: int = 0
    people: int | None = None
    """Whose outcomes count; None where the figures are not about people."""
    left_out: int = 0
    """People without all tests, or periods for which a team has no figure."""
    further: Document = field(default_factory=dict)
    rows: Sequence[Document] = ()
    """What is drawn: one line of two figures for each period, or for each order."""
    cells: Sequence[Document] | None = None
    """What each team adds, for whoever recomputes the change; None where that would tell of few people."""

    def document(self, direction: Direction) -> Document:
        """Return the change as it is stored."""
        return {
            "design": self.design.value,
            "unit": self.unit.value,
            "told": _told(self.why, self.interval, direction).value,
            "why": self.why.value,
            "value": None if self.value is None else rounded(self.value),
            "low": rounded(self.interval.low) if self.interval else None,
            "high": rounded(self.interval.high) if self.interval else None,
            "level": self.level,
            "teams": self.teams,
            "people": self.people,
            "left_out": self.left_out,
            "rows": list(self.rows),
            "cells": None if self.cells is None else list(self.cells),
            **self.further,
        }


NOT_MEASURABLE = frozenset({Why.ONLY_AFTER, Why.NO_PAIR, Why.NO_DATA, Why.FEW_PERIODS})


def from_interval(interval: Interval | None, without: Why) -> Why:
    """Return what an interval says of a change; `without` where there is none."""
    if interval is None:
        return without
    return Why.HOLDS_NONE if interval.low <= 0 <= interval.high else Why.APART


def _told(why: Why, interval: Interval | None, direction: Direction) -> Told:
    if why in NOT_MEASURABLE:
        return Told.NOT_MEASURABLE
    if why is not Why.APART or interval is None:
        return Told.INCONCLUSIVE
    return Told.BETTER if (interval.low > 0) is (direction is Direction.GE) else Told.WORSE


def difference(unit: Unit) -> Unit:
    """Return in what a change of a figure in that unit is told."""
    return Unit.BALANCE if unit in (Unit.SHARE, Unit.POINTS) else unit

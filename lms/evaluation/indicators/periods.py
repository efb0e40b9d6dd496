"""What an indicator comes to in each team and period: for teams that start one after another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from lms.evaluation.facts import Facts


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days, both ends included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Part:
    """What one thing adds to the figure of a team in a period: a sum over a sum."""

    team: str
    place: int
    """Of the period."""
    top: float
    bottom: float
    person: int | None = None
    """Whose it is; None for what is not about people."""


OverTime = Callable[[Facts, Sequence[Span]], list[Part]]

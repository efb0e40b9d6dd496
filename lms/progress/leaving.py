"""Where people leave a module for good (evaluation reference, indicator C5), step by step. Pure; nobody is named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from lms.kernel.intervals import Interval, wilson

FOR_GOOD = timedelta(days=7)
"""Whoever did not come back for so long has left."""
AT_RISK = 20
"""A step that fewer people reached says nothing."""


@dataclass(frozen=True)
class Step:
    """A card or question, and how many of those who came to it went no further."""

    place: int
    """1, 2, 3… in the edition."""
    reached: int | None
    """None where so few reached it that it would tell of them; so are the others then."""
    left: int | None
    interval: Interval | None
    """Of the share that left, 0 to 1: Wilson's, teams not allowed for."""

    @property
    def share(self) -> float | None:
        """Left over reached, 0 to 1."""
        return self.left / self.reached if self.reached and self.left is not None else None


def steps(furthest: Mapping[int, tuple[int, int]], total: int, least: int) -> list[Step]:
    """Return the steps of an edition with so many; none where fewer than `least` people began it.

    `furthest` says, by the last step that people did, how many there are and how many of them left for good.
    """
    if sum(people for people, _ in furthest.values()) < least:
        return []
    return [_step(place, furthest, least) for place in range(1, total + 1)]


def _step(place: int, furthest: Mapping[int, tuple[int, int]], least: int) -> Step:
    reached = sum(people for last, (people, _) in furthest.items() if last >= place)
    left = furthest.get(place, (0, 0))[1]
    if 0 < reached < least:
        return Step(place, None, None, None)
    return Step(place, reached, left, wilson(left, reached) if reached else None)


def worst(found: Sequence[Step]) -> Step | None:
    """Return the step after which the largest share left, of those that enough people reached; None when nobody did."""
    told = [step for step in found if step.reached and step.reached >= AT_RISK and step.left]
    return max(told, key=lambda step: (step.share or 0, -step.place), default=None)

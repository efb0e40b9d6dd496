"""When figures of a running pilot are shown, and which. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)


def cut_offs(starts_on: date, ends_on: date, today: date) -> list[date]:
    """Return the last day of each whole week of the pilot that is over, the earliest first."""
    last = min(ends_on, today - DAY)
    weeks = ((last - starts_on).days + 1) // 7
    return [starts_on + number * WEEK - DAY for number in range(1, weeks + 1)]


def first_cut_off(starts_on: date) -> date:
    """Return the last day of the pilot's first whole week."""
    return starts_on + WEEK - DAY


@dataclass(frozen=True)
class Provisional:
    """What an indicator came to at a cut-off: figures as an evaluation has them, without a verdict."""

    cut_off: date
    """Of the figures: earlier than the week they stand for where an earlier figure was kept."""
    figures: dict[str, Any]
    counted: frozenset[int]
    """The persons who have an outcome, by number; never shown."""


def published(found: Sequence[Provisional], least: int) -> list[Provisional]:
    """Return what may be shown at each cut-off.

    Where the people counted differ from those of the figure shown before by fewer than the
    least size, the earlier figure is kept (evaluation reference, section 3.7, rule 5): the
    difference of the two would tell of these few.
    """
    shown: list[Provisional] = []
    for one in found:
        before = shown[-1] if shown else None
        kept = before is not None and 0 < len(before.counted ^ one.counted) < least
        shown.append(before if before is not None and kept else one)
    return shown

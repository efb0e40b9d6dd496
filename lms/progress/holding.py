"""What somebody's completions of a module are worth at a moment, through all its editions. Pure.

An edition says of itself what it means for whoever completed one before it
(`catalogue.models.Impact`):

- a correction: nothing;
- to be acknowledged: the completion stays good, what has changed is to be looked at;
- re-training: completions of editions before it are good no longer.

Nothing is written when an edition appears: what a completion is worth is worked out anew,
and what was completed stays recorded. Editions that appeared later than the moment of the
question are as if they did not exist.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from lms.catalogue.models import Impact
from lms.catalogue.queries import Step


class Hold(StrEnum):
    """How somebody's completion of a module stands."""

    NONE = "none"
    """Never completed."""
    HELD = "held"
    TO_ACKNOWLEDGE = "to_acknowledge"
    """Good, and what has changed since is to be looked at."""
    OVERTAKEN = "overtaken"
    """Good no longer: an edition that asks for training anew has come out."""


@dataclass(frozen=True, slots=True)
class Reached:
    """What one person reached in one edition."""

    number: int
    """Of the edition, in its module."""
    completed_at: datetime | None
    acknowledged_at: datetime | None


@dataclass(frozen=True, slots=True)
class Holding:
    """What somebody's completions of a module are worth."""

    hold: Hold
    completed_at: datetime | None = None
    """Of the completion that is good, else of the last one."""
    knows: int = 0
    """The newest edition whose content the person knows: completed or acknowledged."""
    since: datetime | None = None
    """Since when something is to be done again."""

    @property
    def is_good(self) -> bool:
        """Whether the person counts as trained."""
        return self.hold in (Hold.HELD, Hold.TO_ACKNOWLEDGE)


NOTHING = Holding(Hold.NONE)


def holding(reached: Sequence[Reached], steps: Sequence[Step], at: datetime) -> Holding:
    """Return what was completed and acknowledged is worth at a moment; `steps` are the module's editions in order."""
    done = sorted(
        (one.completed_at, one.number) for one in reached if one.completed_at is not None and one.completed_at <= at
    )
    if not done:
        return NOTHING
    out = [step for step in steps if step.published_at <= at]
    anew = [step for step in out if step.impact is Impact.RETRAINING]
    good = [(completed_at, number) for completed_at, number in done if not _after(number, anew)]
    known = max(number for _, number in good or done)
    if not good:
        return Holding(Hold.OVERTAKEN, done[-1][0], known, _after(known, anew)[0].published_at)
    known = max([known, *(one.number for one in reached if one.acknowledged_at and one.acknowledged_at <= at)])
    changed = _after(known, [step for step in out if step.impact is Impact.ACKNOWLEDGEMENT])
    if changed:
        return Holding(Hold.TO_ACKNOWLEDGE, good[0][0], known, changed[0].published_at)
    return Holding(Hold.HELD, good[0][0], known)


def _after(number: int, steps: Sequence[Step]) -> list[Step]:
    return [step for step in steps if step.number > number]


def due_again_on(since: date, assigned_on: date, due_on: date) -> date:
    """Return by when what is to be done again is due: people get as many days as the plan gave at first."""
    return max(due_on, since + (due_on - assigned_on))

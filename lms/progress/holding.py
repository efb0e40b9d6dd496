"""What somebody's completions of a module are worth at a moment, through all its editions. Pure.

An edition says of itself what it means for whoever completed one before it
(`catalogue.models.Impact`):

- a correction: nothing;
- to be acknowledged: the completion stays good, what has changed is to be looked at;
- re-training: completions of editions before it are good no longer.

A completion may be good for some months only, as its own edition says; from thirty days
before their end (`rules.renewal_opens`) the module may be taken again.

Nothing is written when an edition appears: what a completion is worth is worked out anew,
and what was completed stays recorded. Editions that appeared later than the moment of the
question are as if they did not exist.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from lms.catalogue.models import Impact
from lms.catalogue.queries import Step
from lms.progress.rules import good_until, renewal_opens


class Hold(StrEnum):
    """How somebody's completion of a module stands."""

    NONE = "none"
    """Never completed."""
    HELD = "held"
    TO_ACKNOWLEDGE = "to_acknowledge"
    """Good, and what has changed since is to be looked at."""
    TO_RENEW = "to_renew"
    """Good, and soon no longer."""
    LAPSED = "lapsed"
    """Good no longer: its time has run out."""
    OVERTAKEN = "overtaken"
    """Good no longer: an edition that asks for training anew has come out."""


@dataclass(frozen=True, slots=True)
class Reached:
    """What one person reached in one edition."""

    number: int
    """Of the edition, in its module."""
    completed_at: Sequence[datetime]
    acknowledged_at: datetime | None
    validity_months: int | None = None
    """Of a completion of this edition."""


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
    good_until: datetime | None = None
    """Until when it is, or was, good; None for good."""

    @property
    def is_good(self) -> bool:
        """Whether the person counts as trained."""
        return self.hold in (Hold.HELD, Hold.TO_ACKNOWLEDGE, Hold.TO_RENEW)


NOTHING = Holding(Hold.NONE)


@dataclass(frozen=True, slots=True)
class _Done:
    """A completion."""

    at: datetime
    number: int
    validity_months: int | None

    @property
    def good_until(self) -> datetime:
        return good_until(self.at, self.validity_months) or FOR_GOOD


FOR_GOOD = datetime.max.replace(tzinfo=UTC)


def holding(reached: Sequence[Reached], steps: Sequence[Step], at: datetime) -> Holding:
    """Return what was completed and acknowledged is worth at a moment; `steps` are the module's editions in order."""
    done = [_Done(when, one.number, one.validity_months) for one in reached for when in one.completed_at if when <= at]
    if not done:
        return NOTHING
    out = [step for step in steps if step.published_at <= at]
    anew = [step for step in out if step.impact is Impact.RETRAINING]
    standing = [one for one in done if not _after(one.number, anew)]
    if not standing:
        last = max(done, key=lambda one: (one.at, one.number))
        known = max(one.number for one in done)
        return Holding(Hold.OVERTAKEN, last.at, known, _after(known, anew)[0].published_at)
    # Of those that are good equally long the first: it is when the person became able.
    best = max(standing, key=lambda one: (one.good_until, -one.at.timestamp()))
    acknowledged = [one.number for one in reached if one.acknowledged_at and one.acknowledged_at <= at]
    known = max([*(one.number for one in standing), *acknowledged])
    return _worth(best, known, _after(known, [step for step in out if step.impact is Impact.ACKNOWLEDGEMENT]), at)


def _worth(best: _Done, known: int, changed: Sequence[Step], at: datetime) -> Holding:
    until = good_until(best.at, best.validity_months)
    if until is not None and best.validity_months is not None:
        opens_at = renewal_opens(best.at, best.validity_months)
        if opens_at <= at:
            return Holding(Hold.TO_RENEW if at < until else Hold.LAPSED, best.at, known, opens_at, until)
    if changed:
        return Holding(Hold.TO_ACKNOWLEDGE, best.at, known, changed[0].published_at, until)
    return Holding(Hold.HELD, best.at, known, None, until)


def _after(number: int, steps: Sequence[Step]) -> list[Step]:
    return [step for step in steps if step.number > number]


def due_again_on(held: Holding, assigned_on: date, due_on: date, day: Callable[[datetime], date]) -> date:
    """Return by when a module that a plan asks is to be done, or done again; `day` gives the day of a moment.

    A completion is to be renewed by its last day. For what an edition asks anew, people get
    as many days as the plan gave at first.
    """
    if held.since is None:
        return due_on
    if held.good_until is not None and held.hold in (Hold.TO_RENEW, Hold.LAPSED):
        return day(held.good_until)
    return max(due_on, day(held.since) + (due_on - assigned_on))

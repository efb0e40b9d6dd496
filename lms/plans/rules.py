"""Whom a plan concerns: presence in its teams, whatever came later."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import count

from lms.kernel.refusals import Refusal

LEAST_PRESENCE = timedelta(days=14)
"""A joiner counts after this long in a planned team (evaluation reference, base set P)."""


class PlanDueBeforeAssigned(Refusal):
    """A plan's due date is before the day it is assigned."""


class PlanWithoutTeams(Refusal):
    """A plan names no team, so that it concerns nobody."""


class PlanCodeTaken(Refusal):
    """Another plan has this code already."""


class PlanCodeMalformed(Refusal):
    """A plan's code is not of letters, digits and hyphens."""


class PlanForUnknownTeam(Refusal):
    """A plan names a team that does not exist."""


class PlanState(StrEnum):
    """Where a plan stands on a day."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"
    CANCELLED = "cancelled"


_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}")


def refuse_malformed(code: str) -> None:
    """Raise PlanCodeMalformed for a code that could not stand in an address."""
    if not _CODE.fullmatch(code):
        raise PlanCodeMalformed(code=code)


def proposed_code(taken: Collection[str]) -> str:
    """Return the first of PL1, PL2, … that no plan has."""
    return next(code for number in count(1) if (code := f"PL{number}") not in taken)


def state(assigned_on: date, due_on: date, cancelled: bool, today: date) -> PlanState:
    """Return where a plan stands; its due day still belongs to it."""
    if cancelled:
        return PlanState.CANCELLED
    if today < assigned_on:
        return PlanState.PLANNED
    return PlanState.RUNNING if today <= due_on else PlanState.ENDED


@dataclass(frozen=True)
class Presence:
    """A stretch of days in a team; no last day means still there."""

    first_day: date
    last_day: date | None


def concerned(presences: list[Presence], assigned_on: date, as_of: date) -> bool:
    """Whether someone so present in the plan's teams counts in its denominator.

    Those present on the day of assignment count from that day; who joined later counts
    once present 14 days, ended or not by `as_of`. Leavers who met this stay counted
    (intention to train). Stretches must not overlap.
    """
    if any(_covers(presence, assigned_on) for presence in presences) and assigned_on <= as_of:
        return True
    days = sum((_days(presence, assigned_on, as_of) for presence in presences), timedelta())
    return days >= LEAST_PRESENCE


def first_concerned_on(presences: list[Presence], assigned_on: date) -> date:
    """Return the day on which the plan began to concern someone so present."""
    starts = [max(presence.first_day, assigned_on) for presence in presences if _ends(presence) >= assigned_on]
    return min(starts, default=assigned_on)


def own_due_on(concerned_on: date, assigned_on: date, due_on: date) -> date:
    """Return a person's due date: a joiner is given as many days as the others had."""
    return due_on + max(concerned_on - assigned_on, timedelta())


def _covers(presence: Presence, day: date) -> bool:
    return presence.first_day <= day <= _ends(presence)


def _ends(presence: Presence) -> date:
    return presence.last_day or date.max


def _days(presence: Presence, first: date, last: date) -> timedelta:
    start, end = max(presence.first_day, first), min(_ends(presence), last)
    return max(end - start + timedelta(days=1), timedelta())

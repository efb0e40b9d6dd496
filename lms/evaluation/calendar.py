"""What happens when in a pilot: its days, plans, steps, conditions, surveys, the audit's actions. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lms.audit.models import Audit
from lms.evaluation.models import Pilot
from lms.plans.models import Plan


class Happening(StrEnum):
    """What kind of thing happens."""

    PILOT = "pilot"
    PLAN = "plan"
    STEP = "step"
    SURVEY = "survey"
    OPINION = "opinion"
    NOTICE = "notice"
    SCREENING = "screening"
    DATA_OFFICER = "data_officer"
    FROZEN = "frozen"
    DELIVERED = "delivered"
    ACTION = "action"
    MOMENT = "moment"


@dataclass(frozen=True)
class Entry:
    """Something that happens on a day, or from a day to another."""

    happening: Happening
    name: str
    """A code; empty where there is one such thing."""
    first: date
    last: date


@dataclass(frozen=True)
class Calendar:
    """All entries, the earliest first, and the days that the picture spans."""

    entries: tuple[Entry, ...]
    first: date
    last: date

    def place(self, day: date) -> float:
        """Return where a day lies, in per cent of the span."""
        return round(100 * (day - self.first).days / max((self.last - self.first).days, 1), 2)


def calendar(
    pilot: Pilot, ends_on: date, plans: Iterable[Plan], audit: Audit, others: Iterable[Entry], frozen_on: date | None
) -> Calendar:
    """Return what happens when; surveys, key moments and the audit's actions only as far as the pilot's own go."""
    own = [
        Entry(Happening.PILOT, "", pilot.starts_on, ends_on),
        *(Entry(Happening.PLAN, plan.code, plan.assigned_on, plan.due_on) for plan in _of(pilot, plans)),
        *(Entry(Happening.STEP, step.team.name, day, day) for step in pilot.steps if (day := step.starts_on)),
        *_dated(pilot, frozen_on),
    ]
    first, last = min(one.first for one in own), max(one.last for one in own)
    seen = [one for one in others if one.last >= first and one.first <= last]
    moments = [(Happening.DELIVERED, "", audit.delivered_on)]
    moments += [(Happening.ACTION, action.code, action.due_on) for action in audit.actions]
    around = [Entry(kind, name, day, day) for kind, name, day in moments if day is not None and first <= day <= last]
    entries = sorted([*own, *seen, *around], key=lambda one: (one.first, one.last, one.happening, one.name))
    return Calendar(tuple(entries), min(one.first for one in entries), max(one.last for one in entries))


def _dated(pilot: Pilot, frozen_on: date | None) -> list[Entry]:
    days = {
        Happening.OPINION: pilot.works_council_opinion_on,
        Happening.NOTICE: pilot.notice_given_on,
        Happening.SCREENING: pilot.screened_on,
        Happening.DATA_OFFICER: pilot.data_officer_on,
        Happening.FROZEN: frozen_on,
    }
    return [Entry(kind, "", day, day) for kind, day in days.items() if day is not None]


def _of(pilot: Pilot, plans: Iterable[Plan]) -> Collection[Plan]:
    teams = {team.id for team in pilot.teams}
    return [plan for plan in plans if plan.cancelled_at is None and teams & {team.id for team in plan.teams}]

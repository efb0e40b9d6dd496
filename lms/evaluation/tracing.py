"""From what one person did in one edition to an outcome and sittings. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from lms.catalogue.content import ModuleContent
from lms.evaluation.facts import Outcome, Sitting
from lms.progress.rules import LONGEST_PAUSE, StandingFacts, standing

REVISIT_AFTER = timedelta(hours=24)
"""Opened again sooner is the same visit going on (evaluation reference, indicator A3)."""


class Event(Protocol):
    """What is read of a record."""

    id: UUID
    verb: str
    block_key: str | None
    attempt: int | None
    sitting_id: UUID | None
    terminal_id: int | None
    occurred_at: datetime
    recorded_at: datetime
    success: bool | None


def outcome(events: Sequence[Event], content: ModuleContent, zone: ZoneInfo) -> Outcome | None:
    """Return what came of one edition; None when nothing of it was done."""
    facts = standing(events, content)
    if facts is None:
        return None
    places = {block.key: place for place, block in enumerate(content.blocks, start=1)}
    return Outcome(
        started_on=_day(facts.started_at, zone),
        completed_on=_day(facts.completed_at, zone),
        first_passed=facts.first_passed,
        first_score=facts.first_score,
        best_score=facts.best_score,
        attempts=facts.attempts,
        active_seconds=facts.active_seconds,
        last_on=_day(facts.last_at, zone),
        reached=max((places.get(event.block_key or "", 0) for event in events), default=0),
        steps=len(places),
        revisited_on=_revisited_on(events, facts, zone),
    )


def merged(outcomes: Iterable[Outcome]) -> Outcome:
    """Return what came of a module over its editions: what was first, what was best, all the time spent.

    The first attempt is that of the edition started first; steps are those of the edition used last.
    """
    every = sorted(outcomes, key=lambda one: one.started_on or one.last_on or date.max)
    if len(every) == 1:
        return every[0]
    tried = next((one for one in every if one.first_passed is not None), None)
    last = max(every, key=lambda one: one.last_on or date.min)
    return replace(
        last,
        started_on=_first(one.started_on for one in every),
        completed_on=_first(one.completed_on for one in every),
        first_passed=tried.first_passed if tried else None,
        first_score=tried.first_score if tried else None,
        best_score=max((one.best_score for one in every if one.best_score is not None), default=None),
        attempts=sum(one.attempts for one in every),
        active_seconds=sum(one.active_seconds for one in every),
        revisited_on=_first(one.revisited_on for one in every),
    )


def sittings(person: int, module: str, events: Sequence[Event]) -> list[Sitting]:
    """Return the stretches of work of one person in one edition, by their first event."""
    found: dict[UUID | None, list[Event]] = {}
    for event in events:
        found.setdefault(event.sitting_id, []).append(event)
    made = [_sitting(person, module, sorted(told, key=lambda event: event.occurred_at)) for told in found.values()]
    return sorted(made, key=lambda sitting: (sitting.started_at, str(sitting.id)))


def _sitting(person: int, module: str, told: Sequence[Event]) -> Sitting:
    first, active = told[0], timedelta()
    for before, after in zip(told, told[1:], strict=False):
        active += min(after.occurred_at - before.occurred_at, LONGEST_PAUSE)
    return Sitting(
        id=first.sitting_id,
        person=person,
        module=module,
        terminal=first.terminal_id,
        started_at=first.occurred_at,
        last_at=told[-1].occurred_at,
        active_seconds=round(active.total_seconds()),
        delay_seconds=max(0, round((first.recorded_at - first.occurred_at).total_seconds())),
    )


def _revisited_on(events: Iterable[Event], facts: StandingFacts, zone: ZoneInfo) -> date | None:
    if facts.completed_at is None:
        return None
    again = facts.completed_at + REVISIT_AFTER
    return _day(min((event.occurred_at for event in events if event.occurred_at >= again), default=None), zone)


def _day(moment: datetime | None, zone: ZoneInfo) -> date | None:
    return moment.astimezone(zone).date() if moment else None


def _first(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)

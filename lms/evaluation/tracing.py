"""From what one person did in one edition to an outcome and sittings. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from lms.catalogue.content import ModuleContent
from lms.evaluation.facts import Item, Outcome, Sitting
from lms.progress.items import Attempt, QuestionAnalysis, analyse
from lms.progress.rules import Course, Trail, active_seconds


class Event(Protocol):
    """What is read of a record."""

    id: Any
    verb: str
    block_key: str | None
    attempt: int | None
    sitting_id: Any
    terminal_id: int | None
    occurred_at: datetime
    recorded_at: datetime
    success: bool | None


def outcome(done: Course, way: Trail, content: ModuleContent, zone: ZoneInfo, *, as_test: bool = False) -> Outcome:
    """Return what came of one edition.

    Of a test before or after a module it is told too when the first attempt ended.
    """
    facts = done.standing
    keys = {event.block_key for event in done.told}
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
        reached=max([_reached_before(done, len(places)), *(place for key, place in places.items() if key in keys)]),
        steps=len(places),
        revisited_on=_day(way.returned_at, zone),
        completing_seconds=way.completing_seconds,
        started_at=facts.started_at,
        completed_at=facts.completed_at,
        first_ended_at=way.first_ended_at if as_test else None,
    )


def _reached_before(done: Course, steps: int) -> int:
    if done.before is None:
        return 0
    return steps if done.before.completions else done.before.standing.blocks_done


def merged(outcomes: Iterable[Outcome]) -> Outcome:
    """Return what came of a module over its editions: what was first, what was best, all the time spent.

    The first attempt is that of the edition started first; steps are those of the edition used last.
    """
    every = sorted(outcomes, key=lambda one: one.started_on or one.last_on or date.max)
    if len(every) == 1:
        return every[0]
    tried = next((one for one in every if one.first_passed is not None), None)
    completed = _completed_first(every)
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
        completing_seconds=completed.completing_seconds if completed else 0,
        started_at=min((one.started_at for one in every if one.started_at is not None), default=None),
        completed_at=completed.completed_at if completed else None,
        first_ended_at=tried.first_ended_at if tried else None,
    )


def sittings(person: int, module: str, events: Sequence[Event]) -> list[Sitting]:
    """Return the stretches of work of one person in one edition, by their first event."""
    found: dict[Any, list[Event]] = {}
    for event in sorted(events, key=attrgetter("occurred_at")):
        found.setdefault(event.sitting_id, []).append(event)
    made = [_sitting(person, module, told) for told in found.values()]
    return sorted(made, key=lambda sitting: (sitting.started_at, str(sitting.id)))


def items(module: str, attempts: Sequence[Attempt], content: ModuleContent) -> list[Item]:
    """Return what first attempts say of each question of an edition."""
    found = analyse(content, attempts, least=1)
    quiz = found.quiz
    alpha, error = (quiz.alpha, quiz.standard_error) if quiz else (None, None)
    return [
        Item(module, one.key, one.answers, None if one.flags is None else bool(one.flags), alpha, error, *_ease(one))
        for one in found.questions
    ]


def _ease(one: QuestionAnalysis) -> tuple[float | None, float | None]:
    """Return how easy a question is and how well it tells apart."""
    if one.figures is None:
        return None, None
    discrimination = one.figures.discrimination
    return round(one.figures.facility, 6), None if discrimination is None else round(discrimination, 6)


def _sitting(person: int, module: str, told: Sequence[Event]) -> Sitting:
    first = told[0]
    return Sitting(
        id=first.sitting_id,
        person=person,
        module=module,
        terminal=first.terminal_id,
        started_at=first.occurred_at,
        last_at=told[-1].occurred_at,
        active_seconds=active_seconds(told),
        delay_seconds=max(0, round((first.recorded_at - first.occurred_at).total_seconds())),
    )


def _completed_first(outcomes: Iterable[Outcome]) -> Outcome | None:
    ended = [(one.completed_at, place, one) for place, one in enumerate(outcomes) if one.completed_at is not None]
    return min(ended)[2] if ended else None


def _day(moment: datetime | None, zone: ZoneInfo) -> date | None:
    return moment.astimezone(zone).date() if moment else None


def _first(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)

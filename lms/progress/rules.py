"""Where someone stands with an edition, worked out from what happened.

Nothing here depends on the order in which records arrived, on how often they did, or on
which of them came from a kiosk that was away for two days: only on what they say.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from lms.catalogue.content import ModuleContent
from lms.records.models import Verb

LONGEST_PAUSE = timedelta(seconds=120)
"""What counts as work between two events, at most (evaluation reference, base sets)."""

_CONTENT_VERBS = frozenset({Verb.EXPERIENCED, Verb.ANSWERED})


class Event(Protocol):
    """What a standing reads of a record."""

    id: UUID
    verb: str
    block_key: str | None
    attempt: int | None
    sitting_id: UUID | None
    occurred_at: datetime
    success: bool | None


@dataclass(frozen=True, slots=True)
class AttemptResult:
    """What an attempt came to, once every question was answered in it."""

    attempt: int
    ended_at: datetime
    score: float
    """Points earned over points possible, 0 to 1."""
    passed: bool


@dataclass(frozen=True, slots=True)
class StandingFacts:
    """Where one person stands with one edition; fields as in `models.Standing`."""

    started_at: datetime | None
    last_at: datetime
    completed_at: datetime | None
    blocks_done: int
    blocks_total: int
    attempts: int
    first_score: float | None
    first_passed: bool | None
    best_score: float | None
    active_seconds: int


def standing(events: Iterable[Event], content: ModuleContent) -> StandingFacts | None:
    """Return the standing that follows from one person's events in one edition, None without any.

    Started: the first block seen or answered. An attempt counts once all its questions are
    answered; the first answer to each counts. Completed: every card seen, in whatever
    attempt, and an attempt passed.
    """
    told = _in_order({event.id: event for event in events}.values())
    if not told:
        return None
    points = _points(content)
    cards = _cards(content)
    seen = _seen(told, cards)
    answers = _answered(told, points)
    results = _results(answers, points, content.pass_mark)
    under_way = answers[max(answers)] if answers else {}
    return StandingFacts(
        started_at=_started_at(told, cards | points.keys()),
        last_at=told[-1].occurred_at,
        completed_at=_completed_at(seen, results, len(cards), bool(points)),
        blocks_done=len(seen) + len(under_way),
        blocks_total=len(content.blocks),
        attempts=len(results),
        first_score=results[0].score if results else None,
        first_passed=results[0].passed if results else None,
        best_score=max((result.score for result in results), default=None),
        active_seconds=_active_seconds(told),
    )


def first_seen(events: Iterable[Event], content: ModuleContent) -> dict[str, datetime]:
    """Return when each card was first seen, by its key."""
    return _seen(_in_order(events), _cards(content))


def _seen(told: Iterable[Event], cards: set[str]) -> dict[str, datetime]:
    seen: dict[str, datetime] = {}
    for event in told:
        if event.verb == Verb.EXPERIENCED and event.block_key in cards:
            seen.setdefault(event.block_key, event.occurred_at)
    return seen


def first_answers(events: Iterable[Event], content: ModuleContent) -> dict[int, dict[str, Event]]:
    """Return the answer that counts to each question, by attempt and key."""
    return _answered(_in_order(events), _points(content))


def _answered(told: Iterable[Event], questions: dict[str, int]) -> dict[int, dict[str, Event]]:
    answers: dict[int, dict[str, Event]] = defaultdict(dict)
    for event in told:
        if event.verb == Verb.ANSWERED and event.block_key in questions:
            answers[event.attempt or 1].setdefault(event.block_key, event)
    return dict(answers)


def active_seconds(events: Iterable[Event]) -> int:
    """Return the time worked, as in `StandingFacts.active_seconds`."""
    return _active_seconds(_in_order(events))


def first_attempt(events: Iterable[Event], content: ModuleContent) -> dict[str, Event] | None:
    """Return the answers of the first attempt that came to an end, by question; None without one.

    The attempt whose score is `StandingFacts.first_score`.
    """
    answers = first_answers(events, content)
    results = _results(answers, _points(content), content.pass_mark)
    return answers[results[0].attempt] if results else None


def share_of_points(correct: Mapping[str, bool], points: Mapping[str, int]) -> float:
    """Return the points of the questions answered correctly over all points, 0 to 1."""
    return sum(points[key] for key, right in correct.items() if right) / sum(points.values())


def passes(score: float, pass_mark: float) -> bool:
    """Whether a share of the points reaches the module's pass mark."""
    return score >= pass_mark


def _in_order(events: Iterable[Event]) -> list[Event]:
    return sorted(events, key=lambda event: (event.occurred_at, event.id))


def _points(content: ModuleContent) -> dict[str, int]:
    return {question.key: question.points for question in content.questions}


def _cards(content: ModuleContent) -> set[str]:
    return {block.key for block in content.blocks} - _points(content).keys()


def _started_at(told: list[Event], keys: set[str]) -> datetime | None:
    met = (event.occurred_at for event in told if event.verb in _CONTENT_VERBS and event.block_key in keys)
    return next(met, None)


def _results(
    answers: Mapping[int, Mapping[str, Event]], points: Mapping[str, int], pass_mark: float
) -> list[AttemptResult]:
    """Return the attempts that came to an end, in the order in which they did."""
    results = []
    for attempt, given in answers.items():
        if len(given) == len(points):
            score = share_of_points({key: bool(answer.success) for key, answer in given.items()}, points)
            ended_at = max(answer.occurred_at for answer in given.values())
            results.append(AttemptResult(attempt, ended_at, score, passes(score, pass_mark)))
    return sorted(results, key=lambda result: (result.ended_at, result.attempt))


def _completed_at(
    seen: Mapping[str, datetime], results: list[AttemptResult], cards: int, asks: bool
) -> datetime | None:
    passed = [result.ended_at for result in results if result.passed]
    if len(seen) < cards or (asks and not passed):
        return None
    return max([*seen.values(), *passed[:1]])


def _active_seconds(told: list[Event]) -> int:
    last: dict[UUID | None, datetime] = {}
    active = timedelta()
    for event in told:
        active += min(event.occurred_at - last.get(event.sitting_id, event.occurred_at), LONGEST_PAUSE)
        last[event.sitting_id] = event.occurred_at
    return round(active.total_seconds())


class State(StrEnum):
    """Where someone stands with what they were to learn, as of a day."""

    LATE = "late"
    """Not completed, and the due day has passed."""
    UNDER_WAY = "under_way"
    NOT_STARTED = "not_started"
    COMPLETED = "completed"


def state_of(started_on: date | None, completed_on: date | None, due_on: date, as_of: date) -> State:
    """Return the state as of a day; the due day itself is in time, and what came after `as_of` is not known."""
    if completed_on and completed_on <= as_of:
        return State.COMPLETED
    if due_on < as_of:
        return State.LATE
    return State.UNDER_WAY if started_on and started_on <= as_of else State.NOT_STARTED

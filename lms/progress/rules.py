"""Where someone stands with an edition, worked out from what happened.

Nothing here depends on the order in which records arrived, on how often they did, or on
which of them came from a kiosk that was away for two days: only on what they say.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from operator import attrgetter
from typing import Protocol
from uuid import UUID

from lms.catalogue import drawing
from lms.catalogue.content import ModuleContent
from lms.kernel.clock import months_after
from lms.records.models import Verb

RENEWED_WITHIN = timedelta(days=30)
"""Before a completion is good no longer, the module may be taken again."""
LONGEST_PAUSE = timedelta(seconds=120)
"""What counts as work between two events, at most (evaluation reference, base sets)."""

# As plain text: asking the enumeration for a member costs more than all else that is done with an event.
_EXPERIENCED, _ANSWERED, _ACKNOWLEDGED = Verb.EXPERIENCED.value, Verb.ANSWERED.value, Verb.ACKNOWLEDGED.value
_CONTENT_VERBS = frozenset({_EXPERIENCED, _ANSWERED})
_MOMENT = attrgetter("occurred_at", "id")


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
    renewed_at: datetime | None
    acknowledged_at: datetime | None
    blocks_done: int
    blocks_total: int
    attempts: int
    first_score: float | None
    first_passed: bool | None
    best_score: float | None
    active_seconds: int


@dataclass(frozen=True, slots=True)
class Trail:
    """What evaluations ask of a course beyond its standing, kept with it when its records go."""

    began_at: datetime
    """When the first thing happened in it."""
    first_ended_at: datetime | None
    """When the first attempt ended."""
    completing_seconds: int
    """Time worked until it was completed for the first time; 0 as long as it is not."""
    returned_at: datetime | None
    """When it was opened again, `RETURNS_AFTER` its completion or later."""


RETURNS_AFTER = timedelta(hours=24)
"""Opened again sooner is the same visit going on (evaluation reference, indicator A3)."""


@dataclass(frozen=True, slots=True)
class Before:
    """What a course came to before its records went; what is told of it since goes on from there."""

    standing: StandingFacts
    completions: tuple[datetime, ...]
    days: Mapping[date, int]
    """Seconds worked by day of the plant, as `active_days` gives them."""
    up_to: int
    """Sequence of the last record that was read."""
    trail: Trail | None = None
    """None where it was sealed before this was kept."""


@dataclass(frozen=True, slots=True)
class Course:
    """One person's way through one edition: what happened in order, and what it came to."""

    told: list[Event]
    """What records still tell."""
    first: dict[str, Event] | None
    """As `first_attempt` returns it."""
    standing: StandingFacts
    completions: list[datetime]
    """When everything was done: for the first time, and each time that it was to be renewed."""
    before: Before | None = None
    first_ended_at: datetime | None = None
    """When the first attempt that records still tell ended."""


def standing(events: Iterable[Event], content: ModuleContent) -> StandingFacts | None:
    """Return the standing that follows from one person's events in one edition, None without any."""
    found = course(events, content)
    return found.standing if found else None


def course(events: Iterable[Event], content: ModuleContent, before: Before | None = None) -> Course | None:
    """Return one person's way through one edition, None without any event.

    `before` is what it came to before its records went: to be finished, what was not is begun anew.

    Started: the first block seen or answered. An attempt counts once all its questions are
    answered; the first answer to each counts. Completed: every card seen, in whatever
    attempt, and an attempt passed. Where that is good for some months only, it is renewed
    by all of it once more, once the module may be taken again.
    """
    told = _in_order({event.id: event for event in events}.values())
    if not told:
        return None if before is None else Course([], None, before.standing, list(before.completions), before)
    points = _points(content)
    cards = _cards(content)
    seen = _seen(told, cards)
    answers = _answered(told, points)
    results = _results(answers, content)
    if before is not None and before.completions:
        done = [*before.completions, *_renewals(told, content, before.completions[-1])]
    else:
        done = _completions(told, content, _completed_at(seen, results, len(cards), bool(points)))
    answering = answers
    if (begun_at := _begun_at(done, content, told[-1].occurred_at)) is not None:
        present = [event for event in told if event.occurred_at >= begun_at]
        seen, answering = _seen(present, cards), _answered(present, points)
    under_way = answering[max(answering)] if answering else {}
    facts = StandingFacts(
        started_at=_started_at(told, cards | points.keys()),
        last_at=told[-1].occurred_at,
        completed_at=done[0] if done else None,
        renewed_at=done[-1] if len(done) > 1 else None,
        acknowledged_at=next((event.occurred_at for event in told if event.verb == _ACKNOWLEDGED), None),
        blocks_done=len(seen) + drawing.under_way(content, under_way),
        blocks_total=content.steps,
        attempts=len(results),
        first_score=results[0].score if results else None,
        first_passed=results[0].passed if results else None,
        best_score=max((result.score for result in results), default=None),
        active_seconds=active_seconds(told),
    )
    ended_at = results[0].ended_at if results else None
    if before is None:
        first = drawing.counted(content, answers[results[0].attempt]) if results else None
        return Course(told, first, facts, done, None, ended_at)
    # Whoever comes back to what has gone makes no first attempt.
    return Course(told, None, _gone_on(before.standing, facts), done, before, ended_at)


def trail(found: Course) -> Trail | None:
    """Return what else a course tells; None where its records went before that was kept."""
    before, gone = found.before, found.before.trail if found.before else None
    if before is not None and gone is None:
        return None
    return Trail(
        began_at=gone.began_at if gone else found.told[0].occurred_at,
        first_ended_at=(gone.first_ended_at if gone else None) or found.first_ended_at,
        completing_seconds=_completing_seconds(found),
        returned_at=(gone.returned_at if gone else None) or _returned_at(found),
    )


def _completing_seconds(found: Course) -> int:
    before, completed_at = found.before, found.standing.completed_at
    if completed_at is None:
        return 0
    if before is not None and before.completions and before.trail is not None:
        return before.trail.completing_seconds
    if completed_at == found.standing.last_at:
        return found.standing.active_seconds
    since = active_seconds(event for event in found.told if event.occurred_at <= completed_at)
    return since + (before.standing.active_seconds if before is not None else 0)


def _returned_at(found: Course) -> datetime | None:
    completed_at = found.standing.completed_at
    if completed_at is None:
        return None
    return next((event.occurred_at for event in found.told if event.occurred_at >= completed_at + RETURNS_AFTER), None)


def _gone_on(before: StandingFacts, facts: StandingFacts) -> StandingFacts:
    """Return a standing that goes on from what it was; completions are those of both already."""
    tried = before if before.attempts else facts
    return replace(
        facts,
        started_at=_first(before.started_at, facts.started_at),
        last_at=max(before.last_at, facts.last_at),
        acknowledged_at=_first(before.acknowledged_at, facts.acknowledged_at),
        attempts=before.attempts + facts.attempts,
        first_score=tried.first_score,
        first_passed=tried.first_passed,
        best_score=max((one for one in (before.best_score, facts.best_score) if one is not None), default=None),
        active_seconds=before.active_seconds + facts.active_seconds,
    )


def _first(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


def first_seen(events: Iterable[Event], content: ModuleContent) -> dict[str, datetime]:
    """Return when each card was first seen, by its key."""
    return _seen(_in_order(events), _cards(content))


def _seen(told: Iterable[Event], cards: set[str]) -> dict[str, datetime]:
    seen: dict[str, datetime] = {}
    for event in told:
        if event.verb == _EXPERIENCED and (key := event.block_key) in cards:
            seen.setdefault(key, event.occurred_at)
    return seen


def first_answers(events: Iterable[Event], content: ModuleContent) -> dict[int, dict[str, Event]]:
    """Return the answer that counts to each question, by attempt and key."""
    return _answered(_in_order(events), _points(content))


def _answered(told: Iterable[Event], questions: dict[str, int]) -> dict[int, dict[str, Event]]:
    answers: dict[int, dict[str, Event]] = defaultdict(dict)
    for event in told:
        if event.verb == _ANSWERED and (key := event.block_key) in questions:
            answers[event.attempt or 1].setdefault(key, event)
    return dict(answers)


def first_attempt(events: Iterable[Event], content: ModuleContent) -> dict[str, Event] | None:
    """Return the answers of the first attempt that came to an end, by question; None without one.

    The attempt whose score is `StandingFacts.first_score`.
    """
    answers = first_answers(events, content)
    results = _results(answers, content)
    return drawing.counted(content, answers[results[0].attempt]) if results else None


def share_of_points(correct: Mapping[str, bool], points: Mapping[str, int]) -> float:
    """Return the points of the questions answered correctly over those of the ones that were asked, 0 to 1."""
    return sum(points[key] for key, right in correct.items() if right) / sum(points.values())


def passes(score: float, pass_mark: float) -> bool:
    """Whether a share of the points reaches the module's pass mark."""
    return score >= pass_mark


def _in_order(events: Iterable[Event]) -> list[Event]:
    return sorted(events, key=_MOMENT)


def _points(content: ModuleContent) -> dict[str, int]:
    return {question.key: question.points for question in content.questions}


def _cards(content: ModuleContent) -> set[str]:
    return {block.key for block in content.blocks} - _points(content).keys()


def _started_at(told: list[Event], keys: set[str]) -> datetime | None:
    met = (event.occurred_at for event in told if event.verb in _CONTENT_VERBS and event.block_key in keys)
    return next(met, None)


def _results(answers: Mapping[int, Mapping[str, Event]], content: ModuleContent) -> list[AttemptResult]:
    """Return the attempts that came to an end, in the order in which they did."""
    results = []
    for attempt, told in answers.items():
        given = drawing.counted(content, told)
        if given:
            points = drawing.points(content, given)
            score = share_of_points({key: bool(answer.success) for key, answer in given.items()}, points)
            ended_at = max(answer.occurred_at for answer in given.values())
            results.append(AttemptResult(attempt, ended_at, score, passes(score, content.pass_mark)))
    return sorted(results, key=lambda result: (result.ended_at, result.attempt))


def _completed_at(
    seen: Mapping[str, datetime], results: list[AttemptResult], cards: int, asks: bool
) -> datetime | None:
    passed = [result.ended_at for result in results if result.passed]
    if len(seen) < cards or (asks and not passed):
        return None
    return max([*seen.values(), *passed[:1]])


def _completions(told: Iterable[Event], content: ModuleContent, completed_at: datetime | None) -> list[datetime]:
    """Return when everything was done, and done again each time that it was to be renewed."""
    return [] if completed_at is None else [completed_at, *_renewals(told, content, completed_at)]


def _renewals(told: Iterable[Event], content: ModuleContent, completed_at: datetime) -> list[datetime]:
    if content.validity_months is None:
        return []
    opens_at = renewal_opens(completed_at, content.validity_months)
    after = [event for event in told if event.occurred_at >= opens_at]
    return _completions(after, content, _first_completion(after, content))


def _first_completion(told: Iterable[Event], content: ModuleContent) -> datetime | None:
    points, cards = _points(content), _cards(content)
    results = _results(_answered(told, points), content)
    return _completed_at(_seen(told, cards), results, len(cards), bool(points))


def good_until(completed_at: datetime, validity_months: int | None) -> datetime | None:
    """Return until when a completion is good; None for good."""
    return None if validity_months is None else months_after(completed_at, validity_months)


def renewal_opens(completed_at: datetime, validity_months: int) -> datetime:
    """Return from when on a module may be taken again, so that nobody is without it for a day.

    Thirty days before its completion is good no longer, or half of that time if it is shorter.
    """
    until = months_after(completed_at, validity_months)
    return until - min(RENEWED_WITHIN, (until - completed_at) / 2)


def round_begins(events: Iterable[Event], content: ModuleContent, at: datetime) -> datetime | None:
    """Return since when what is done counts towards the completion under way at a moment; None from the beginning."""
    if content.validity_months is None:
        return None
    told = _in_order(events)
    return _begun_at(_completions(told, content, _first_completion(told, content)), content, at)


def _begun_at(done: Sequence[datetime], content: ModuleContent, at: datetime) -> datetime | None:
    if content.validity_months is None:
        return None
    opened = [renewal_opens(completed_at, content.validity_months) for completed_at in done]
    return max((opens_at for opens_at in opened if opens_at <= at), default=None)


def active_seconds(told: Iterable[Event]) -> int:
    """Return the time worked, as in `StandingFacts.active_seconds`, of events in their order."""
    return round(sum((pause for _, pause in _pauses(told)), timedelta()).total_seconds())


def active_days(told: Iterable[Event], day: Callable[[datetime], date]) -> dict[date, int]:
    """Return the same by the day on which it was worked, with 0 for a day of a single event; the sum is the same.

    `day` gives the day of a moment. A pause over midnight belongs to the day after.
    """
    worked: dict[date, timedelta] = {}
    for at, pause in _pauses(told):
        on = day(at)
        worked[on] = worked.get(on, timedelta()) + pause
    found, before, whole = {}, 0, timedelta()
    for on, time in worked.items():
        whole += time
        up_to = round(whole.total_seconds())
        found[on], before = up_to - before, up_to
    return found


def days_worked(course: Course, day: Callable[[datetime], date]) -> dict[date, int]:
    """Return the same of a whole course, what it came to before its records went included."""
    since = active_days(course.told, day)
    if course.before is None:
        return since
    gone = course.before.days
    return {on: gone.get(on, 0) + since.get(on, 0) for on in sorted({*gone, *since})}


def _pauses(told: Iterable[Event]) -> Iterator[tuple[datetime, timedelta]]:
    """Yield each event's moment with what counts as work since the event before it in its sitting."""
    last: dict[UUID | None, datetime] = {}
    for event in told:
        at, sitting = event.occurred_at, event.sitting_id
        before = last.get(sitting)
        pause = timedelta() if before is None else at - before
        yield at, pause if pause < LONGEST_PAUSE else LONGEST_PAUSE
        last[sitting] = at


class State(StrEnum):
    """Where someone stands with what they were to learn, as of a day."""

    LATE = "late"
    """Not completed, and the due day has passed."""
    UNDER_WAY = "under_way"
    NOT_STARTED = "not_started"
    COMPLETED = "completed"

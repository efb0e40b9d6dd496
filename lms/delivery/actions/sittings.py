"""Sittings: opened, cards seen, answers taken. Used by kiosks and by the simulator alike.

Ids and `occurred_at` come from where the thing happened, `now` is the server's clock. Each
stores its record and makes the standing anew in the transaction of the caller. The same
call again changes nothing and returns the same.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.catalogue import drawing
from lms.catalogue import queries as catalogue
from lms.catalogue.blocks import Question
from lms.catalogue.content import ModuleContent
from lms.catalogue.grading import Grade, grade
from lms.catalogue.queries import FrozenEdition
from lms.delivery.models import Sitting
from lms.delivery.rules import BlockUnknown, Ending, Position, RecordConflict, SittingUnknown, ending, position
from lms.kernel.database import db
from lms.kernel.ids import new_id
from lms.kernel.languages import in_language
from lms.kernel.prepared import Prepared
from lms.progress import actions as progress
from lms.progress.rules import StandingFacts, first_answers, good_until, renewal_opens
from lms.records import queries as records
from lms.records.actions import store
from lms.records.models import Source, Verb
from lms.records.rules import Fate, NewRecord, block_activity, confirmed_later, edition_activity, scored

_table = Sitting.__table__
_by_id = Prepared(select(_table).where(_table.c.id == bindparam("id")))


@dataclass(frozen=True)
class NewSitting:
    """A sitting as its kiosk made it; fields as in `models.Sitting`."""

    id: UUID
    person_id: int
    edition_id: int
    attempt: int
    terminal_id: int | None
    language: str
    opened_at: datetime
    assertion_id: UUID | None = None


@dataclass(frozen=True)
class Taken:
    """What an answer, or a card seen, came to."""

    grade: Grade | None
    """None for a card."""
    ending: Ending | None
    """Set once the attempt has ended, whether with this answer or before."""
    completed_at: datetime | None
    """When every card was seen and an attempt passed, for the last time; None before."""
    good_until: datetime | None = None
    """Until when that is good; None before, or for good."""

    @property
    def completed(self) -> bool:
        """Every card seen and an attempt passed."""
        return self.completed_at is not None


def open_sitting(
    person_id: int,
    edition_id: int,
    *,
    sitting_id: UUID,
    record_id: UUID,
    terminal_id: int | None,
    language: str,
    occurred_at: datetime,
    now: datetime,
    source: Source = Source.KIOSK,
) -> int:
    """Begin a module or go on with it, in the attempt that the records leave open; return its number.

    Raises RecordConflict when another sitting bears this id.
    """
    before = _position(person_id, edition_id, occurred_at)
    found = _sitting(sitting_id)
    attempt = found.attempt if found else before.attempt
    sitting = NewSitting(sitting_id, person_id, edition_id, attempt, terminal_id, language, occurred_at)
    join(sitting)
    if found is None:
        note_opening(sitting, before.begun, record_id=record_id, occurred_at=occurred_at, now=now, source=source)
    return attempt


def attempt_of(sitting_id: UUID, person_id: int, edition_id: int, at: datetime) -> int:
    """Return the attempt of a sitting: its own if it is known, else the one that the records leave open then."""
    found = _sitting(sitting_id)
    return found.attempt if found else _position(person_id, edition_id, at).attempt


def _position(person_id: int, edition_id: int, at: datetime) -> Position:
    return position(records.events_of(person_id, edition_id), catalogue.frozen(edition_id).content, at)


def attempts_before(person_id: int, edition_id: int, at: datetime) -> int:
    """Return how many attempts somebody had made before they took an edition again because its completion ran out."""
    return _attempts_before(records.events_of(person_id, edition_id), catalogue.frozen(edition_id).content, at)


def _attempts_before(events: Sequence[Any], content: ModuleContent, at: datetime) -> int:
    return 0 if content.validity_months is None else position(events, content, at).first_attempt - 1


def join(sitting: NewSitting) -> Any:
    """Make a sitting known, whichever of its events came first, and return it as it is known.

    Raises RecordConflict when its id means another.
    """
    before = _sitting(sitting.id)
    if before is None:
        db.session.add(Sitting(**asdict(sitting)))
        db.session.flush()
        return sitting
    if (before.person_id, before.edition_id, before.attempt) != (
        sitting.person_id,
        sitting.edition_id,
        sitting.attempt,
    ):
        raise RecordConflict(id=sitting.id)
    return before


def known(sitting_id: UUID) -> Any:
    """Return a sitting that is known; raises SittingUnknown."""
    found = _sitting(sitting_id)
    if found is None:
        raise SittingUnknown(id=sitting_id)
    return found


def note_opening(
    sitting: NewSitting,
    resumed: bool,
    *,
    record_id: UUID,
    occurred_at: datetime,
    now: datetime,
    source: Source = Source.KIOSK,
) -> None:
    """Note that a sitting was opened; `resumed` when something of the attempt had been done before."""
    edition = catalogue.frozen(sitting.edition_id)
    verb = Verb.RESUMED if resumed else Verb.INITIALIZED
    activity = edition_activity(edition.code, edition.number, in_language(edition.content.title, sitting.language))
    opening = NewRecord(id=record_id, verb=verb, activity=activity, occurred_at=occurred_at, **_of(sitting, source))
    _keep([opening], now)
    progress.refresh(sitting.person_id, sitting.edition_id)


def see_block(
    sitting: Any,
    block_key: str,
    *,
    record_id: UUID,
    occurred_at: datetime,
    duration_ms: int | None,
    now: datetime,
    source: Source = Source.KIOSK,
) -> Taken:
    """Note that a card was seen in a sitting (`known`, `join`). Raises BlockUnknown or RecordConflict."""
    edition, block = _at(sitting, block_key)
    if isinstance(block, Question):
        raise BlockUnknown(key=block_key)
    seen = NewRecord(
        id=record_id,
        verb=Verb.EXPERIENCED,
        activity=block_activity(edition.code, edition.number, block_key, question=False),
        block_key=block_key,
        occurred_at=occurred_at,
        duration_ms=duration_ms,
        **_of(sitting, source),
    )
    return _take(sitting, edition, seen, None, now)


def take_answer(
    sitting: Any,
    block_key: str,
    response: Any,
    *,
    record_id: UUID,
    occurred_at: datetime,
    duration_ms: int | None,
    now: datetime,
    confidence: float | None = None,
    source: Source = Source.KIOSK,
) -> Taken:
    """Grade an answer and keep it.

    The first answer to each question of an attempt counts; further ones are kept. `confidence`
    is how sure the person said to be, 0 to 1; `sitting` as for `see_block`. Raises
    BlockUnknown, AnswerMalformed or RecordConflict.
    """
    edition, question = _at(sitting, block_key)
    if not isinstance(question, Question):
        raise BlockUnknown(key=block_key)
    graded = grade(question, response, edition.digest, parts=edition.content.parts_shown)
    answer = NewRecord(
        id=record_id,
        verb=Verb.ANSWERED,
        activity=block_activity(edition.code, edition.number, block_key, question=True),
        block_key=block_key,
        occurred_at=occurred_at,
        duration_ms=duration_ms,
        **scored(graded.points, question.points, correct=graded.correct),
        response=response,
        confidence=confidence,
        **_of(sitting, source),
    )
    return _take(sitting, edition, answer, graded, now)


def acknowledge(
    sitting: Any, *, record_id: UUID, occurred_at: datetime, now: datetime, source: Source = Source.KIOSK
) -> Taken:
    """Note that what the edition changed was looked at; `sitting` as for `see_block`. Raises RecordConflict."""
    edition = catalogue.frozen(sitting.edition_id)
    acknowledged = NewRecord(
        id=record_id,
        verb=Verb.ACKNOWLEDGED,
        activity=edition_activity(edition.code, edition.number),
        occurred_at=occurred_at,
        **_of(sitting, source),
    )
    return _take(sitting, edition, acknowledged, None, now)


def came_to(sitting_id: UUID, block_key: str, response: Any = None) -> Taken:
    """Return what a card seen, or an answer given with this response, comes to by what is known now."""
    sitting = known(sitting_id)
    edition, block = _at(sitting, block_key)
    graded = None
    if isinstance(block, Question):
        graded = grade(block, response, edition.digest, parts=edition.content.parts_shown)
    return _followed(sitting, edition, graded)[0]


def _sitting(sitting_id: UUID) -> Any | None:
    found = _by_id.rows({"id": sitting_id})
    return found[0] if found else None


def _at(sitting: Any, block_key: str) -> tuple[FrozenEdition, Any]:
    edition = catalogue.frozen(sitting.edition_id)
    block = edition.content.block(block_key)
    if block is None:
        raise BlockUnknown(key=block_key)
    return edition, block


def _take(sitting: Any, edition: FrozenEdition, record: NewRecord, graded: Grade | None, now: datetime) -> Taken:
    _keep([record], now)
    taken, facts, events = _followed(sitting, edition, graded)
    closing = _closing(sitting, edition, record.source, taken, facts, events)
    if closing:
        _keep(closing, now)
        taken, *_ = _followed(sitting, edition, graded)
    return taken


def _followed(
    sitting: Any, edition: FrozenEdition, graded: Grade | None
) -> tuple[Taken, StandingFacts | None, Sequence[Any]]:
    """Make the standing anew; return what the attempt has come to, the standing, and the events of both."""
    events = records.events_of(sitting.person_id, sitting.edition_id)
    facts = progress.refresh(sitting.person_id, sitting.edition_id, events)
    given = first_answers(events, edition.content).get(sitting.attempt, {})
    attempt = sitting.attempt - _attempts_before(events, edition.content, sitting.opened_at)
    found = ending({key: bool(answer.success) for key, answer in given.items()}, attempt, edition.content)
    completed_at = (facts.renewed_at or facts.completed_at) if facts else None
    until = good_until(completed_at, edition.content.validity_months) if completed_at else None
    return Taken(graded, found, completed_at, until), facts, events


def _closing(
    sitting: Any,
    edition: FrozenEdition,
    source: Source,
    taken: Taken,
    facts: StandingFacts | None,
    events: Sequence[Any],
) -> list[NewRecord]:
    """Return the records that say of the whole what its parts say already, for other systems to read.

    Each stands at the last of the parts that it follows from. What was said before a late
    answer changed it is voided.
    """
    said = [event for event in events if event.block_key is None]
    results = [one for one in said if one.verb in (Verb.PASSED, Verb.FAILED) and one.attempt == sitting.attempt]
    completions = [one for one in said if one.verb == Verb.COMPLETED]
    result = _result(taken.ending, sitting, edition, events)
    right = [one for one in results if result and (one.verb, one.score_scaled, one.occurred_at) == result[:3]]
    kept = [one for one in completions if _stands(one, facts)]
    stale = [one for one in (*results, *completions) if one not in (*right, *kept)]
    new = [_at_event(sitting, source, edition, one, verb=Verb.VOIDED, voids_id=one.id) for one in stale]
    if result and not right:
        verb, score, _, last = result
        success = verb == Verb.PASSED
        new.append(_at_event(sitting, source, edition, last, verb=verb, score_scaled=score, success=success))
    if taken.completed_at and not _is_said(taken.completed_at, kept, edition):
        last = next((one for one in events if one.occurred_at == taken.completed_at and one.block_key), None)
        if last is not None:  # else its records have gone, and it was told of then
            new.append(_at_event(sitting, source, edition, last, verb=Verb.COMPLETED, completion=True))
    return new


def _result(
    found: Ending | None, sitting: Any, edition: FrozenEdition, events: Sequence[Any]
) -> tuple[Verb, float, datetime, Any] | None:
    """Return what is to be said of an attempt that came to its end: verb, score, moment, the answer that ended it."""
    if found is None:
        return None
    answers = first_answers(events, edition.content)[sitting.attempt]
    counted = drawing.counted(edition.content, answers) or {}
    last = max(counted.values(), key=lambda event: (event.occurred_at, event.id))
    return Verb.PASSED if found.passed else Verb.FAILED, found.score, last.occurred_at, last


def _stands(completion: Any, facts: StandingFacts | None) -> bool:
    """Whether a completion that was told of lies where there is one: from the first to the last renewal."""
    if facts is None or facts.completed_at is None:
        return False
    return facts.completed_at <= completion.occurred_at <= (facts.renewed_at or facts.completed_at)


def _is_said(completed_at: datetime, said: Sequence[Any], edition: FrozenEdition) -> bool:
    """Whether a completion is told of already; one that renews another is told of beside it."""
    months = edition.content.validity_months
    return any(months is None or completed_at < renewal_opens(one.occurred_at, months) for one in said)


def _at_event(sitting: Any, source: Source, edition: FrozenEdition, event: Any, **said: Any) -> NewRecord:
    """Return a record about the edition, where and when an event of it took place."""
    there = (_sitting(event.sitting_id) if event.sitting_id else None) or sitting
    about = {"activity": edition_activity(edition.code, edition.number), **_of(there, source)}
    return NewRecord(id=new_id(), occurred_at=event.occurred_at, **about, **said)


def _of(sitting: Any, source: Source) -> dict[str, Any]:
    return {
        "source": source,
        "person_id": sitting.person_id,
        "edition_id": sitting.edition_id,
        "sitting_id": sitting.id,
        "attempt": sitting.attempt,
        "terminal_id": sitting.terminal_id,
        "language": sitting.language,
        "extras": confirmed_later() if sitting.assertion_id else None,
    }


def _keep(new: list[NewRecord], now: datetime) -> None:
    if Fate.CONFLICT in store(new, now).fates:
        raise RecordConflict(id=new[0].id)

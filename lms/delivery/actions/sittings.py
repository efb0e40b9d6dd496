"""Sittings: opened, cards seen, answers taken. Used by kiosks and by the simulator alike.

Ids and `occurred_at` come from where the thing happened, `now` is the server's clock. Each
stores its record and makes the standing anew in the transaction of the caller. The same
call again changes nothing and returns the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.catalogue import queries as catalogue
from lms.catalogue.blocks import Question
from lms.catalogue.grading import Grade, grade
from lms.catalogue.queries import FrozenEdition
from lms.delivery.models import Sitting
from lms.delivery.rules import BlockUnknown, Ending, RecordConflict, SittingUnknown, ending, position
from lms.kernel.database import db
from lms.kernel.ids import new_id
from lms.kernel.languages import in_language
from lms.kernel.prepared import Prepared
from lms.progress import actions as progress
from lms.progress.rules import first_answers
from lms.records import queries as records
from lms.records.actions import store
from lms.records.models import Source, Verb
from lms.records.rules import Fate, NewRecord, block_activity, edition_activity

_table = Sitting.__table__
_by_id = Prepared(select(_table).where(_table.c.id == bindparam("id")))


@dataclass(frozen=True)
class Taken:
    """What an answer, or a card seen, came to."""

    grade: Grade | None
    """None for a card."""
    ending: Ending | None
    """Set once the attempt has ended, whether with this answer or before."""
    completed: bool
    """Every card seen and an attempt passed."""


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
    """Begin a module or go on with it; return the number of the attempt.

    Raises RecordConflict when another sitting bears this id.
    """
    edition = catalogue.frozen(edition_id)
    known = _sitting(sitting_id)
    if known is not None:
        if (known.person_id, known.edition_id) != (person_id, edition_id):
            raise RecordConflict(id=sitting_id)
        return known.attempt
    before = position(records.events_of(person_id, edition_id), edition.content)
    sitting = Sitting(
        id=sitting_id,
        person_id=person_id,
        edition_id=edition_id,
        attempt=before.attempt,
        terminal_id=terminal_id,
        language=language,
        opened_at=occurred_at,
    )
    db.session.add(sitting)
    db.session.flush()
    verb = Verb.RESUMED if before.begun else Verb.INITIALIZED
    activity = edition_activity(edition.code, edition.number, in_language(edition.content.title, language))
    opening = NewRecord(id=record_id, verb=verb, activity=activity, occurred_at=occurred_at, **_of(sitting, source))
    _keep([opening], now)
    progress.refresh(person_id, edition_id)
    return before.attempt


def see_block(
    sitting_id: UUID,
    block_key: str,
    *,
    record_id: UUID,
    occurred_at: datetime,
    duration_ms: int | None,
    now: datetime,
    source: Source = Source.KIOSK,
) -> Taken:
    """Note that a card was seen. Raises SittingUnknown, BlockUnknown or RecordConflict."""
    sitting, edition, _ = _at(sitting_id, block_key, question=False)
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
    sitting_id: UUID,
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
    is how sure the person said to be, 0 to 1. Raises
    SittingUnknown, BlockUnknown, AnswerMalformed or RecordConflict.
    """
    sitting, edition, question = _at(sitting_id, block_key, question=True)
    graded = grade(question, response, edition.digest, parts=edition.content.parts_shown)
    answer = NewRecord(
        id=record_id,
        verb=Verb.ANSWERED,
        activity=block_activity(edition.code, edition.number, block_key, question=True),
        block_key=block_key,
        occurred_at=occurred_at,
        duration_ms=duration_ms,
        success=graded.correct,
        score_raw=graded.points,
        score_min=0,
        score_max=question.points,
        score_scaled=graded.points / question.points,
        response=response,
        confidence=confidence,
        **_of(sitting, source),
    )
    return _take(sitting, edition, answer, graded, now)


def _sitting(sitting_id: UUID) -> Any | None:
    found = _by_id.rows({"id": sitting_id})
    return found[0] if found else None


def _at(sitting_id: UUID, block_key: str, *, question: bool) -> tuple[Any, FrozenEdition, Any]:
    sitting = _sitting(sitting_id)
    if sitting is None:
        raise SittingUnknown(id=sitting_id)
    edition = catalogue.frozen(sitting.edition_id)
    block = edition.content.block(block_key)
    if block is None or isinstance(block, Question) != question:
        raise BlockUnknown(key=block_key)
    return sitting, edition, block


def _take(sitting: Any, edition: FrozenEdition, record: NewRecord, graded: Grade | None, now: datetime) -> Taken:
    _keep([record], now)
    taken, events = _followed(sitting, edition, graded)
    closing = _closing(sitting, edition, record, taken, events)
    if closing:
        _keep(closing, now)
        taken, _ = _followed(sitting, edition, graded)
    return taken


def _followed(sitting: Any, edition: FrozenEdition, graded: Grade | None) -> tuple[Taken, Sequence[Any]]:
    """Make the standing anew; return what the attempt has come to, and the events it was read from."""
    events = records.events_of(sitting.person_id, sitting.edition_id)
    facts = progress.refresh(sitting.person_id, sitting.edition_id, events)
    given = first_answers(events, edition.content).get(sitting.attempt, {})
    found = ending({key: bool(answer.success) for key, answer in given.items()}, sitting.attempt, edition.content)
    return Taken(graded, found, facts is not None and facts.completed_at is not None), events


def _closing(
    sitting: Any, edition: FrozenEdition, last: NewRecord, taken: Taken, events: Sequence[Any]
) -> list[NewRecord]:
    """Return the records that say of the whole what its parts say already, for other systems to read."""
    said = {(event.verb, event.attempt) for event in events if event.block_key is None}
    common: dict[str, Any] = {
        "activity": edition_activity(edition.code, edition.number),
        "occurred_at": last.occurred_at,
        **_of(sitting, last.source),
    }
    new = []
    if taken.ending and not {(Verb.PASSED, sitting.attempt), (Verb.FAILED, sitting.attempt)} & said:
        verb = Verb.PASSED if taken.ending.passed else Verb.FAILED
        score = taken.ending.score
        new.append(NewRecord(id=new_id(), verb=verb, score_scaled=score, success=taken.ending.passed, **common))
    if taken.completed and Verb.COMPLETED not in {verb for verb, _ in said}:
        new.append(NewRecord(id=new_id(), verb=Verb.COMPLETED, completion=True, **common))
    return new


def _of(sitting: Any, source: Source) -> dict[str, Any]:
    return {
        "source": source,
        "person_id": sitting.person_id,
        "edition_id": sitting.edition_id,
        "sitting_id": sitting.id,
        "attempt": sitting.attempt,
        "terminal_id": sitting.terminal_id,
        "language": sitting.language,
    }


def _keep(new: list[NewRecord], now: datetime) -> None:
    if Fate.CONFLICT in store(new, now).fates:
        raise RecordConflict(id=new[0].id)

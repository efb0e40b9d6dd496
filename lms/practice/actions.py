"""What is done in practice: a question answered, or all of them left for today.

Ids and `occurred_at` come from the kiosk, `now` is the server's clock. What is kept bears the
purpose `practice`, so that no standing and no figure of a module reads it.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from lms.catalogue import queries as catalogue
from lms.catalogue.blocks import Question
from lms.catalogue.grading import Grade, grade
from lms.practice.queries import has_learnt
from lms.practice.rules import NotPractised, PracticeConflict
from lms.records.actions import store
from lms.records.models import PRACTICE, Source, Verb
from lms.records.rules import Fate, NewRecord, block_activity, confirmed_later, practice_activity, scored


def answer(
    person_id: int,
    edition_id: int,
    block_key: str,
    response: Any,
    *,
    record_id: UUID,
    session_id: UUID,
    terminal_id: int,
    language: str,
    occurred_at: datetime,
    duration_ms: int | None,
    now: datetime,
    confirmed: bool = False,
) -> Grade | None:
    """Keep an answer and return what it came to; the same again changes nothing and returns the same.

    None where it is not known that the person has learnt what is asked: what tells so may
    arrive later, and the answer counts from then on. Until then nothing of it is told, or
    whoever asked would be told the answers to any module.

    `session_id` is common to the questions asked together; `confirmed` says that it was given
    under a badge alone, and its owner said afterwards that it was them. Raises NotPractised,
    AnswerMalformed or PracticeConflict.
    """
    edition = catalogue.frozen(edition_id)
    question = edition.content.block(block_key)
    if not isinstance(question, Question):
        raise NotPractised(key=block_key)
    found = grade(question, response, edition.digest, parts=edition.content.parts_shown)
    _keep(
        NewRecord(
            id=record_id,
            verb=Verb.ANSWERED,
            activity=block_activity(edition.code, edition.number, block_key, question=True),
            person_id=person_id,
            edition_id=edition_id,
            block_key=block_key,
            sitting_id=session_id,
            terminal_id=terminal_id,
            language=language,
            occurred_at=occurred_at,
            duration_ms=duration_ms,
            **scored(found.points, question.points, correct=found.correct),
            response=response,
            source=Source.KIOSK,
            purpose=PRACTICE,
            extras=confirmed_later() if confirmed else None,
        ),
        now,
    )
    return found if has_learnt(person_id, edition, block_key) else None


def graded(person_id: int, edition_id: int, block_key: str, response: Any) -> Grade | None:
    """Return what an answer that was kept comes to now, as `answer` does. Raises NotPractised or AnswerMalformed."""
    edition = catalogue.frozen(edition_id)
    question = edition.content.block(block_key)
    if not isinstance(question, Question):
        raise NotPractised(key=block_key)
    found = grade(question, response, edition.digest, parts=edition.content.parts_shown)
    return found if has_learnt(person_id, edition, block_key) else None


def skip(person_id: int, *, record_id: UUID, terminal_id: int, occurred_at: datetime, now: datetime) -> None:
    """Note that someone leaves a day's questions: they are asked no more that day, and are as due as before.

    Raises PracticeConflict.
    """
    _keep(
        NewRecord(
            id=record_id,
            verb=Verb.SKIPPED,
            activity=practice_activity(),
            person_id=person_id,
            terminal_id=terminal_id,
            occurred_at=occurred_at,
            source=Source.KIOSK,
            purpose=PRACTICE,
        ),
        now,
    )


def _keep(record: NewRecord, now: datetime) -> None:
    if Fate.CONFLICT in store([record], now).fates:
        raise PracticeConflict(id=record.id)

"""Questions about records. Each leaves voided records out, unless it says otherwise."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased

from lms.kernel.database import db
from lms.records.models import LearningRecord


def digests(ids: Collection[UUID]) -> dict[UUID, bytes]:
    """Return the digest of each of the records that is stored, voided ones included."""
    query = select(LearningRecord.id, LearningRecord.digest).where(LearningRecord.id.in_(ids))
    return dict(db.session.execute(query).all()) if ids else {}


def voiding(ids: Collection[UUID]) -> set[UUID]:
    """Return those of the records that void another."""
    if not ids:
        return set()
    query = select(LearningRecord.id).where(LearningRecord.id.in_(ids), LearningRecord.voids_id.is_not(None))
    return set(db.session.scalars(query))


def pairs(ids: Collection[UUID]) -> set[tuple[int | None, int | None]]:
    """Return whose records they are, and of which editions."""
    query = select(LearningRecord.person_id, LearningRecord.edition_id).where(LearningRecord.id.in_(ids))
    return set(db.session.execute(query).all())


def last_sequence() -> int:
    """Return the sequence of the newest record, 0 when there is none."""
    return db.session.scalar(select(func.max(LearningRecord.sequence))) or 0


def not_void(up_to: int | None = None) -> ColumnElement[bool]:
    """Return the condition that a record is not voided, by what had arrived up to a sequence.

    A record that voids another cannot be voided: where one arrived before its target was
    known to be such, it has no effect.
    """
    voider = aliased(LearningRecord)
    voided = exists().where(voider.voids_id == LearningRecord.id)
    if up_to is not None:
        voided = voided.where(voider.sequence <= up_to)
    return LearningRecord.voids_id.is_not(None) | ~voided

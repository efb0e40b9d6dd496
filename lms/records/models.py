"""Learning records, the activities they are about, actors from elsewhere."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel.database import Base, Goes, append_only, partial_index
from lms.kernel.personal import Ground, Personal, Term, Why, personal

BigNumber = BigInteger().with_variant(Integer, "sqlite")
_VOIDS = "voids_id IS NOT NULL"
_ANSWERED = "response IS NOT NULL"
_BESIDE = "edition_id IS NULL OR purpose IS NOT NULL"


class Verb(StrEnum):
    """The verbs that our own kiosks write; a record from elsewhere may bear any IRI."""

    INITIALIZED = "http://adlnet.gov/expapi/verbs/initialized"
    EXPERIENCED = "http://adlnet.gov/expapi/verbs/experienced"
    ANSWERED = "http://adlnet.gov/expapi/verbs/answered"
    COMPLETED = "http://adlnet.gov/expapi/verbs/completed"
    PASSED = "http://adlnet.gov/expapi/verbs/passed"
    FAILED = "http://adlnet.gov/expapi/verbs/failed"
    SUSPENDED = "http://adlnet.gov/expapi/verbs/suspended"
    RESUMED = "http://adlnet.gov/expapi/verbs/resumed"
    VOIDED = "http://adlnet.gov/expapi/verbs/voided"
    SKIPPED = "http://id.tincanapi.com/verb/skipped"
    ACKNOWLEDGED = "http://activitystrea.ms/schema/1.0/acknowledge"
    """What has changed in a module was looked at."""


PRACTICE = "practice"
"""The purpose of what was done to remember: it is neither learning a module nor being tested in it."""


class Source(StrEnum):
    """Where a record came from."""

    KIOSK = "kiosk"
    IMPORT = "import"
    SIMULATION = "simulation"


class Activity(Base):
    """What a record is about: an edition, one of its blocks, or something from elsewhere."""

    __tablename__ = "activities"

    id: Mapped[int] = mapped_column(primary_key=True)
    iri: Mapped[str] = mapped_column(String(2000), unique=True)
    name: Mapped[str] = mapped_column(String(500), default="")
    type: Mapped[str] = mapped_column(String(2000), default="")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("activities.id"), index=True)


class ForeignActor(Base):
    """Someone whom only imported records know; the one place where such a record's learner has a name."""

    __tablename__ = "foreign_actors"
    __table_args__ = (UniqueConstraint("identifier"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    identifier: Mapped[str] = mapped_column(String(2200))
    """The xAPI inverse functional identifier, in one canonical line."""
    said: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The xAPI actor as it first came, name included; records repeat none of it, so that it can be erased."""


class GoneRecord(Base):
    """That there was a record: enough to know it when it comes again, and nothing of what it said or of whom."""

    __tablename__ = "gone_records"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    digest: Mapped[bytes]


class LearningRecord(Base):
    """One thing that happened; never changed, and gone only once what it came to is sealed (`kernel.purging`)."""

    __tablename__ = "learning_records"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) != (foreign_actor_id IS NULL)", "one_learner"),
        CheckConstraint("score_scaled IS NULL OR (score_scaled >= -1 AND score_scaled <= 1)", "scaled_within_one"),
        CheckConstraint("block_key IS NULL OR edition_id IS NOT NULL", "block_belongs_to_edition"),
        Index("ix_learning_records_person_edition", "person_id", "edition_id"),
        Index("ix_learning_records_activity", "activity_id"),
        # Of those that void another alone: counted with the others, which are nearly all, SQLite takes the index for
        # useless once it has looked at it (ANALYZE), and walks the whole table for each record.
        partial_index("ix_learning_records_voids_id", "voids_id", where=_VOIDS),
        # What goes in time, the oldest first, found without a look at all that stays; courses by their standings.
        partial_index("ix_learning_records_answered", "occurred_at", where=_ANSWERED),
        partial_index("ix_learning_records_beside", "occurred_at", where=_BESIDE),
    )

    sequence: Mapped[int] = mapped_column(BigNumber, primary_key=True, autoincrement=True)
    """Order of arrival; an evaluation quotes the last one it read."""
    id: Mapped[UUID] = mapped_column(unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    foreign_actor_id: Mapped[int | None] = mapped_column(ForeignKey("foreign_actors.id"))
    verb: Mapped[str] = mapped_column(String(2000))
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activities.id"))
    """Empty for an imported record about a person or about another record."""
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("editions.id"))
    block_key: Mapped[str | None] = mapped_column(String(40))
    sitting_id: Mapped[UUID | None]
    """The sitting at a kiosk; the xAPI registration of an imported record."""
    attempt: Mapped[int | None]
    """1, 2, 3… for each person and edition."""
    terminal_id: Mapped[int | None]
    occurred_at: Mapped[datetime]
    """The clock of the place where it happened."""
    recorded_at: Mapped[datetime]
    """The clock of this server."""
    score_scaled: Mapped[float | None]
    score_raw: Mapped[float | None]
    score_min: Mapped[float | None]
    score_max: Mapped[float | None]
    success: Mapped[bool | None]
    completion: Mapped[bool | None]
    duration_ms: Mapped[int | None] = mapped_column(BigInteger)
    response: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    language: Mapped[str | None] = mapped_column(String(12))
    voids_id: Mapped[UUID | None]
    """The record that this one declares void."""
    source: Mapped[Source]
    purpose: Mapped[str | None] = mapped_column(String(20))
    """`practice`; nothing for what happened in a module. No standing and no figure reads what has a purpose."""
    confidence: Mapped[float | None]
    """How sure the person said to be of their answer, 0 to 1; nothing where they were not asked or did not say."""
    extras: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What an imported statement said beyond the columns, verbatim; of ours, extensions of the context."""
    digest: Mapped[bytes]
    """First 16 bytes of the SHA-256 of what was said, to tell a repeat from a conflict."""


append_only(LearningRecord.__table__, Goes("occurred_at", blanks="response", then_rows=True))
append_only(GoneRecord.__table__)

personal(ForeignActor.__table__, Personal(Why.TRAINING, Ground.INTEREST, Term.WITH_THE_WORK), subject="")
personal(
    LearningRecord.__table__,
    Personal(Why.TRAINING, Ground.INTEREST, Term.WORK),
    response=Personal(Why.TRAINING, Ground.INTEREST, Term.ANSWERS),
)

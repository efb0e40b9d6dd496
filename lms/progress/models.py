"""Standings: a table that can be dropped and rebuilt from the records any day."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel.database import Base
from lms.kernel.personal import Ground, Personal, Term, Why, personal
from lms.records.models import BigNumber


class Standing(Base):
    """Where one person stands with one edition."""

    __tablename__ = "standings"
    __table_args__ = (
        CheckConstraint("completed_at IS NULL OR started_at IS NOT NULL", "completed_was_started"),
        Index("ix_standings_edition", "edition_id"),
        # Who has begun and not completed, found without a look at all those that have.
        Index("ix_standings_completed", "completed_at", "started_at", "person_id", "edition_id"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), primary_key=True)
    started_at: Mapped[datetime | None]
    """First content event."""
    last_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]
    """All blocks done and the questions passed, for the first time."""
    renewed_at: Mapped[datetime | None]
    """The same again, for the last time, since it was good for some months only."""
    acknowledged_at: Mapped[datetime | None]
    """What the edition changed was acknowledged, for the first time."""
    blocks_done: Mapped[int]
    """Distinct blocks seen or answered in the attempt under way."""
    blocks_total: Mapped[int]
    attempts: Mapped[int]
    """Attempts ended by a passed or failed record."""
    first_score: Mapped[float | None]
    """Share of the points at the end of the first attempt, 0 to 1."""
    first_passed: Mapped[bool | None]
    best_score: Mapped[float | None]
    active_seconds: Mapped[int]
    """Sum of the times between events, each at most 120 s."""
    read_up_to: Mapped[int] = mapped_column(BigNumber)
    """Sequence of the last record that was read."""
    records: Mapped[int]
    """How many records tell of it, those that are gone or void left out."""
    told_at: Mapped[datetime | None]
    """When the last thing happened of which a record still tells."""


class Completion(Base):
    """That somebody completed an edition on a day; again, where that is good for some months only.

    Days are whole numbers (`date.toordinal`): figures over thousands of people reckon with them.
    """

    __tablename__ = "completions"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), primary_key=True)
    done_on: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"))
    number: Mapped[int]
    """Of the edition, in its module."""
    until_on: Mapped[int]
    """The day on which it is good no longer; far away (`summary.NEVER`) when it is good for good."""
    again_on: Mapped[int]
    """The day from which it may be renewed."""


class ActiveDay(Base):
    """How long somebody worked on an edition on a day of the plant."""

    __tablename__ = "active_days"
    __table_args__ = (Index("ix_active_days_day", "day"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), primary_key=True)
    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"))
    seconds: Mapped[int]
    """Of all its days together what `Standing.active_seconds` says."""


personal(Standing.__table__, Personal(Why.TRAINING, Ground.LAW, Term.EMPLOYMENT))

personal(ActiveDay.__table__, Personal(Why.TRAINING, Ground.LAW, Term.EMPLOYMENT))
personal(Completion.__table__, Personal(Why.TRAINING, Ground.LAW, Term.EMPLOYMENT))

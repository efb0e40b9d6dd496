"""What a course came to when its records went."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel.database import Base, append_only
from lms.kernel.personal import Ground, Personal, Term, Why, personal
from lms.records.models import BigNumber


class Seal(Base):
    """What one person's course through one edition came to, as far as records had told of it; never changed.

    Where more was done and its records went too, a further seal tells of all of it: the newest counts.
    """

    __tablename__ = "course_seals"
    __table_args__ = (Index("ix_course_seals_person_edition", "person_id", "edition_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    course: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The standing, what else evaluations ask, each completion, and the seconds worked by day (`rules.stored`)."""
    last_at: Mapped[datetime]
    """When the last thing happened that has gone."""
    up_to: Mapped[int] = mapped_column(BigNumber)
    """Sequence of the last record that was read."""
    records: Mapped[int]
    """How many records went."""
    read: Mapped[str] = mapped_column(String(64))
    """SHA-256 of their ids and digests, in the order of their arrival."""
    sealed_at: Mapped[datetime]


class AnalysisSeal(Base):
    """What the questions of a module came to when answers that were counted went; of nobody, and never changed."""

    __tablename__ = "analysis_seals"
    __table_args__ = (UniqueConstraint("module_id", "as_of"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"))
    number: Mapped[int]
    """Of the newest edition there was."""
    as_of: Mapped[date]
    """The last day whose answers are counted."""
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    """By edition, as `analyses` tells them: small groups are held back already."""
    records: Mapped[int]
    """How many records they rest on."""
    read: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the ids and digests of those, in the order of their arrival."""
    sealed_at: Mapped[datetime]


append_only(Seal.__table__)
append_only(AnalysisSeal.__table__)
personal(Seal.__table__, Personal(Why.TRAINING, Ground.LAW, Term.EMPLOYMENT))

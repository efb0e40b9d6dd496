"""What leaders chose, and what was sent."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel.database import Base, append_only
from lms.kernel.personal import Ground, Personal, Term, Why, personal
from lms.reports.digests.rules import Every


class DigestChoice(Base):
    """How often a leader wants the e-mail; without a row once a week."""

    __tablename__ = "digest_choices"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    every: Mapped[Every]
    changed_at: Mapped[datetime]


class Digest(Base):
    """That a leader's e-mail was made; never changed."""

    __tablename__ = "digests"
    __table_args__ = (Index("ix_digests_person_at", "person_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    sent: Mapped[bool]
    """False where there was nothing to say, and nothing was sent."""


append_only(Digest.__table__)

personal(Digest.__table__, Personal(Why.ACCOUNT, Ground.INTEREST, Term.EMPLOYMENT))
personal(DigestChoice.__table__, Personal(Why.ACCOUNT, Ground.INTEREST, Term.EMPLOYMENT))

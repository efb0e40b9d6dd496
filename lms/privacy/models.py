"""Terms as they were set, what went and when, what people asked and were answered."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel.database import Base, append_only, free_words
from lms.kernel.personal import Ground, Personal, Term, Why, acted, personal


class TermSet(Base):
    """How many months something is kept, as set on a day; the newest counts, never changed."""

    __tablename__ = "privacy_terms"
    __table_args__ = (CheckConstraint("months > 0", "some_months"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    term: Mapped[Term]
    months: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Purge(Base):
    """What went because its time was over, and the file in which it was handed out before; never changed."""

    __tablename__ = "privacy_purges"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    cut_offs: Mapped[dict[str, Any]] = mapped_column(JSON)
    """By term: the moment before which things went."""
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    """By table: how many rows went or were emptied."""
    file: Mapped[str] = mapped_column(String(64))
    """The name of the export; the file itself is kept for a month."""


class RequestKind(StrEnum):
    """What somebody asks of their own data."""

    ACCESS = "access"
    CORRECTION = "correction"
    ERASURE = "erasure"
    OBJECTION = "objection"


class Request(Base):
    """What somebody asked of their own data; never changed."""

    __tablename__ = "privacy_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[RequestKind]
    words: Mapped[str] = mapped_column(String(2000), info=free_words())
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who wrote it down: the person, or somebody at a desk with them."""


class Outcome(StrEnum):
    """What came of a request."""

    DONE = "done"
    DECLINED = "declined"


class Answer(Base):
    """What somebody was answered; never changed."""

    __tablename__ = "privacy_answers"

    request_id: Mapped[int] = mapped_column(ForeignKey("privacy_requests.id"), primary_key=True)
    outcome: Mapped[Outcome]
    words: Mapped[str] = mapped_column(String(2000), info=free_words())
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


for _table in (TermSet, Purge, Request, Answer):
    append_only(_table.__table__)
acted(TermSet.__table__, "by_id")
acted(Purge.__table__, "by_id")
acted(Request.__table__, "by_id")
acted(Answer.__table__, "by_id")
personal(Request.__table__, Personal(Why.RIGHTS, Ground.LAW, Term.EMPLOYMENT))

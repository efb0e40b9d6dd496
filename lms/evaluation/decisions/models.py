"""Decisions and comments; never changed."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.evaluation.proposal import Decision
from lms.kernel.database import Base, append_only, free_words
from lms.kernel.personal import acted


class Subject(StrEnum):
    """What a comment stands beside."""

    INDICATOR = "indicator"
    RECOMMENDATION = "recommendation"


class RecordedDecision(Base):
    """What the steering group decided, signed by name and role."""

    __tablename__ = "decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluations.id"), index=True)
    decision: Mapped[Decision]
    reasons: Mapped[str] = mapped_column(Text)
    conditions: Mapped[str] = mapped_column(Text, default="")
    """What has to be so for the decision to hold: the change, the new last day, the cost accepted."""
    dissent: Mapped[str] = mapped_column(Text, default="")
    """What those who disagreed said."""
    signatures: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    """Role and name of each who signed, in their order."""
    decided_on: Mapped[date]
    next_moment: Mapped[str] = mapped_column(String(200))
    next_moment_on: Mapped[date]
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who entered it."""


class VerdictComment(Base):
    """What someone says beside a verdict."""

    __tablename__ = "verdict_comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluations.id"), index=True)
    subject: Mapped[Subject]
    code: Mapped[str] = mapped_column(String(40))
    """That of the indicator or the recommendation."""
    text: Mapped[str] = mapped_column(Text, info=free_words())
    role: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


for _table in (RecordedDecision, VerdictComment):
    append_only(_table.__table__)

acted(RecordedDecision.__table__, "by")
acted(VerdictComment.__table__, "by")

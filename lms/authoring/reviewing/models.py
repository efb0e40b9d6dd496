"""Reviews that colleagues are asked for, how they ended, and remarks."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel.database import Base, append_only
from lms.kernel.personal import acted

LONGEST_WORDS = 2000


class Ending(StrEnum):
    """How a review ended."""

    APPROVED = "approved"
    CHANGES = "changes"
    """Changes are wanted first."""
    CANCELLED = "cancelled"


class Act(StrEnum):
    """What an entry of a remark does."""

    SAID = "said"
    """The first of a remark."""
    ANSWERED = "answered"
    RESOLVED = "resolved"
    REOPENED = "reopened"


class DraftReview(Base):
    """A colleague asked to look at a draft."""

    __tablename__ = "draft_reviews"

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"), index=True)
    asked_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    note: Mapped[str] = mapped_column(String(LONGEST_WORDS))


class DraftReviewEnd(Base):
    """How a review ended, and which state of the draft had been looked at."""

    __tablename__ = "draft_review_ends"

    review_id: Mapped[int] = mapped_column(ForeignKey("draft_reviews.id"), primary_key=True)
    ending: Mapped[Ending]
    state: Mapped[str] = mapped_column(String(64))
    """The digest of the draft and its files (`rules.state_of`)."""
    words: Mapped[str] = mapped_column(String(LONGEST_WORDS))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class DraftRemark(Base):
    """What somebody remarked on a block of a draft, or on the whole; what was said stands in its entries."""

    __tablename__ = "draft_remarks"

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"), index=True)
    block_key: Mapped[str | None] = mapped_column(String(40))
    """None: on the whole module. No foreign key: the remark outlives the block."""
    block: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What the block said then."""


class DraftRemarkEntry(Base):
    """A remark itself, an answer to it, or that it is resolved or open again."""

    __tablename__ = "draft_remark_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    remark_id: Mapped[int] = mapped_column(ForeignKey("draft_remarks.id"), index=True)
    act: Mapped[Act]
    words: Mapped[str] = mapped_column(String(LONGEST_WORDS))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


for _table in (DraftReview, DraftReviewEnd, DraftRemark, DraftRemarkEntry):
    append_only(_table.__table__)

acted(DraftRemarkEntry.__table__, "by_id")
acted(DraftReview.__table__, "asked_id", "by_id")
acted(DraftReviewEnd.__table__, "by_id")

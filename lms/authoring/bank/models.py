"""Questions of the bank, their versions, and which modules use them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.kernel.database import Base, append_only
from lms.kernel.personal import acted

LONGEST_THEME = 80


class BankQuestion(Base):
    """A question of the bank, through all its versions."""

    __tablename__ = "bank_questions"
    __table_args__ = (Index("ix_bank_questions_theme", "theme", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    theme: Mapped[str] = mapped_column(String(LONGEST_THEME))
    key: Mapped[str] = mapped_column(String(40))
    """Where it came from it had this key; the same theme and key again is its next version."""
    kind: Mapped[str] = mapped_column(String(40))
    """Of the newest version: `single`, `numeric`…"""
    words: Mapped[str] = mapped_column(Text)
    """What the newest version says, in small letters without accents: what a search looks in."""
    newest: Mapped[int]
    """Number of the newest version."""
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
    """From then on it is offered no more; who uses it keeps it."""


class BankVersion(Base):
    """What a question of the bank said from a day on; never changed."""

    __tablename__ = "bank_versions"

    question_id: Mapped[int] = mapped_column(ForeignKey("bank_questions.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    """1, 2, 3…"""
    block: Mapped[dict[str, Any]] = mapped_column(JSON)
    """A valid question of a module (`catalogue.questions`), under the key of its question."""
    media: Mapped[dict[str, str]] = mapped_column(JSON)
    """Name in the block to digest."""
    languages: Mapped[list[str]] = mapped_column(JSON)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    question: Mapped[BankQuestion] = relationship(lazy="raise_on_sql")


class BankUse(Base):
    """A question of a module that came from the bank, or went there."""

    __tablename__ = "bank_uses"
    __table_args__ = (
        ForeignKeyConstraint(["question_id", "version"], ["bank_versions.question_id", "bank_versions.number"]),
    )

    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"), primary_key=True)
    block_key: Mapped[str] = mapped_column(String(40), primary_key=True)
    question_id: Mapped[int] = mapped_column(index=True)
    version: Mapped[int]
    """Taken or given last; what the module says now may be another version, or none."""


append_only(BankVersion.__table__)

acted(BankVersion.__table__, "by_id")

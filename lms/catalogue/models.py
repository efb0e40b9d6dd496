"""Modules, their frozen editions, their media."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.kernel.database import Base, append_only
from lms.kernel.personal import acted


class Module(Base):
    """Something that can be learnt in a few minutes, through all its editions."""

    __tablename__ = "modules"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    created_at: Mapped[datetime]
    editions: Mapped[list["Edition"]] = relationship(
        lazy="raise_on_sql", back_populates="module", order_by="Edition.number"
    )


class Impact(StrEnum):
    """What an edition means for whoever completed one before it; its author says so."""

    CORRECTION = "correction"
    """Nothing; so does the first edition."""
    ACKNOWLEDGEMENT = "acknowledgement"
    """They look at what has changed, and acknowledge it; their completion stays good."""
    RETRAINING = "retraining"
    """They take the module again: their completion is good no longer."""


class Edition(Base):
    """A module as it was published; it never changes."""

    __tablename__ = "editions"
    __table_args__ = (UniqueConstraint("module_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"))
    number: Mapped[int]
    """1, 2, 3… within the module."""
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The module document (`catalogue.content.ModuleContent`), answer keys included."""
    player: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What a kiosk is sent: clean HTML, no answer key (`catalogue.rendering`)."""
    media: Mapped[dict[str, str]] = mapped_column(JSON)
    """Name in the document (`media/…`) to SHA-256 in hexadecimal."""
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the canonical content and media."""
    change_note: Mapped[str] = mapped_column(String(500), default="")
    impact: Mapped[Impact] = mapped_column(default=Impact.CORRECTION)
    published_at: Mapped[datetime]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    module: Mapped[Module] = relationship(lazy="raise_on_sql", back_populates="editions")


class Withdrawal(Base):
    """An edition that is good no longer: kiosks offer and hold it no more, what was done in it before counts."""

    __tablename__ = "withdrawals"

    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Media(Base):
    """A file kept once under its SHA-256, whatever it is called in documents."""

    __tablename__ = "media"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(60))
    size: Mapped[int]
    """In bytes."""
    stored_at: Mapped[datetime]


class Rights(StrEnum):
    """By what right a file is shown."""

    OWN = "own"
    """Made at the plant."""
    PERMISSION = "permission"
    """Its maker agreed."""
    LICENCE = "licence"
    """A licence allows it: the source says which."""


class MediaOrigin(Base):
    """Where a file comes from, and by what right it is shown, as somebody said last."""

    __tablename__ = "media_origins"

    digest: Mapped[str] = mapped_column(ForeignKey("media.digest"), primary_key=True)
    rights: Mapped[Rights]
    source: Mapped[str] = mapped_column(String(300))
    said_at: Mapped[datetime]
    said_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


for _table in (Edition, Withdrawal):
    append_only(_table.__table__)

acted(Edition.__table__, "published_by")
acted(MediaOrigin.__table__, "said_by")
acted(Withdrawal.__table__, "by_id")

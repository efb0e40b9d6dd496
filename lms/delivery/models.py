"""Kiosk terminals and sittings."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.catalogue.models import Edition
from lms.kernel.database import Base
from lms.people.models import Workshop


class TerminalState(StrEnum):
    """How far a kiosk is on its way into service."""

    WAITING = "waiting"
    """Its one-time code may still be typed."""
    EXPIRED = "expired"
    ENROLLED = "enrolled"
    REVOKED = "revoked"


class Terminal(Base):
    """A kiosk: announced by an administrator, enrolled once with a one-time code."""

    __tablename__ = "terminals"
    __table_args__ = (CheckConstraint("(token_digest IS NULL) = (enrolled_at IS NULL)", "enrolled_has_a_token"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshops.id"))
    enrolment_digest: Mapped[bytes | None]
    """Of the one-time code, until it is used."""
    enrolment_expires_at: Mapped[datetime | None]
    token_digest: Mapped[bytes | None] = mapped_column(unique=True)
    """Of the secret that the kiosk keeps in a cookie."""
    enrolled_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    workshop: Mapped[Workshop | None] = relationship(lazy="raise_on_sql")

    def state(self, now: datetime) -> TerminalState:
        """How far the kiosk is on its way into service."""
        if self.revoked_at:
            return TerminalState.REVOKED
        if self.enrolled_at:
            return TerminalState.ENROLLED
        waiting = self.enrolment_expires_at is not None and now < self.enrolment_expires_at
        return TerminalState.WAITING if waiting else TerminalState.EXPIRED


class Sitting(Base):
    """One person taking one edition at one terminal."""

    __tablename__ = "sittings"
    __table_args__ = (Index("ix_sittings_person_edition", "person_id", "edition_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    attempt: Mapped[int]
    terminal_id: Mapped[int | None] = mapped_column(ForeignKey("terminals.id"))
    language: Mapped[str] = mapped_column(String(6))
    opened_at: Mapped[datetime]
    edition: Mapped[Edition] = relationship(lazy="raise_on_sql")

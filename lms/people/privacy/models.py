"""Who looked at whom."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel.database import Base, Goes, append_only
from lms.kernel.personal import Ground, Personal, Term, Why, personal


class Purpose(StrEnum):
    """What somebody looks at named data for."""

    FOLLOW_UP = "follow_up"
    """Who is late with what they were to learn, or not ready for their post."""
    PLANNING = "planning"
    """Who is to learn what, and when."""
    HELP = "help"
    """Who called for help at a kiosk."""
    SIGNING_IN = "signing_in"
    """Who cannot sign in."""
    SKILLS = "skills"
    """Who can do what, and who is to sign it."""
    PROOF = "proof"
    """Certificates, attendance, habilitations, hours of one person."""
    PEOPLE = "people"
    """Entering, correcting, moving people; badges and roles."""
    RIGHTS = "rights"
    """What a person asked about their own data."""


class LookedAt(Base):
    """A set of people who were seen together; the same set is kept once, whoever looks and however often."""

    __tablename__ = "looked_at"

    digest: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    """First 16 bytes of the SHA-256 of the numbers."""
    lowest: Mapped[int]
    highest: Mapped[int]
    numbers: Mapped[str] = mapped_column(Text)
    """Person numbers in order, those that follow one another as a span: `3-17 20`."""


class Look(Base):
    """Somebody saw others by name; one row for each page or file, never changed."""

    __tablename__ = "looks"
    __table_args__ = (Index("ix_looks_by_id_at", "by_id", "at"), Index("ix_looks_looked_at_at", "looked_at", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    roles: Mapped[str] = mapped_column(String(120))
    """As what they were let in, roles with a space between."""
    purpose: Mapped[Purpose]
    page: Mapped[str] = mapped_column(String(80))
    """The endpoint: `teams.people`."""
    looked_at: Mapped[bytes] = mapped_column(ForeignKey("looked_at.digest"))


class ProgramLook(Base):
    """A program read others by name with a token of the plant; one row for each answer, never changed."""

    __tablename__ = "program_looks"
    __table_args__ = (
        Index("ix_program_looks_token_id_at", "token_id", "at"),
        Index("ix_program_looks_looked_at_at", "looked_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    token_id: Mapped[int] = mapped_column(ForeignKey("tokens.id"))
    purpose: Mapped[Purpose]
    page: Mapped[str] = mapped_column(String(80))
    """The endpoint: `api.people`."""
    looked_at: Mapped[bytes] = mapped_column(ForeignKey("looked_at.digest"))


append_only(LookedAt.__table__, Goes(""))
append_only(Look.__table__, Goes("at"))
append_only(ProgramLook.__table__, Goes("at"))

personal(Look.__table__, Personal(Why.RIGHTS, Ground.LAW, Term.LOOKS), subject="by_id")
personal(LookedAt.__table__, Personal(Why.RIGHTS, Ground.LAW, Term.LOOKS), subject="")
personal(ProgramLook.__table__, Personal(Why.RIGHTS, Ground.LAW, Term.LOOKS), subject="")

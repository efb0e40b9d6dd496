"""Tokens of programs."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel.database import Base, append_only
from lms.kernel.personal import acted
from lms.people.permissions import Role


class Token(Base):
    """A secret with which a program may do what one role may; never changed."""

    __tablename__ = "tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    """What the program is called, for whoever looks through the list."""
    role: Mapped[Role]
    digest: Mapped[bytes] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """None when it came from the command line."""


class TokenRevocation(Base):
    """A token is good no longer; never changed."""

    __tablename__ = "token_revocations"

    token_id: Mapped[int] = mapped_column(ForeignKey("tokens.id"), primary_key=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


append_only(Token.__table__)
append_only(TokenRevocation.__table__)


class TokenUse(Base):
    """When a token was last used."""

    __tablename__ = "token_uses"

    token_id: Mapped[int] = mapped_column(ForeignKey("tokens.id"), primary_key=True)
    at: Mapped[datetime]


acted(Token.__table__, "made_by")
acted(TokenRevocation.__table__, "by_id")

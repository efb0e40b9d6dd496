"""Authenticator apps, passkeys, recovery codes, and the journal of what became of them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel.database import Base, append_only
from lms.kernel.personal import Ground, Personal, Term, Why, acted, personal


class AuthenticatorApp(Base):
    """Someone's authenticator app; one each."""

    __tablename__ = "authenticator_apps"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    secret: Mapped[bytes]
    """Sealed with the server's key (`kernel.vault`)."""
    begun_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    """When its first right code came; before that it opens nothing."""
    last_step: Mapped[int | None]
    """The step of 30 seconds of the last code taken: neither that code nor an older one is taken again."""


class Passkey(Base):
    """One of someone's passkeys: its public half."""

    __tablename__ = "passkeys"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    sign_count: Mapped[int]
    """How often its device says that it was used; 0 where it does not count."""
    name: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """A code for whoever has neither app nor passkey at hand; works once."""

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    digest: Mapped[bytes]
    """HMAC with the server's key."""
    used_at: Mapped[datetime | None]


class AccessAct(StrEnum):
    """What became of how someone signs in at a desk."""

    APP_ADDED = "app_added"
    APP_REMOVED = "app_removed"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    RECOVERY_CODE_USED = "recovery_code_used"
    SECOND_FACTOR_RESET = "second_factor_reset"
    CAME_BY_OPENID = "came_by_openid"


class AccessEvent(Base):
    """Who changed how someone signs in at a desk, and when; never changed."""

    __tablename__ = "access_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    act: Mapped[AccessAct]


append_only(AccessEvent.__table__)

acted(AccessEvent.__table__, "by_id")
personal(AuthenticatorApp.__table__, Personal(Why.SIGNING_IN, Ground.INTEREST, Term.IN_USE))
personal(AccessEvent.__table__, Personal(Why.SIGNING_IN, Ground.INTEREST, Term.EMPLOYMENT))
personal(Passkey.__table__, Personal(Why.SIGNING_IN, Ground.INTEREST, Term.IN_USE))
personal(RecoveryCode.__table__, Personal(Why.SIGNING_IN, Ground.INTEREST, Term.IN_USE))

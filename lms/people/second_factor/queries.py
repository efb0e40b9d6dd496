"""What someone has of second factors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select

from lms.kernel.database import db
from lms.people.second_factor.models import AuthenticatorApp, Passkey, RecoveryCode


@dataclass(frozen=True)
class Factors:
    """What someone has."""

    app_since: datetime | None
    passkeys: Sequence[Passkey]
    codes_left: int

    @property
    def any(self) -> bool:
        """Whether there is one that is asked for at sign-in."""
        return self.app_since is not None or bool(self.passkeys)


def factors(person_id: int) -> Factors:
    """Return what someone has."""
    app = db.session.get(AuthenticatorApp, person_id)
    unused = (RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
    return Factors(
        app_since=app.confirmed_at if app else None,
        passkeys=passkeys(person_id),
        codes_left=db.session.scalar(select(func.count()).select_from(RecoveryCode).where(*unused)) or 0,
    )


def has_one(person_id: int) -> bool:
    """Whether someone is asked for a second factor when they sign in."""
    app = exists().where(AuthenticatorApp.person_id == person_id, AuthenticatorApp.confirmed_at.is_not(None))
    return bool(db.session.scalar(select(app | exists().where(Passkey.person_id == person_id))))


def passkeys(person_id: int) -> Sequence[Passkey]:
    """Return someone's passkeys, oldest first."""
    return db.session.scalars(select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.id)).all()

"""What is done with tokens."""

from datetime import datetime

from sqlalchemy import delete

from lms.kernel.database import db
from lms.kernel.ids import digest, new_token
from lms.people.permissions import Role
from lms.people.tokens import queries
from lms.people.tokens.models import Token, TokenRevocation, TokenUse
from lms.people.tokens.rules import TokenNameTaken, TokenUnknown, check_role, checked_name

PREFIX = "etabli_"
"""So that whoever finds one in a file, or a program that looks for secrets, knows what it is."""


def create(name: str, role: Role, *, by: int | None, now: datetime) -> str:
    """Make a token and return it: it can be seen this once.

    Raises TokenNameMissing, TokenNameTaken and TokenRoleRefused.
    """
    name = checked_name(name)
    check_role(role)
    if queries.good(name) is not None:
        raise TokenNameTaken(name=name)
    secret = PREFIX + new_token()
    db.session.add(Token(name=name, role=role, digest=digest(secret), made_at=now, made_by=by))
    db.session.flush()
    return secret


def revoke(name: str, *, by: int | None, now: datetime) -> None:
    """End a token from now on; raises TokenUnknown."""
    token = queries.good(checked_name(name))
    if token is None:
        raise TokenUnknown(name=name)
    db.session.add(TokenRevocation(token_id=token.id, at=now, by_id=by))
    db.session.flush()


def note_use(token_id: int, now: datetime) -> None:
    """Keep when a token was last used."""
    db.session.execute(delete(TokenUse).where(TokenUse.token_id == token_id))
    db.session.add(TokenUse(token_id=token_id, at=now))
    db.session.flush()

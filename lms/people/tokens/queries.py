"""Questions about tokens: whose a secret is, which there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from lms.kernel.database import db
from lms.kernel.ids import digest
from lms.people.permissions import Permission, Role, permissions_of
from lms.people.tokens.models import Token, TokenRevocation, TokenUse


@dataclass(frozen=True)
class Bearer:
    """A program that showed a good token."""

    id: int
    """The token's number."""
    name: str
    role: Role
    used_at: datetime | None
    """When the token was last used, to the quarter of an hour."""

    @property
    def permissions(self) -> frozenset[Permission]:
        """Everything the program may do."""
        return permissions_of({self.role})


@dataclass(frozen=True)
class Known:
    """A token as lists show it; the secret itself is kept nowhere."""

    name: str
    role: Role
    made_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


def bearer(secret: str) -> Bearer | None:
    """Return whose token this is, None when nobody's or no longer good."""
    row = db.session.execute(_good().where(Token.digest == digest(secret))).one_or_none()
    return Bearer(row.id, row.name, row.role, row.used_at) if row else None


def good(name: str) -> Bearer | None:
    """Return the token of this name that is good, or None."""
    row = db.session.execute(_good().where(Token.name == name)).one_or_none()
    return Bearer(row.id, row.name, row.role, row.used_at) if row else None


def tokens() -> Sequence[Known]:
    """Return every token there ever was, the newest first."""
    query = (
        select(Token.name, Token.role, Token.made_at, TokenUse.at, TokenRevocation.at)
        .outerjoin(TokenUse, TokenUse.token_id == Token.id)
        .outerjoin(TokenRevocation, TokenRevocation.token_id == Token.id)
        .order_by(Token.id.desc())
    )
    return [Known(*row) for row in db.session.execute(query)]


def _good() -> Any:
    revoked = select(TokenRevocation.token_id)
    return (
        select(Token.id, Token.name, Token.role, TokenUse.at.label("used_at"))
        .outerjoin(TokenUse, TokenUse.token_id == Token.id)
        .where(Token.id.not_in(revoked))
    )

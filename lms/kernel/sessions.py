"""Sessions that live on the server and end at sign-out.

The cookie holds a random token; the row holds its digest, whose session it is and what
it carries. A copied cookie is worth nothing once the row is gone.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from flask import current_app
from sqlalchemy import JSON, String, Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel.database import Base, db
from lms.kernel.ids import digest
from lms.kernel.personal import Ground, Personal, Term, Why, personal
from lms.kernel.prepared import Prepared

TOUCH_EVERY = timedelta(seconds=15)
"""A request nearer to the last one does not write the time again."""


class StoredSession(Base):
    """One session of one browser."""

    __tablename__ = "sessions"

    digest: Mapped[bytes] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(20))
    """`staff` or `kiosk`; each has its own time-outs."""
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]


@dataclass(frozen=True)
class Limits:
    """How long a kind of session lasts: without a request, and altogether."""

    idle: timedelta
    whole: timedelta


_table = cast(Table, StoredSession.__table__)
_own = _table.c.digest == bindparam("own")
_by_digest = Prepared(select(_table).where(_own))
_begin = Prepared(insert(_table).values({column.name: bindparam(column.name) for column in _table.columns}))
_write = Prepared(
    update(_table)
    .where(_own)
    .values(person_id=bindparam("person_id"), data=bindparam("data"), seen_at=bindparam("seen_at"))
)
_end = Prepared(delete(_table).where(_own))


def read(token: str, now: datetime, limits: dict[str, Limits]) -> Any | None:
    """Return the live session row of the token, or None when it has ended or never was."""
    row = _row(digest(token))
    if row is None:
        return None
    limit = limits[row.kind]
    if now - row.seen_at > limit.idle or now - row.created_at > limit.whole:
        return None
    return row


def begin(token: str, kind: str, person_id: int | None, data: dict[str, Any], now: datetime) -> None:
    """Store a new session, in the caller's transaction."""
    values = {"kind": kind, "person_id": person_id, "data": data, "created_at": now, "seen_at": now}
    _begin.run({"digest": digest(token), **values})


def write(token: str, person_id: int | None, data: dict[str, Any], now: datetime) -> None:
    """Store a session as it is now, in the caller's transaction; one that ended meanwhile stays ended."""
    _write.run({"own": digest(token), "person_id": person_id, "data": data, "seen_at": now})


def lasts_until(session_digest: bytes) -> datetime | None:
    """Return when the session of that digest ends or ended if nobody touches it, or None when it is gone."""
    row = _row(session_digest)
    if row is None:
        return None
    limit = current_app.config["SESSION_LIMITS"][row.kind]
    return min(row.seen_at + limit.idle, row.created_at + limit.whole)


def end(token: str) -> None:
    """End the session of the token, in the caller's transaction."""
    end_of(digest(token))


def end_of(session_digest: bytes) -> None:
    """End the session of that digest, in the caller's transaction."""
    _end.run({"own": session_digest})


def end_all_of(person_id: int) -> None:
    """End every session of the person, in the caller's transaction."""
    db.session.execute(delete(_table).where(_table.c.person_id == person_id))


def purge(before: datetime) -> None:
    """Delete sessions not seen since, in the caller's transaction."""
    db.session.execute(delete(_table).where(_table.c.seen_at < before))


def _row(session_digest: bytes) -> Any | None:
    found = _by_digest.rows({"own": session_digest})
    return found[0] if found else None


personal(StoredSession.__table__, Personal(Why.SIGNING_IN, Ground.INTEREST, Term.IN_USE))

"""The epoch of the database: another one once an older state was brought back.

A restored database has forgotten what it acknowledged after its backup was made. Kiosks hear the
epoch with every reply; when it has changed they send again what they were told is kept, and
whatever is known already is known by its id (reliability reference, section 4.9).
"""

from contextvars import Context
from datetime import datetime
from typing import cast
from uuid import UUID

from flask import current_app
from sqlalchemy import Engine, Table, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel.database import Base, append_only, db
from lms.kernel.ids import new_id


class Epoch(Base):
    """From when on the database tells one story; never changed."""

    __tablename__ = "epochs"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[UUID]
    began_at: Mapped[datetime]


_newest = select(Epoch.id).order_by(Epoch.number.desc()).limit(1)


def current() -> UUID | None:
    """Return the epoch of the database, None where it cannot be asked; asked once for each start of a server."""
    known: UUID | None = current_app.extensions.get("epoch")
    if known is None:
        # Whoever asks may be writing: from an empty context this is a reader's transaction beside it.
        known = Context().run(_read, db.engine)
        current_app.extensions["epoch"] = known
    return known


def begin(now: datetime) -> None:
    """Begin a new epoch: what was acknowledged lately may be missing here."""
    db.session.add(Epoch(id=new_id(), began_at=now))
    db.session.flush()
    current_app.extensions.pop("epoch", None)


def _read(engine: Engine) -> UUID | None:
    try:
        with engine.connect() as connection:
            return connection.scalar(_newest)
    except SQLAlchemyError:
        return None


append_only(cast(Table, Epoch.__table__))

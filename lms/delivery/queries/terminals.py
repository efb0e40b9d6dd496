"""Kiosks: which one asks, which there are."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, func, select
from sqlalchemy.orm import joinedload

from lms.delivery.models import KioskEvent, Terminal
from lms.kernel.database import db
from lms.kernel.ids import digest
from lms.kernel.prepared import Prepared
from lms.kernel.refusals import NotFound


@dataclass(frozen=True)
class KnownTerminal:
    """The kiosk from which a request comes."""

    id: int
    code: str
    name: str
    seen_at: datetime | None


_table = cast(Table, Terminal.__table__)
_by_token = Prepared(
    select(_table.c.id, _table.c.code, _table.c.name, _table.c.seen_at).where(
        _table.c.token_digest == bindparam("digest"), _table.c.revoked_at.is_(None)
    )
)


def terminal_of(token: str) -> KnownTerminal | None:
    """Return the kiosk that keeps this secret, or None for a stranger or a kiosk that was shut out."""
    found = _by_token.rows({"digest": digest(token)})
    return KnownTerminal(*found[0]) if found else None


def every_terminal() -> list[Terminal]:
    """Return all kiosks with their workshop, by code."""
    return list(db.session.scalars(select(Terminal).options(joinedload(Terminal.workshop)).order_by(Terminal.code)))


def terminal(code: str) -> Terminal:
    """Return the kiosk of that code with its workshop; raises NotFound."""
    query = select(Terminal).options(joinedload(Terminal.workshop)).where(Terminal.code == code)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound()
    return found


def received_here() -> dict[int, int]:
    """Return how many events have arrived from the present outbox of each kiosk that has one.

    With `recorded_there` and `queue_length` it shows whether anything was lost: recorded
    there is received here and what still waits.
    """
    query = (
        select(Terminal.id, func.count(KioskEvent.id.distinct()))
        .outerjoin(KioskEvent, KioskEvent.outbox_id == Terminal.outbox_id)
        .where(Terminal.outbox_id.is_not(None))
        .group_by(Terminal.id)
    )
    return dict(db.session.execute(query).all())  # type: ignore[arg-type]

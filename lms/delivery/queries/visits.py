"""Who was at which kiosk, from when to when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from lms.delivery.models import KioskVisit
from lms.delivery.rules import Visit
from lms.kernel.database import db
from lms.kernel.prepared import Prepared


def visits(since: datetime, until: datetime, known_at: datetime) -> list[Visit]:
    """Return the visits that began from `since` to `until`, as the server knew them at `known_at`, oldest first.

    A visit whose end lies after `until`, or was not known yet, has none.
    """
    query = (
        select(KioskVisit)
        .where(KioskVisit.opened_at >= since, KioskVisit.opened_at <= until, KioskVisit.recorded_at <= known_at)
        .order_by(KioskVisit.opened_at, KioskVisit.id)
    )
    return [_as_known(row, until, known_at) for row in db.session.scalars(query)]


_table = KioskVisit.__table__
_open = Prepared(
    select(_table.c.id, _table.c.session_digest, _table.c.opened_at)
    .where(_table.c.terminal_id == bindparam("terminal"), _table.c.ended_at.is_(None))
    .with_for_update()
)


def open_visits(terminal_id: int) -> Sequence[Any]:
    """Return the visits at a kiosk that have not ended, to be ended: `id`, `session_digest` and `opened_at`.

    One at most, unless something went wrong.
    """
    return _open.rows({"terminal": terminal_id})


def _as_known(row: KioskVisit, until: datetime, known_at: datetime) -> Visit:
    ended = (
        row.ended_at is not None
        and row.end_recorded_at is not None
        and row.ended_at <= until
        and row.end_recorded_at <= known_at
    )
    return Visit(
        id=row.id,
        person_id=row.person_id,
        terminal_id=row.terminal_id,
        opened_at=row.opened_at,
        ended_at=row.ended_at if ended else None,
        ended_by=row.ended_by if ended else None,
    )

"""Visits: someone signs in at a kiosk, and their time there ends."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, update

from lms.delivery import queries
from lms.delivery.models import EndedBy, KioskVisit
from lms.kernel import sessions
from lms.kernel.prepared import Prepared

_table = cast(Table, KioskVisit.__table__)
_at_opening = ("person_id", "terminal_id", "session_digest", "opened_at", "recorded_at")
_begin = Prepared(insert(_table).values({name: bindparam(name) for name in _at_opening}))
_end = Prepared(
    update(_table)
    .where(_table.c.id == bindparam("visit"))
    .values(ended_at=bindparam("at"), ended_by=bindparam("by"), end_recorded_at=bindparam("recorded"))
)


def open_visit(
    person_id: int,
    terminal_id: int,
    *,
    session_digest: bytes | None,
    now: datetime,
    recorded_at: datetime | None = None,
) -> None:
    """Begin someone's time at a kiosk; whoever was there before without an end has expired."""
    end_visit(terminal_id, EndedBy.EXPIRED, now=now)
    _begin.run(
        {
            "person_id": person_id,
            "terminal_id": terminal_id,
            "session_digest": session_digest,
            "opened_at": now,
            "recorded_at": recorded_at or now,
        }
    )


def end_visit(terminal_id: int, ended_by: EndedBy, *, now: datetime, recorded_at: datetime | None = None) -> None:
    """End the visit at a kiosk, if there is one.

    It ends with its session at the latest: what comes after that ended nothing, unless it
    is the kiosk that says at last that nobody touched it.
    """
    for visit in queries.open_visits(terminal_id):
        until = _session_ends(visit) or now
        expired = until < now and ended_by is not EndedBy.IDLE
        _end.run(
            {
                "visit": visit.id,
                "at": max(visit.opened_at, min(now, until)),
                "by": EndedBy.EXPIRED if expired else ended_by,
                "recorded": recorded_at or now,
            }
        )


def end_expired_visit(terminal_id: int, *, now: datetime) -> None:
    """End the visit at a kiosk if its session is over."""
    for visit in queries.open_visits(terminal_id):
        until = _session_ends(visit)
        if until is None or until < now:
            end_visit(terminal_id, EndedBy.EXPIRED, now=now)


def _session_ends(visit: Any) -> datetime | None:
    return sessions.lasts_until(visit.session_digest) if visit.session_digest else None

"""Visits: someone signs in at a kiosk, and their time there ends."""

from datetime import datetime

from lms.delivery import queries
from lms.delivery.models import EndedBy, KioskVisit
from lms.kernel import sessions
from lms.kernel.database import db


def open_visit(
    person_id: int,
    terminal_id: int,
    *,
    session_digest: bytes | None,
    now: datetime,
    recorded_at: datetime | None = None,
) -> KioskVisit:
    """Begin someone's time at a kiosk; whoever was there before without an end has expired."""
    end_visit(terminal_id, EndedBy.EXPIRED, now=now)
    visit = KioskVisit(
        person_id=person_id,
        terminal_id=terminal_id,
        session_digest=session_digest,
        opened_at=now,
        recorded_at=recorded_at or now,
    )
    db.session.add(visit)
    db.session.flush()
    return visit


def end_visit(terminal_id: int, ended_by: EndedBy, *, now: datetime, recorded_at: datetime | None = None) -> None:
    """End the visit at a kiosk, if there is one.

    It ends with its session at the latest: what comes after that ended nothing, unless it
    is the kiosk that says at last that nobody touched it.
    """
    for visit in queries.open_visits(terminal_id):
        until = _session_ends(visit) or now
        expired = until < now and ended_by is not EndedBy.IDLE
        visit.ended_at = max(visit.opened_at, min(now, until))
        visit.ended_by = EndedBy.EXPIRED if expired else ended_by
        visit.end_recorded_at = recorded_at or now
    db.session.flush()


def end_expired_visit(terminal_id: int, *, now: datetime) -> None:
    """End the visit at a kiosk if its session is over."""
    for visit in queries.open_visits(terminal_id):
        until = _session_ends(visit)
        if until is None or until < now:
            end_visit(terminal_id, EndedBy.EXPIRED, now=now)


def _session_ends(visit: KioskVisit) -> datetime | None:
    return sessions.lasts_until(visit.session_digest) if visit.session_digest else None

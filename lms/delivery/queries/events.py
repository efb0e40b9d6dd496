"""What kiosks delivered that could not be recorded."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from lms.delivery.models import KioskEvent, SetAside, Terminal
from lms.kernel.database import db

SHOWN = 200


@dataclass(frozen=True)
class AsideEvent:
    """An event that was put aside: kept whole, recorded nowhere."""

    id: UUID
    terminal: str
    person_id: int | None
    received_at: datetime
    reason: SetAside


def put_aside() -> tuple[list[AsideEvent], int]:
    """Return the newest events that were put aside, newest first, and how many there are in all."""
    aside = KioskEvent.reason.is_not(None)
    query = (
        select(KioskEvent.id, Terminal.code, KioskEvent.person_id, KioskEvent.received_at, KioskEvent.reason)
        .join(Terminal, Terminal.id == KioskEvent.terminal_id)
        .where(aside)
        .order_by(KioskEvent.received_at.desc(), KioskEvent.number.desc())
        .limit(SHOWN)
    )
    found = [AsideEvent(*row) for row in db.session.execute(query)]  # type: ignore[arg-type]
    count = len(found) if len(found) < SHOWN else db.session.scalar(select(func.count()).where(aside))
    return found, count or 0

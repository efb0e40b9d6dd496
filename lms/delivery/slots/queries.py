"""Questions about slots: what is planned, and what could be."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from lms.delivery.models import Terminal
from lms.delivery.slots import rules
from lms.delivery.slots.models import Slot
from lms.delivery.slots.rules import Hours, Proposal
from lms.kernel.clock import local_day
from lms.kernel.database import db
from lms.kernel.prepared import Prepared
from lms.kernel.refusals import NotFound
from lms.kernel.settings import setting
from lms.people.models import Team


@dataclass(frozen=True)
class Offer:
    """A time that can be taken, and the kiosk that is free then."""

    starts_at: datetime
    terminal_id: int | None
    kiosk: str
    """Its name, empty where there is none near."""


def planned(person_ids: Collection[int], first: date, last: date) -> Sequence[Slot]:
    """Return the slots of these people on the days of the plant from one to another, in order."""
    begins, ends = (datetime.combine(day, time(), setting("TIMEZONE")) for day in (first, last + timedelta(days=1)))
    query = (
        select(Slot)
        .options(joinedload(Slot.module), joinedload(Slot.terminal))
        .where(Slot.person_id.in_(person_ids), Slot.cancelled_at.is_(None))
        .where(Slot.starts_at >= begins, Slot.starts_at < ends)
        .order_by(Slot.starts_at, Slot.person_id)
    )
    return db.session.scalars(query).all()


def slot(key: UUID) -> Slot:
    """Return a slot with its kiosk; raises NotFound."""
    found = db.session.scalars(select(Slot).options(joinedload(Slot.terminal)).where(Slot.id == key)).one_or_none()
    if found is None:
        raise NotFound()
    return found


def offers(teams: Collection[Team], days: Sequence[date], now: datetime) -> dict[int, list[Offer]]:
    """Return the first free ten minutes of each of these days, by team; the teams come with their shift."""
    kiosks = _kiosks()
    names = {terminal.id: terminal.name for terminal in kiosks}
    taken = {
        (terminal_id, starts_at)
        for terminal_id, starts_at in db.session.execute(
            select(Slot.terminal_id, Slot.starts_at).where(Slot.cancelled_at.is_(None), Slot.starts_at >= now)
        )
    }
    return {
        team.id: [
            Offer(one.starts_at, one.terminal_id, names.get(one.terminal_id or 0, ""))
            for one in _proposals(team, kiosks, taken, days, now)
        ]
        for team in teams
    }


def _proposals(
    team: Team, kiosks: Sequence[Terminal], taken: set[Any], days: Sequence[date], now: datetime
) -> list[Proposal]:
    hours = Hours(team.shift.starts_at, team.shift.ends_at) if team.shift else None
    near = [kiosk.id for kiosk in kiosks if kiosk.workshop_id in (None, team.workshop_id)]
    return rules.proposals(hours, near, taken, now, setting("TIMEZONE"), days)


def _kiosks() -> Sequence[Terminal]:
    in_service = (Terminal.enrolled_at.is_not(None), Terminal.revoked_at.is_(None), Terminal.out_of_order.is_(None))
    # A kiosk of the workshop comes before one that belongs to none.
    return db.session.scalars(
        select(Terminal).where(*in_service).order_by(Terminal.workshop_id.is_(None), Terminal.id)
    ).all()


_next = Prepared(
    select(Slot.starts_at, Terminal.name)
    .outerjoin(Terminal, Terminal.id == Slot.terminal_id)
    .where(Slot.person_id == bindparam("person"), Slot.cancelled_at.is_(None))
    .where(Slot.starts_at >= bindparam("since"), Slot.starts_at < bindparam("until"))
    .order_by(Slot.starts_at)
)


@dataclass(frozen=True)
class Mine:
    """Somebody's next ten minutes."""

    starts_at: datetime
    kiosk: str
    is_today: bool


def next_of(person_id: int, now: datetime) -> Mine | None:
    """Return somebody's next slot within a week, or one that began less than half an hour ago."""
    since, until = now - timedelta(minutes=30), now + timedelta(days=7)
    rows = _next.rows({"person": person_id, "since": since, "until": until})
    if not rows:
        return None
    return Mine(rows[0].starts_at, rows[0].name or "", local_day(rows[0].starts_at) == local_day(now))

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
from lms.delivery.slots.rules import Hours, Proposal, Room, Wish
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


def spread(
    wishes: Sequence[Wish], teams: Collection[Team], days: Sequence[date], now: datetime
) -> list[tuple[Wish, Offer | None]]:
    """Return a time on one of these days for each wish of the teams' people, as `rules.spread` gives them out."""
    team_of, kiosks = {wish.person_id: wish.team_id for wish in wishes}, _kiosks()
    names = {terminal.id: terminal.name for terminal in kiosks}
    standing = _standing(days)
    given = [(person, team_of[person], starts_at) for person, _kiosk, starts_at in standing if person in team_of]
    taken = {(kiosk, starts_at) for _person, kiosk, starts_at in standing}
    rooms = {team.id: _room(team, kiosks, days, now) for team in teams}
    return [
        (wish, Offer(one.starts_at, one.terminal_id, names.get(one.terminal_id or 0, "")) if one else None)
        for wish, one in rules.spread(wishes, rooms, taken, given, setting("TIMEZONE"))
    ]


@dataclass(frozen=True)
class Load:
    """A kiosk on a day while a team works, in minutes."""

    planned: int
    free: int
    """Still to come, and nobody's."""


def loads(teams: Collection[Team], days: Sequence[date], now: datetime) -> dict[tuple[int, str], list[Load]]:
    """Return day by day how full each kiosk near these teams is while they work, by team and name of the kiosk.

    A team without a kiosk near has none in it. Whoever planned it, what is planned counts.
    """
    kiosks, standing, minutes = _kiosks(), _standing(days), int(rules.LASTS.total_seconds() // 60)
    taken = {(kiosk, starts_at) for _person, kiosk, starts_at in standing}
    found = {}
    for team in teams:
        # From before the first day, so that what has passed of a day is planned still, and free no more.
        whole = _room(team, kiosks, days, datetime.combine(days[0], time(), setting("TIMEZONE")) - timedelta(days=1))
        ahead = _room(team, kiosks, days, now)
        for kiosk in kiosks:
            if kiosk.id in whole.terminal_ids:
                found[team.id, kiosk.name] = [
                    Load(
                        minutes * sum((kiosk.id, at) in taken for at in whole.times[day]),
                        minutes * sum((kiosk.id, at) not in taken for at in ahead.times[day]),
                    )
                    for day in days
                ]
    return found


def free_times(team: Team, days: Sequence[date], now: datetime, every: timedelta) -> dict[date, list[Offer]]:
    """Return by day the times that are free while a team works, one of each stretch so long."""
    kiosks = _kiosks()
    names = {terminal.id: terminal.name for terminal in kiosks}
    taken = {(kiosk, starts_at) for _person, kiosk, starts_at in _standing(days)}
    room = _room(team, kiosks, days, now)
    found: dict[date, list[Offer]] = {day: [] for day in days}
    for day in days:
        for starts_at in room.times[day]:
            free = [one for one in room.terminal_ids if (one, starts_at) not in taken]
            known = found[day]
            if (free or not room.terminal_ids) and (not known or starts_at - known[-1].starts_at >= every):
                kiosk = free[0] if free else None
                known.append(Offer(starts_at, kiosk, names.get(kiosk or 0, "")))
    return found


def _standing(days: Sequence[date]) -> Sequence[Any]:
    """Return person, kiosk and moment of what is planned on these days, and in the night after the last."""
    begins, ends = (
        datetime.combine(day, time(), setting("TIMEZONE")) for day in (days[0], days[-1] + timedelta(days=2))
    )
    query = select(Slot.person_id, Slot.terminal_id, Slot.starts_at)
    return db.session.execute(
        query.where(Slot.cancelled_at.is_(None), Slot.starts_at >= begins, Slot.starts_at < ends)
    ).all()


def _room(team: Team, kiosks: Sequence[Terminal], days: Sequence[date], now: datetime) -> Room:
    hours, zone = _hours(team), setting("TIMEZONE")
    return Room(_near(team, kiosks), {day: list(rules.times(hours, now, zone, day)) for day in days})


def _hours(team: Team) -> Hours | None:
    return Hours(team.shift.starts_at, team.shift.ends_at) if team.shift else None


def _near(team: Team, kiosks: Sequence[Terminal]) -> list[int]:
    return [kiosk.id for kiosk in kiosks if kiosk.workshop_id in (None, team.workshop_id)]


def _proposals(
    team: Team, kiosks: Sequence[Terminal], taken: set[Any], days: Sequence[date], now: datetime
) -> list[Proposal]:
    return rules.proposals(_hours(team), _near(team, kiosks), taken, now, setting("TIMEZONE"), days)


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

"""Who stands in for whom, when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from lms.kernel.database import db
from lms.people.deputies.models import Deputy, DeputyEnd
from lms.people.models import Person, RoleGrant
from lms.people.permissions import Role
from lms.people.queries import is_present


@dataclass(frozen=True)
class StandingIn:
    """Someone stands in for a leader."""

    id: int
    leader_id: int
    leader: str
    deputy_id: int
    deputy: str
    first_day: date
    last_day: date
    ended_at: datetime | None


def of(person_id: int) -> Sequence[StandingIn]:
    """Return who stands or stood in for someone, and for whom they do, the newest first."""
    return _found(or_(Deputy.leader_id == person_id, Deputy.deputy_id == person_id))


def standing_in_today(person_id: int, today: date) -> list[StandingIn]:
    """Return for whom someone stands in today."""
    lasting = [one for one in of(person_id) if one.first_day <= today <= one.last_day and one.ended_at is None]
    return [one for one in lasting if one.deputy_id == person_id]


def stood_in(person_id: int, day: date) -> dict[int, int]:
    """Return the leader for whom someone leads a team on a day, by the number of each such team."""
    query = (
        select(RoleGrant.team_id, Deputy.leader_id)
        .join(Deputy, Deputy.leader_id == RoleGrant.person_id)
        .where(RoleGrant.role == Role.TEAM_LEADER, RoleGrant.team_id.is_not(None))
        .where(Deputy.deputy_id == person_id, Deputy.first_day <= day, Deputy.last_day >= day, ~_ended())
        .order_by(Deputy.id)
    )
    return {team_id: leader_id for team_id, leader_id in db.session.execute(query) if team_id is not None}


def leading(day: date) -> dict[int, set[int]]:
    """Return the teams that each leader leads, and on a day each deputy, by person."""
    led = select(RoleGrant.person_id, RoleGrant.team_id).where(RoleGrant.role == Role.TEAM_LEADER)
    stood_in = (
        select(Deputy.deputy_id, RoleGrant.team_id)
        .join(RoleGrant, RoleGrant.person_id == Deputy.leader_id)
        .where(RoleGrant.role == Role.TEAM_LEADER)
        .where(Deputy.first_day <= day, Deputy.last_day >= day, ~_ended())
    )
    found: dict[int, set[int]] = {}
    for person_id, team_id in [*db.session.execute(led), *db.session.execute(stood_in)]:
        found.setdefault(person_id, set()).update([team_id] if team_id else [])
    return found


def every(today: date) -> Sequence[StandingIn]:
    """Return all whose last day is not over, the newest first."""
    return _found(Deputy.last_day >= today)


def taken(leader_id: int) -> list[tuple[date, date]]:
    """Return the days for which a leader has a deputy."""
    query = select(Deputy.first_day, Deputy.last_day).where(Deputy.leader_id == leader_id, ~_ended())
    return [(first, last) for first, last in db.session.execute(query)]


def leaders(today: date) -> Sequence[Person]:
    """Return everyone here who leads a team, by name."""
    leading = select(RoleGrant.person_id).where(RoleGrant.role == Role.TEAM_LEADER)
    return _people(Person.id.in_(leading), today)


def candidates(today: date) -> Sequence[Person]:
    """Return everyone here who can sign in at a desk, by name: who may stand in for somebody."""
    staff = select(RoleGrant.person_id).where(RoleGrant.role != Role.OPERATOR)
    return _people(or_(Person.id.in_(staff), Person.email.is_not(None)), today)


def _people(condition: ColumnElement[bool], today: date) -> Sequence[Person]:
    query = (
        select(Person).where(condition, is_present(today)).order_by(Person.family_name, Person.given_name, Person.id)
    )
    return db.session.scalars(query).all()


def _ended() -> ColumnElement[bool]:
    return select(DeputyEnd.entry_id).where(DeputyEnd.entry_id == Deputy.id).exists()


def _found(condition: ColumnElement[bool]) -> list[StandingIn]:
    leader, deputy = aliased(Person), aliased(Person)
    query = (
        select(Deputy, leader, deputy, DeputyEnd.at)
        .join(leader, leader.id == Deputy.leader_id)
        .join(deputy, deputy.id == Deputy.deputy_id)
        .outerjoin(DeputyEnd, DeputyEnd.entry_id == Deputy.id)
        .where(condition)
        .order_by(Deputy.first_day.desc(), Deputy.id.desc())
    )
    return [
        StandingIn(one.id, led.id, led.full_name, stands.id, stands.full_name, one.first_day, one.last_day, ended_at)
        for one, led, stands, ended_at in db.session.execute(query)
    ]

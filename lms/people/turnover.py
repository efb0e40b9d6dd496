"""Who came, who changed team, who left, with the days: as teams and last days say, whoever entered them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import func, select

from lms.kernel.database import db
from lms.people.models import Person, Team, TeamMembership


class MoveKind(StrEnum):
    """What happened to someone's place at the plant."""

    JOINED = "joined"
    MOVED = "moved"
    LEFT = "left"


@dataclass(frozen=True)
class Move:
    """One person's coming, moving or going."""

    on: date
    kind: MoveKind
    person_id: int
    name: str
    registration: str
    before: str | None
    """The team they were in."""
    after: str | None


def moves(since: date, until: date) -> Sequence[Move]:
    """Return everything from `since` to `until`, both included, the newest first; two statements for any number."""
    found = [*_stays(since, until), *_leavers(since, until)]
    return sorted(found, key=lambda one: (one.on, one.name, one.kind), reverse=True)


def _stays(since: date, until: date) -> list[Move]:
    person, day = TeamMembership.person_id, TeamMembership.joined_on
    stays = (
        select(
            TeamMembership.person_id,
            TeamMembership.joined_on,
            Team.name.label("team"),
            func.lag(Team.name).over(partition_by=person, order_by=day).label("before"),
            func.lag(TeamMembership.id).over(partition_by=person, order_by=day).label("earlier"),
        )
        .join(Team, Team.id == TeamMembership.team_id)
        .subquery()
    )
    query = (
        select(stays, Person.given_name, Person.family_name, Person.registration)
        .join(Person, Person.id == stays.c.person_id)
        .where(stays.c.joined_on >= since, stays.c.joined_on <= until)
    )
    return [
        Move(
            row.joined_on,
            MoveKind.MOVED if row.earlier else MoveKind.JOINED,
            row.person_id,
            f"{row.family_name} {row.given_name}".strip(),
            row.registration,
            row.before,
            row.team,
        )
        for row in db.session.execute(query)
    ]


def _leavers(since: date, until: date) -> list[Move]:
    last = (TeamMembership.person_id == Person.id) & (TeamMembership.left_on == Person.left_on)
    query = (
        select(Person.left_on, Person.id, Person.given_name, Person.family_name, Person.registration, Team.name)
        .outerjoin(TeamMembership, last)
        .outerjoin(Team, Team.id == TeamMembership.team_id)
        .where(Person.left_on >= since, Person.left_on <= until)
    )
    return [
        Move(left_on, MoveKind.LEFT, number, f"{family} {given}".strip(), registration, team, None)
        for left_on, number, given, family, registration, team in db.session.execute(query)
        if left_on is not None
    ]

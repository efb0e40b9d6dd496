"""What is known of people and places before an import, read in a few queries."""

from collections import defaultdict
from datetime import date

from sqlalchemy import select

from lms.kernel.database import db
from lms.people.models import (
    Badge,
    BadgeEnd,
    Person,
    RoleGrant,
    Shift,
    Site,
    Team,
    TeamMembership,
    Workshop,
    Workstation,
)
from lms.people.permissions import Role
from lms.people.roster.columns import Field
from lms.people.roster.comparison import Known, KnownPerson
from lms.people.roster.places import KnownPlaces, index

_TABLES: dict[Field, type[Site | Workshop | Shift | Team | Workstation]] = {
    Field.SITE: Site,
    Field.WORKSHOP: Workshop,
    Field.SHIFT: Shift,
    Field.TEAM: Team,
    Field.WORKSTATION: Workstation,
}


def known(today: date) -> Known:
    """Return what is known today."""
    listed = _listed()
    return Known(
        people=_people(today),
        badges={
            digest: (person_id, ended_as is BadgeEnd.RETURNED)
            for digest, person_id, ended_as in db.session.execute(
                select(Badge.digest, Badge.person_id, Badge.ended_as).order_by(Badge.id)
            )
        },
        places=_indexed(listed),
        names={(field, number): name for field, places in listed.items() for number, _, name in places},
    )


def places() -> KnownPlaces:
    """Return the places known."""
    return _indexed(_listed())


Listed = dict[Field, list[tuple[int, str, str]]]


def _listed() -> Listed:
    return {
        field: [(row.id, row.code, row.name) for row in db.session.execute(select(table.id, table.code, table.name))]
        for field, table in _TABLES.items()
    }


def _indexed(listed: Listed) -> KnownPlaces:
    return KnownPlaces({field: index(known) for field, known in listed.items()})


def _people(today: date) -> tuple[KnownPerson, ...]:
    stays, roles = _stays(today), _roles()
    rows = db.session.execute(
        select(
            Person.id,
            Person.registration,
            Person.given_name,
            Person.family_name,
            Person.email,
            Person.language,
            Person.workstation_id,
            Person.hired_on,
            Person.left_on,
            Person.age_band,
        )
    )
    nowhere = (None, None)
    return tuple(
        KnownPerson(
            **row._asdict(),
            team_id=stays.get(row.id, nowhere)[0],
            joined_on=stays.get(row.id, nowhere)[1],
            roles=roles.get(row.id, frozenset()),
        )
        for row in rows
    )


def _stays(today: date) -> dict[int, tuple[int | None, date | None]]:
    """Return by person the team of today, or the first to come, and the day on which the last stay begins."""
    rows = db.session.execute(
        select(
            TeamMembership.person_id, TeamMembership.team_id, TeamMembership.joined_on, TeamMembership.left_on
        ).order_by(TeamMembership.person_id, TeamMembership.joined_on)
    )
    found: dict[int, tuple[int | None, date | None]] = {}
    for person_id, team_id, joined_on, left_on in rows:
        team, _ = found.get(person_id, (None, None))
        if team is None and (left_on is None or left_on >= today):
            team = team_id
        found[person_id] = (team, joined_on)
    return found


def _roles() -> dict[int, frozenset[tuple[Role, int | None]]]:
    held: dict[int, set[tuple[Role, int | None]]] = defaultdict(set)
    for person_id, role, team_id in db.session.execute(select(RoleGrant.person_id, RoleGrant.role, RoleGrant.team_id)):
        held[person_id].add((role, team_id))
    return {person_id: frozenset(roles) for person_id, roles in held.items()}

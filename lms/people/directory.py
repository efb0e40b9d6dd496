"""One person's entry, and the list of everyone, as pages show them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from lms.kernel.database import db
from lms.kernel.refusals import NotFound
from lms.people.models import (
    Password,
    Person,
    PersonEvent,
    Pin,
    RoleGrant,
    Team,
    TeamMembership,
    Workstation,
)
from lms.people.permissions import TABLE, Permission, Role
from lms.people.queries import is_present

PER_PAGE = 50


@dataclass(frozen=True)
class Grant:
    """A role someone holds, and the team for which, if it is for one."""

    role: Role
    team_id: int | None
    team_name: str | None


@dataclass(frozen=True)
class Stay:
    """Someone's time in a team."""

    team_id: int
    team_name: str
    joined_on: date
    left_on: date | None


@dataclass(frozen=True)
class Line:
    """One person in a list."""

    id: int
    registration: str
    given_name: str
    family_name: str
    email: str | None
    left_on: date | None
    team_name: str | None
    has_pin: bool


@dataclass(frozen=True)
class Entry:
    """All that is kept of one person here."""

    person: Person
    workstation_name: str | None
    grants: Sequence[Grant]
    stays: Sequence[Stay]
    pin: Pin | None
    password: Password | None

    def stay(self, on: date) -> Stay | None:
        """Return the team someone is in on a day, if any."""
        return next((stay for stay in self.stays if stay.joined_on <= on and (stay.left_on or on) >= on), None)


@dataclass(frozen=True)
class Wanted:
    """What a list of people is narrowed to."""

    text: str = ""
    team_id: int | None = None
    role: Role | None = None
    left: bool = False
    """Those who left instead of those who are here."""
    sort: str = "name"


@dataclass(frozen=True)
class Event:
    """One act on someone's entry, and who did it."""

    at: datetime
    act: str
    detail: str
    by_name: str | None


def entry(person_id: int) -> Entry:
    """Return all that is kept of someone. Raises NotFound."""
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound()
    return Entry(
        person=person,
        workstation_name=db.session.scalar(select(Workstation.name).where(Workstation.id == person.workstation_id)),
        grants=_grants(person_id),
        stays=_stays(person_id),
        pin=db.session.get(Pin, person_id),
        password=db.session.get(Password, person_id),
    )


def events(person_id: int, most: int = 50) -> list[Event]:
    """Return the last acts on someone's entry, newest first."""
    by = aliased(Person)
    rows = db.session.execute(
        select(PersonEvent.at, PersonEvent.act, PersonEvent.detail, by.given_name, by.family_name)
        .outerjoin(by, by.id == PersonEvent.by_id)
        .where(PersonEvent.person_id == person_id)
        .order_by(PersonEvent.id.desc())
        .limit(most)
    )
    return [
        Event(at, act, detail, f"{given or ''} {family or ''}".strip() or None)
        for at, act, detail, given, family in rows
    ]


def page(wanted: Wanted, number: int, today: date) -> tuple[int, list[Line]]:
    """Return how many people are wanted, and those on page `number` (from 1), 50 on each."""
    conditions = _conditions(wanted, today)
    total = db.session.scalar(select(func.count()).select_from(Person).where(*conditions)) or 0
    query = (
        _lines(today).where(*conditions).order_by(*_order(wanted.sort)).limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    )
    return total, [Line(*row) for row in db.session.execute(query)]


def people(person_ids: Collection[int]) -> Sequence[Person]:
    """Return these people, by name."""
    return db.session.scalars(select(Person).where(Person.id.in_(person_ids)).order_by(*SORTS["name"], Person.id)).all()


def allowed(permission: Permission, today: date) -> Sequence[Person]:
    """Return everyone here who may do that, by name."""
    roles = [role for role, permitted in TABLE.items() if permission in permitted]
    holders = select(RoleGrant.person_id).where(RoleGrant.role.in_(roles))
    query = select(Person).where(Person.id.in_(holders), is_present(today))
    return db.session.scalars(query.order_by(*SORTS["name"], Person.id)).all()


def of_teams(team_ids: Collection[int], today: date) -> list[Line]:
    """Return who is in one of these teams and works here, by name."""
    members = select(TeamMembership.person_id).where(TeamMembership.team_id.in_(team_ids), in_team(today))
    here = or_(Person.left_on.is_(None), Person.left_on >= today)
    return [
        Line(*row)
        for row in db.session.execute(_lines(today).where(here, Person.id.in_(members)).order_by(*_order("name")))
    ]


def without_pin(team_id: int, today: date) -> list[int]:
    """Return those of a team who are here and have no PIN yet."""
    query = (
        select(Person.id)
        .outerjoin(Pin, Pin.person_id == Person.id)
        .where(Pin.person_id.is_(None), *_conditions(Wanted(team_id=team_id), today))
        .order_by(Person.family_name, Person.given_name)
    )
    return list(db.session.scalars(query))


SORTS: dict[str, tuple[ColumnElement[Any] | InstrumentedAttribute[Any], ...]] = {
    "name": (func.lower(Person.family_name), func.lower(Person.given_name)),
    "registration": (Person.registration,),
    "team": (Team.name,),
}
"""What a list may be sorted by; a minus before the name turns it round."""


def _order(sort: str) -> list[ColumnElement[Any]]:
    columns = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    turned = [column.desc() if sort.startswith("-") else column.asc() for column in columns]
    return [*turned, Person.id.asc()]


def in_team(on: date) -> ColumnElement[bool]:
    """Return the condition that a membership is in force on a day; both its ends count."""
    lasts = or_(TeamMembership.left_on.is_(None), TeamMembership.left_on >= on)
    return (TeamMembership.joined_on <= on) & lasts


def _lines(today: date) -> Select[*tuple[Any, ...]]:
    current = (TeamMembership.person_id == Person.id) & in_team(today)
    return (
        select(
            Person.id,
            Person.registration,
            Person.given_name,
            Person.family_name,
            Person.email,
            Person.left_on,
            Team.name,
            Pin.person_id.is_not(None),
        )
        .outerjoin(TeamMembership, current)
        .outerjoin(Team, Team.id == TeamMembership.team_id)
        .outerjoin(Pin, Pin.person_id == Person.id)
    )


def _conditions(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    here = or_(Person.left_on.is_(None), Person.left_on >= today)
    conditions = [~here if wanted.left else here]
    conditions += [_mentions(word) for word in wanted.text.split()]
    if wanted.team_id is not None:
        members = select(TeamMembership.person_id).where(TeamMembership.team_id == wanted.team_id, in_team(today))
        conditions.append(Person.id.in_(members))
    if wanted.role is not None:
        conditions.append(Person.id.in_(select(RoleGrant.person_id).where(RoleGrant.role == wanted.role)))
    return conditions


def _mentions(word: str) -> ColumnElement[bool]:
    fields = (Person.given_name, Person.family_name, Person.registration, Person.email)
    return or_(*(field.icontains(word, autoescape=True) for field in fields), Person.personal_code == word)


def _grants(person_id: int) -> list[Grant]:
    rows = db.session.execute(
        select(RoleGrant.role, RoleGrant.team_id, Team.name)
        .outerjoin(Team, Team.id == RoleGrant.team_id)
        .where(RoleGrant.person_id == person_id)
        .order_by(RoleGrant.id)
    )
    return [Grant(*row) for row in rows]


def _stays(person_id: int) -> list[Stay]:
    rows = db.session.execute(
        select(TeamMembership.team_id, Team.name, TeamMembership.joined_on, TeamMembership.left_on)
        .join(Team, Team.id == TeamMembership.team_id)
        .where(TeamMembership.person_id == person_id)
        .order_by(TeamMembership.joined_on.desc())
    )
    return [Stay(*row) for row in rows]

"""People and teams as SCIM shows them: whole pages in a constant number of statements."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, false, func, select

from lms.kernel.database import db
from lms.kernel.refusals import NotFound
from lms.people.directory import in_team
from lms.people.models import Person, PersonEvent, Team, TeamMembership
from lms.people.queries import is_present
from lms.people.rules import is_present as present
from lms.people.scim.filters import Conditions
from lms.people.scim.rules import ENTERPRISE, GROUP, USER, FilterNotUnderstood

Resource = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """Some resources, and how many there are in all."""

    total: int
    resources: Sequence[Resource]


def users(conditions: Conditions, first: int, count: int, today: date) -> Found:
    """Return people as a filter asks, from the first (counted from 1) on, by number."""
    wanted = [_user_condition(name, value, today) for name, value in conditions]
    total = db.session.scalar(select(func.count()).select_from(Person).where(*wanted)) or 0
    page = select(Person).where(*wanted).order_by(Person.id).offset(first - 1).limit(count)
    return Found(total, _users(db.session.scalars(page).all(), today))


def user(person_id: int, today: date) -> Resource:
    """Return one person. Raises NotFound."""
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound()
    return _users([person], today)[0]


def groups(conditions: Conditions, first: int, count: int, today: date) -> Found:
    """Return teams as a filter asks, from the first on, by number."""
    wanted = [_group_condition(name, value, today) for name, value in conditions]
    total = db.session.scalar(select(func.count()).select_from(Team).where(*wanted)) or 0
    page = select(Team).where(*wanted).order_by(Team.id).offset(first - 1).limit(count)
    return Found(total, _groups(db.session.scalars(page).all(), today))


def group(team_id: int, today: date) -> Resource:
    """Return one team. Raises NotFound."""
    team = db.session.get(Team, team_id)
    if team is None:
        raise NotFound()
    return _groups([team], today)[0]


def members(team_id: int, today: date) -> frozenset[int]:
    """Return who is in a team that day and works here."""
    stays = select(TeamMembership.person_id).join(Person, Person.id == TeamMembership.person_id)
    return frozenset(
        db.session.scalars(stays.where(TeamMembership.team_id == team_id, in_team(today), is_present(today)))
    )


def _users(people: Sequence[Person], today: date) -> list[Resource]:
    numbers = [person.id for person in people]
    teams, changed = _teams_of(numbers, today), _changed_at(numbers)
    return [_user(person, teams.get(person.id), changed.get(person.id), today) for person in people]


def _user(person: Person, team: tuple[int, str] | None, changed: datetime | None, today: date) -> Resource:
    shown: Resource = {
        "schemas": [USER, ENTERPRISE],
        "id": str(person.id),
        "externalId": person.registration,
        "userName": person.email or person.registration,
        "name": {
            "givenName": person.given_name,
            "familyName": person.family_name,
            "formatted": person.full_name,
        },
        "displayName": person.full_name,
        "active": present(person.left_on, today),
        "emails": [{"value": person.email, "type": "work", "primary": True}] if person.email else [],
        "groups": [{"value": str(team[0]), "display": team[1], "type": "direct"}] if team else [],
        ENTERPRISE: {"employeeNumber": person.registration},
    }
    if person.language:
        shown["preferredLanguage"] = person.language
    return _with_meta(shown, "User", person.created_at, changed or person.created_at)


def _groups(teams: Sequence[Team], today: date) -> list[Resource]:
    rows = db.session.execute(
        select(TeamMembership.team_id, Person.id, Person.given_name, Person.family_name)
        .join(Person, Person.id == TeamMembership.person_id)
        .where(TeamMembership.team_id.in_([team.id for team in teams]), in_team(today), is_present(today))
        .order_by(Person.id)
    )
    held: dict[int, list[Resource]] = defaultdict(list)
    for team_id, number, given, family in rows:
        held[team_id].append({"value": str(number), "display": f"{given} {family}".strip(), "type": "User"})
    return [
        _with_meta(
            {
                "schemas": [GROUP],
                "id": str(team.id),
                "externalId": team.code,
                "displayName": team.name,
                "members": held[team.id],
            },
            "Group",
        )
        for team in teams
    ]


def _with_meta(
    shown: Resource, kind: str, created: datetime | None = None, changed: datetime | None = None
) -> Resource:
    # The version is that of what is shown: it changes with it, whatever changed it.
    version = hashlib.sha256(repr(shown).encode()).hexdigest()[:20]
    meta: Resource = {"resourceType": kind, "version": f'W/"{version}"'}
    if created and changed:
        meta |= {"created": created.isoformat(), "lastModified": changed.isoformat()}
    return shown | {"meta": meta}


def _teams_of(numbers: Collection[int], today: date) -> dict[int, tuple[int, str]]:
    rows = db.session.execute(
        select(TeamMembership.person_id, Team.id, Team.name)
        .join(Team, Team.id == TeamMembership.team_id)
        .where(TeamMembership.person_id.in_(numbers), in_team(today))
    )
    return {number: (team_id, name) for number, team_id, name in rows}


def _changed_at(numbers: Collection[int]) -> dict[int, datetime]:
    rows = db.session.execute(
        select(PersonEvent.person_id, func.max(PersonEvent.at))
        .where(PersonEvent.person_id.in_(numbers))
        .group_by(PersonEvent.person_id)
    )
    return {row[0]: row[1] for row in rows}


def _user_condition(name: str, value: object, today: date) -> ColumnElement[bool]:
    text = str(value)
    if name == "username":
        return (Person.email == text.lower()) | (Person.registration == text)
    if name in ("externalid", "employeenumber"):
        return Person.registration == text
    if name in ("emails", "emails.value"):
        return Person.email == text.lower()
    if name == "emails.type":
        return Person.email.is_not(None) if text.lower() == "work" else false()
    if name == "name.familyname":
        return func.lower(Person.family_name) == text.lower()
    if name == "name.givenname":
        return func.lower(Person.given_name) == text.lower()
    if name == "id":
        return Person.id == _number(text)
    if name == "active":
        here = is_present(today)
        return here if text.lower() == "true" else ~here
    raise FilterNotUnderstood(filter=name)


def _group_condition(name: str, value: object, today: date) -> ColumnElement[bool]:
    text = str(value)
    if name == "displayname":
        return func.lower(Team.name) == text.lower()
    if name == "externalid":
        return Team.code == text
    if name == "id":
        return Team.id == _number(text)
    if name in ("members", "members.value"):
        stays = select(TeamMembership.team_id).where(TeamMembership.person_id == _number(text), in_team(today))
        return Team.id.in_(stays)
    raise FilterNotUnderstood(filter=name)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

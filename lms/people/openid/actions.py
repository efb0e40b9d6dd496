"""Take what the provider says of whoever came back."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from lms.kernel.database import db
from lms.kernel.settings import setting
from lms.people import actions, queries
from lms.people.models import Person
from lms.people.openid import rules
from lms.people.permissions import Role
from lms.people.second_factor.actions import note
from lms.people.second_factor.models import AccessAct


def take(claims: Mapping[str, Any], now: datetime, today: date) -> queries.Identity:
    """Return who came back, with the roles that the directory's groups mean where OIDC_ROLES names any.

    Raises NotKnownHere or LastAdministrator.
    """
    name = rules.name_in(claims, setting("OIDC_CLAIM"))
    person = queries.identity(_number(name), today) if name else None
    if person is None:
        raise rules.NotKnownHere(claim=setting("OIDC_CLAIM"))
    _take_roles(person, claims, now, today)
    note(person.id, AccessAct.CAME_BY_OPENID, person.id, now)
    db.session.flush()
    found = queries.identity(person.id, today)
    return found or person


def _number(name: str) -> int:
    column = Person.email if setting("OIDC_CLAIM") == "email" else Person.registration
    value = name.lower() if column is Person.email else name
    return db.session.scalar(select(Person.id).where(column == value)) or 0


def _take_roles(person: queries.Identity, claims: Mapping[str, Any], now: datetime, today: date) -> None:
    mapping = {group: Role(role) for group, role in setting("OIDC_ROLES").items()}
    if not mapping:
        return
    groups = claims.get(setting("OIDC_GROUPS_CLAIM"))
    changes = rules.role_changes(groups if isinstance(groups, list) else [], mapping, person.roles)
    for role in sorted(changes.given):
        actions.grant_role(person.id, role, None, by=None, now=now)
    for role in sorted(changes.taken):
        actions.revoke_role(person.id, role, None, by=None, now=now, today=today)

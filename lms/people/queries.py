"""Questions about people."""

from dataclasses import dataclass

from sqlalchemy import select

from lms.kernel.database import db
from lms.people.models import Person, RoleGrant, Team
from lms.people.permissions import Permission, Role, permissions_of


@dataclass(frozen=True)
class Identity:
    """Who someone is, for the length of a request."""

    id: int
    given_name: str
    full_name: str
    language: str | None
    roles: frozenset[Role]
    led_teams: frozenset[int]
    """Teams the person leads."""

    @property
    def permissions(self) -> frozenset[Permission]:
        """Everything the person may do."""
        return permissions_of(self.roles)


def identity(person_id: int) -> Identity | None:
    """Return who that number is, or None for someone unknown or who left."""
    rows = db.session.execute(
        select(Person.given_name, Person.family_name, Person.language, RoleGrant.role, RoleGrant.team_id)
        .outerjoin(RoleGrant, RoleGrant.person_id == Person.id)
        .where(Person.id == person_id, Person.left_on.is_(None))
    ).all()
    if not rows:
        return None
    first = rows[0]
    return Identity(
        id=person_id,
        given_name=first.given_name,
        full_name=f"{first.given_name} {first.family_name}".strip(),
        language=first.language,
        roles=frozenset(row.role for row in rows if row.role),
        led_teams=frozenset(row.team_id for row in rows if row.team_id),
    )


def teams() -> list[Team]:
    """Return all teams, by name."""
    return list(db.session.scalars(select(Team).order_by(Team.name, Team.code)))

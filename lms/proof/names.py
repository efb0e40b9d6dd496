"""Who people are, as lists of proof name them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from lms.kernel.database import db
from lms.kernel.settings import setting
from lms.people.directory import in_team
from lms.people.models import Person, Site, Team, TeamMembership, Workshop


@dataclass(frozen=True, slots=True)
class Named:
    """One person."""

    id: int
    registration: str
    family_name: str
    given_name: str
    hired_on: date | None
    left_on: date | None
    simulated: bool
    team_id: int | None
    team: str
    employer: str
    """Whom a paper names as the employer: as the site is set, else the site of the team."""

    @property
    def full_name(self) -> str:
        """The family name first, as lists are sorted."""
        return f"{self.family_name} {self.given_name}".strip()

    def is_here(self, on: date) -> bool:
        """Whether they have not left before a day."""
        return self.left_on is None or self.left_on >= on


def named(on: date, person_ids: Collection[int] | None = None) -> dict[int, Named]:
    """Return who everybody is (or these people are), with the team of that day; one statement."""
    query = (
        select(
            Person.id,
            Person.registration,
            Person.family_name,
            Person.given_name,
            Person.hired_on,
            Person.left_on,
            Person.simulated,
            Team.id.label("team_id"),
            Team.name.label("team"),
            Site.name.label("site"),
        )
        .outerjoin(TeamMembership, (TeamMembership.person_id == Person.id) & in_team(on))
        .outerjoin(Team, Team.id == TeamMembership.team_id)
        .outerjoin(Workshop, Workshop.id == Team.workshop_id)
        .outerjoin(Site, Site.id == Workshop.site_id)
    )
    if person_ids is not None:
        query = query.where(Person.id.in_(person_ids))
    return {row.id: _as_named(row) for row in db.session.execute(query)}


def _as_named(row: Any) -> Named:
    return Named(
        id=row.id,
        registration=row.registration,
        family_name=row.family_name,
        given_name=row.given_name,
        hired_on=row.hired_on,
        left_on=row.left_on,
        simulated=row.simulated,
        team_id=row.team_id,
        team=row.team or "",
        employer=setting("EMPLOYER") or row.site or "",
    )

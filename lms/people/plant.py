"""The plant as an administrator lays it out: sites, workshops, shifts, teams, posts."""

from datetime import time

from sqlalchemy import select

from lms.kernel.database import db
from lms.kernel.refusals import NotFound
from lms.people.models import Shift, Site, Team, Workshop, Workstation
from lms.people.rules import CodeTaken


def add_site(code: str, name: str) -> int:
    """Enter a site; return its number. Raises CodeTaken."""
    return _added(Site(code=code, name=name))


def add_workshop(site_id: int, code: str, name: str) -> int:
    """Enter a workshop of a site; return its number. Raises CodeTaken."""
    return _added(Workshop(site_id=site_id, code=code, name=name), site_id=site_id)


def add_shift(code: str, name: str, starts_at: time, ends_at: time) -> int:
    """Enter a shift; it passes midnight when it ends before it starts. Return its number. Raises CodeTaken."""
    return _added(Shift(code=code, name=name, starts_at=starts_at, ends_at=ends_at))


def add_team(code: str, name: str, workshop_id: int | None, shift_id: int | None) -> int:
    """Enter a team; return its number. Raises CodeTaken."""
    return _added(Team(code=code, name=name, workshop_id=workshop_id, shift_id=shift_id))


def change_team(team_id: int, name: str, workshop_id: int | None, shift_id: int | None) -> None:
    """Correct what a team is called, where and when it works; its code stays. Raises NotFound."""
    team = db.session.get(Team, team_id)
    if team is None:
        raise NotFound()
    team.name, team.workshop_id, team.shift_id = name, workshop_id, shift_id


def add_workstation(workshop_id: int, code: str, name: str) -> int:
    """Enter a post of a workshop; return its number. Raises CodeTaken."""
    return _added(Workstation(workshop_id=workshop_id, code=code, name=name), workshop_id=workshop_id)


Place = Site | Workshop | Shift | Team | Workstation


def _added(place: Place, **within: int) -> int:
    kind: type[Place] = type(place)
    if db.session.scalar(select(kind.id).filter_by(code=place.code, **within)) is not None:
        raise CodeTaken(code=place.code)
    db.session.add(place)
    db.session.flush()
    return place.id

"""Making the simulated plant through the same actions as real use."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from lms.delivery import actions as kiosks
from lms.demonstration import plant
from lms.demonstration.behaviour import ShiftCode
from lms.kernel.database import db
from lms.people import actions as people
from lms.people.models import Shift, Site, Team, Workshop, Workstation


@dataclass(frozen=True)
class Operator:
    """A simulated operator and when they are at work."""

    person_id: int
    team_id: int
    shift: ShiftCode
    workshop: str
    present_until: date | None


@dataclass(frozen=True)
class Plant:
    """The plant that was made."""

    teams: dict[str, int]
    """Numbers by code."""
    workshops: dict[str, int]
    terminals: dict[str, int]
    """Numbers of kiosks by the code of their workshop."""
    operators: tuple[Operator, ...]


def build(number: int, weeks: int, starts_on: date, random: Random, now: datetime) -> Plant:
    """Make the site, its teams, kiosks and operators; the leavers' last days are noted already."""
    workshops = _workshops()
    teams = _teams(workshops)
    posts = _posts(workshops)
    terminals = {
        workshop: _terminal(code, name, workshops[workshop], now) for code, (name, workshop) in plant.TERMINALS.items()
    }
    kiosks.announce_terminal(plant.VISITED, "Borne de visite", workshops["decoupe"], now=now)
    hired_on = starts_on - timedelta(days=200)
    operators = tuple(
        _operator(outline, teams, posts, hired_on, starts_on, now) for outline in plant.operators(number, weeks, random)
    )
    return Plant(teams, workshops, terminals, operators)


def _workshops() -> dict[str, int]:
    code, name = plant.SITE
    site = Site(code=code, name=name)
    rows = {code: Workshop(code=code, name=name, site=site) for code, name in plant.WORKSHOPS.items()}
    return _numbers(rows)


def _teams(workshops: dict[str, int]) -> dict[str, int]:
    shifts = {
        code: Shift(code=code.value, name=name, starts_at=starts_at, ends_at=ends_at)
        for code, (name, starts_at, ends_at) in plant.SHIFTS.items()
    }
    rows = {
        team.code: Team(code=team.code, name=team.name, workshop_id=workshops[team.workshop], shift=shifts[team.shift])
        for team in plant.teams()
    }
    return _numbers(rows)


def _posts(workshops: dict[str, int]) -> dict[str, int]:
    rows = {
        code: Workstation(code=code, name=name, workshop_id=workshops[workshop])
        for workshop, posts in plant.POSTS.items()
        for code, name in posts.items()
    }
    return _numbers(rows)


def _numbers(rows: dict) -> dict:
    db.session.add_all(rows.values())
    db.session.flush()
    return {code: row.id for code, row in rows.items()}


def _terminal(code: str, name: str, workshop_id: int, now: datetime) -> int:
    terminal, enrolment_code = kiosks.announce_terminal(code, name, workshop_id, now=now)
    kiosks.enrol(enrolment_code, now=now)
    return terminal.id


def _operator(
    outline: plant.PersonOutline,
    teams: dict[str, int],
    posts: dict[str, int],
    hired_on: date,
    starts_on: date,
    now: datetime,
) -> Operator:
    entry = people.Entry(
        registration=outline.registration,
        given_name=outline.given_name,
        family_name=outline.family_name,
        workstation_id=posts[outline.workstation],
        hired_on=hired_on,
        age_band=plant.age_band(outline.registration),
    )
    team_id = teams[outline.team.code]
    person_id = people.create_person(entry, team_id, hired_on, by=None, now=now, simulated=True)
    last_day = None
    if outline.leaves_after_weeks is not None:
        last_day = starts_on + timedelta(weeks=outline.leaves_after_weeks)
        people.leave(person_id, last_day, by=None, now=now, today=now.date())
    return Operator(person_id, team_id, outline.team.shift, outline.team.workshop, last_day)

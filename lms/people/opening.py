"""Who cannot sign in at a kiosk after too many failures, and opening the way for them."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from lms.kernel.clock import local_day
from lms.kernel.database import db
from lms.kernel.refusals import NotFound
from lms.people import queries, throttle
from lms.people.models import Person, SignInAttempt, SignInOpening, SignInOutcome
from lms.people.permissions import Permission
from lms.people.queries import Identity
from lms.people.tries import AT_A_KIOSK, a_try, history_of

SHOWN_FOR = timedelta(days=30)


@dataclass(frozen=True)
class HeldUp:
    """Someone who has to wait at a kiosk, or for whom somebody has to open the way."""

    person_id: int
    name: str
    terminal_id: int
    until: datetime | None
    """None: until somebody opens the way, or the failures are a day old."""


@dataclass(frozen=True)
class Opening:
    """A way that was opened: for whom, by whom, at which kiosk or at a desk."""

    at: datetime
    person_id: int
    name: str
    by_name: str
    terminal_id: int | None


def teams_helped(by: Identity) -> frozenset[int] | None:
    """Return the teams whose people someone may help to sign in, None for everybody."""
    return None if Permission.MANAGE_PEOPLE in by.permissions else by.led_teams


def may_help(by: Identity, permission: Permission, person_id: int, today: date) -> bool:
    """Whether someone may do that for a person, who is never themselves."""
    if permission not in by.permissions or by.id == person_id:
        return False
    return person_id in _people(teams_helped(by), today)


def open_way(person_id: int, by: Identity, now: datetime, origin: str | None = None) -> None:
    """Forgive someone's failures everywhere, and those of the kiosk where this is done. Raises NotFound."""
    if not may_help(by, Permission.OPEN_SIGN_IN, person_id, local_day(now)):
        raise NotFound()
    db.session.add(SignInOpening(at=now, person_id=person_id, by_id=by.id, origin=origin))
    db.session.flush()


def held_up(team_ids: Collection[int] | None, now: datetime) -> list[HeldUp]:
    """Return who of these teams (None: of all) cannot sign in now at some kiosk, by name."""
    names = _people(team_ids, local_day(now))
    rows = db.session.execute(
        select(SignInAttempt.person_id, SignInAttempt.origin)
        .where(SignInAttempt.at > now - throttle.MEMORY, SignInAttempt.origin.startswith(AT_A_KIOSK))
        .where(SignInAttempt.outcome == SignInOutcome.WRONG_SECRET, SignInAttempt.person_id.in_(names))
    )
    times = Counter((person_id, origin) for person_id, origin in rows if person_id)
    often = [pair for pair, count in times.items() if count >= throttle.FREE_TRIES]
    found = (_at_kiosk(person_id, names[person_id], origin, now) for person_id, origin in often)
    return sorted((one for one in found if one), key=lambda one: (one.name, one.terminal_id))


def _at_kiosk(person_id: int, name: str, origin: str, now: datetime) -> HeldUp | None:
    history = history_of(a_try(origin, "", person_id, now))
    terminal_id = int(origin.removeprefix(AT_A_KIOSK))
    if throttle.is_shut(history):
        return HeldUp(person_id, name, terminal_id, None)
    wait = throttle.wait(history, now)
    return HeldUp(person_id, name, terminal_id, now + wait) if wait else None


def openings(team_ids: Collection[int] | None, now: datetime) -> list[Opening]:
    """Return the ways opened within `SHOWN_FOR` for people of these teams (None: of all), newest first."""
    names = _people(team_ids, local_day(now))
    rows = db.session.execute(
        select(SignInOpening, Person)
        .join(Person, Person.id == SignInOpening.by_id)
        .where(SignInOpening.at > now - SHOWN_FOR, SignInOpening.person_id.in_(names))
        .order_by(SignInOpening.id.desc())
    )
    return [
        Opening(made.at, made.person_id, names[made.person_id], by.full_name, _terminal_id(made.origin))
        for made, by in rows
    ]


def _terminal_id(origin: str | None) -> int | None:
    return int(origin.removeprefix(AT_A_KIOSK)) if origin else None


def _people(team_ids: Collection[int] | None, today: date) -> dict[int, str]:
    """Return the names of those of the teams, or of all, who work here."""
    query = select(Person).where(queries.is_present(today))
    if team_ids is not None:
        members = {stay.person_id for stay in queries.memberships(team_ids, today, today)}
        query = query.where(Person.id.in_(members))
    return {person.id: person.full_name for person in db.session.scalars(query)}

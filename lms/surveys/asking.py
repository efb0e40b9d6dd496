"""Who is asked: the roster as waves see it, and the wave that a kiosk offers somebody."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BindParameter, ColumnElement, bindparam, or_, select

from lms.kernel.database import db
from lms.kernel.ids import keyed_digest
from lms.kernel.prepared import Prepared
from lms.kernel.settings import setting
from lms.people.models import Person, RoleGrant, Shift, Team, TeamMembership
from lms.people.permissions import Role
from lms.people.queries import is_present
from lms.surveys.models import Participation, Wave
from lms.surveys.rules import Band, Channel, band_of, is_asked


@dataclass(frozen=True)
class Invitee:
    """What a wave needs to know of a person to ask them."""

    person_id: int
    band: Band
    shift: str | None
    entered_at: datetime


def invitee(person_id: int, today: date) -> Invitee | None:
    """Return what a wave needs to know of somebody present, or None."""
    return next(iter(_present(today, person_id)), None)


def roster(today: date) -> list[tuple[Band, str | None]]:
    """Return the role and shift of everyone present that day."""
    return [(person.band, person.shift) for person in _present(today)]


def _present(today: date, person_id: int | None = None) -> list[Invitee]:
    people = (
        select(Person.id, Person.created_at, Shift.code)
        .outerjoin(
            TeamMembership,
            (TeamMembership.person_id == Person.id)
            & (TeamMembership.joined_on <= today)
            & or_(TeamMembership.left_on.is_(None), TeamMembership.left_on >= today),
        )
        .outerjoin(Team, Team.id == TeamMembership.team_id)
        .outerjoin(Shift, Shift.id == Team.shift_id)
        .where(is_present(today))
        .order_by(Person.id)
    )
    grants = select(RoleGrant.person_id, RoleGrant.role)
    if person_id is not None:
        people, grants = people.where(Person.id == person_id), grants.where(RoleGrant.person_id == person_id)
    roles: dict[int, set[Role]] = {}
    for number, role in db.session.execute(grants):
        roles.setdefault(number, set()).add(role)
    return [
        Invitee(number, band_of(roles.get(number, set())), shift, entered_at)
        for number, entered_at, shift in db.session.execute(people)
    ]


def asks(wave: Wave, person: Invitee) -> bool:
    """Whether the wave is for that person: who was entered after it was announced is not among the invited."""
    entered_before = wave.announced_at is not None and person.entered_at <= wave.announced_at
    return entered_before and is_asked(wave.bands, wave.shifts, person.band, person.shift)


def _at_work(now: datetime | BindParameter[datetime]) -> tuple[ColumnElement[bool], ...]:
    return Wave.announced_at.is_not(None), Wave.opens_at <= now, Wave.closes_at > now


_some_at_work = Prepared(select(Wave.id).where(*_at_work(bindparam("now"))).limit(1))


def to_ask(person_id: int, now: datetime, today: date, *, after_module: int | None = None) -> Wave | None:
    """Return the wave that a kiosk may offer somebody now: the first to close they were not asked yet, or None.

    Instruments that follow a module are offered then, and only then: `after_module` is its
    number, and not each one is followed (`is_followed`).
    """
    if not _some_at_work.rows({"now": now}):
        return None
    found = db.session.scalars(select(Wave).where(*_at_work(now)).order_by(Wave.closes_at, Wave.code)).all()
    offered = [
        wave
        for wave in found
        if Channel.KIOSK.value in wave.channels
        and wave.instrument.get("after_module", False) is (after_module is not None)
        and (after_module is None or is_followed(wave, person_id, after_module))
    ]
    person = invitee(person_id, today) if offered else None
    if person is None:
        return None
    return next((wave for wave in offered if asks(wave, person) and not was_asked(wave, person_id)), None)


def is_followed(wave: Wave, person_id: int, module_id: int) -> bool:
    """Whether a wave's question follows this module for this person: one module in `LMS_OPINION_ONE_IN`.

    Drawn once and for all from the wave's salt, so that nothing is kept of when somebody was
    asked; who answers does so once in a wave, however many modules they take.
    """
    drawn = keyed_digest(setting("SECRET_KEY"), f"opinion {wave.salt.hex()}", f"{person_id} {module_id}")
    return int.from_bytes(drawn[:8]) % setting("OPINION_ONE_IN") == 0


def was_asked(wave: Wave, person_id: int) -> bool:
    """Whether somebody answered the wave or declined it."""
    asked = (Participation.wave_id == wave.id, Participation.digest == asked_digest(wave, person_id))
    return db.session.scalar(select(Participation.wave_id).where(*asked)) is not None


def asked_digest(wave: Wave, person_id: int) -> bytes:
    """Return what is kept of somebody who was asked."""
    return keyed_digest(setting("SECRET_KEY"), f"survey {wave.salt.hex()}", str(person_id))

"""Questions about people: who someone is, who was in which team when, the lists of the plant."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, or_, select
from sqlalchemy.orm import aliased, joinedload

from lms.kernel.database import db
from lms.kernel.prepared import Prepared
from lms.people.ages import AgeBand
from lms.people.deputies.models import Deputy, DeputyEnd
from lms.people.models import (
    NoticeAcknowledgement,
    Password,
    Person,
    Pin,
    PinKind,
    RoleGrant,
    Shift,
    SignInAttempt,
    SignInOutcome,
    Site,
    Team,
    TeamMembership,
    Workshop,
    Workstation,
)
from lms.people.permissions import Permission, Role, permissions_of
from lms.people.proofs import is_personal_code


@dataclass(frozen=True)
class Identity:
    """Who someone is, for the length of a request."""

    id: int
    given_name: str
    full_name: str
    language: str | None
    roles: frozenset[Role]
    led_teams: frozenset[int]
    """Teams the person leads, today as a deputy too: the one place that says so."""
    must_change_password: bool = False
    """Someone else made the password: nothing else is open before it is changed."""

    @property
    def permissions(self) -> frozenset[Permission]:
        """Everything the person may do."""
        return permissions_of(self.roles)


@dataclass(frozen=True)
class Membership:
    """Someone's time in a team; `left_on` is the last day, None while it lasts."""

    person_id: int
    team_id: int
    joined_on: date
    left_on: date | None


@dataclass(frozen=True)
class KioskAttempt:
    """A try at signing in at a kiosk: `unknown` is a badge or code of nobody, `wrong_secret` a wrong PIN."""

    terminal_id: int
    at: datetime
    outcome: SignInOutcome


def is_present(today: date | BindParameter[date]) -> ColumnElement[bool]:
    """Return the condition that a person still works here; the last day counts."""
    return or_(Person.left_on.is_(None), Person.left_on >= today)


_led = aliased(RoleGrant)
_stands_in = and_(
    Deputy.deputy_id == Person.id,
    Deputy.first_day <= bindparam("today"),
    Deputy.last_day >= bindparam("today"),
    ~select(DeputyEnd.entry_id).where(DeputyEnd.entry_id == Deputy.id).exists(),
)
_identity = Prepared(
    select(
        Person.given_name,
        Person.family_name,
        Person.language,
        RoleGrant.role,
        RoleGrant.team_id,
        Password.must_change,
        _led.team_id.label("stands_in_at"),
    )
    .outerjoin(RoleGrant, RoleGrant.person_id == Person.id)
    .outerjoin(Password, Password.person_id == Person.id)
    .outerjoin(Deputy, _stands_in)
    .outerjoin(_led, and_(_led.person_id == Deputy.leader_id, _led.role == Role.TEAM_LEADER))
    .where(Person.id == bindparam("person_id"), is_present(bindparam("today")))
)


def identity_of_code(code: str, today: date) -> Identity | None:
    """Return whose personal code that is, or None for one of nobody present."""
    found = _by_code.rows({"code": code}) if is_personal_code(code) else ()
    return identity(found[0].id, today) if found else None


_by_code = Prepared(select(Person.id).where(Person.personal_code == bindparam("code")))


def identity(person_id: int, today: date) -> Identity | None:
    """Return who that number is, or None for someone unknown or who left before `today`."""
    rows = _identity.rows({"person_id": person_id, "today": today})
    if not rows:
        return None
    first = rows[0]
    stood_in = frozenset(row.stands_in_at for row in rows if row.stands_in_at)
    return Identity(
        id=person_id,
        given_name=first.given_name,
        full_name=f"{first.given_name} {first.family_name}".strip(),
        language=first.language,
        roles=frozenset(row.role for row in rows if row.role) | ({Role.TEAM_LEADER} if stood_in else frozenset()),
        led_teams=frozenset(row.team_id for row in rows if row.team_id) | stood_in,
        must_change_password=bool(first.must_change),
    )


def memberships(team_ids: Collection[int] | None, first_day: date, last_day: date) -> list[Membership]:
    """Return who was in the teams (all of them when None) on any day from first to last.

    Leavers are in it; the days are those of the whole membership, not cut to the period.
    """
    query = (
        select(TeamMembership.person_id, TeamMembership.team_id, TeamMembership.joined_on, TeamMembership.left_on)
        .where(TeamMembership.joined_on <= last_day)
        .where(or_(TeamMembership.left_on.is_(None), TeamMembership.left_on >= first_day))
        .order_by(TeamMembership.person_id, TeamMembership.joined_on)
    )
    if team_ids is not None:
        query = query.where(TeamMembership.team_id.in_(team_ids))
    return [Membership(*row) for row in db.session.execute(query)]


def holders(role: Role) -> list[int]:
    """Return the numbers of whoever holds a role."""
    return list(db.session.scalars(select(RoleGrant.person_id).where(RoleGrant.role == role).distinct()))


def age_bands(person_ids: Collection[int]) -> dict[int, AgeBand]:
    """Return the age band of each of these people who has one."""
    rows = db.session.execute(select(Person.id, Person.age_band).where(Person.age_band.is_not(None)))
    return {person_id: band for person_id, band in rows if band is not None and person_id in person_ids}


def acknowledgements(version: int | None = None, *, known_at: datetime) -> dict[tuple[int, int], datetime]:
    """Return when whom had read which notice, by person and version; of one version only if it is given."""
    made = NoticeAcknowledgement
    query = select(made.person_id, made.version, made.at).where(made.at <= known_at)
    if version is not None:
        query = query.where(made.version == version)
    return {(person_id, number): at for person_id, number, at in db.session.execute(query)}


def kiosk_attempts(since: datetime, until: datetime) -> list[KioskAttempt]:
    """Return the tries at signing in at kiosks from `since` to `until`, in order; a try is known when it is made.

    An accepted badge is no try yet: the PIN that follows is.
    """
    query = (
        select(SignInAttempt.origin, SignInAttempt.at, SignInAttempt.outcome)
        .where(SignInAttempt.origin.startswith("terminal:"), SignInAttempt.at >= since, SignInAttempt.at <= until)
        .order_by(SignInAttempt.at, SignInAttempt.id)
    )
    return [
        KioskAttempt(int(origin.removeprefix("terminal:")), at, outcome)
        for origin, at, outcome in db.session.execute(query)
    ]


_pin_kind = Prepared(select(Pin.kind).where(Pin.person_id == bindparam("person_id")))


def pin_kind(person_id: int) -> PinKind | None:
    """Return with what someone proves who they are at a kiosk, or None."""
    found = _pin_kind.rows({"person_id": person_id})
    return found[0].kind if found else None


def posts_of(person_ids: Collection[int]) -> dict[int, int]:
    """Return the post that each of these people holds; who holds none is left out."""
    query = select(Person.id, Person.workstation_id).where(
        Person.id.in_(person_ids), Person.workstation_id.is_not(None)
    )
    return {person_id: post for person_id, post in db.session.execute(query.order_by(Person.id)) if post is not None}


def numbers_of(registrations: Collection[str]) -> dict[str, int]:
    """Return the numbers of the people whom HR calls so, by what it calls them."""
    query = select(Person.registration, Person.id).where(Person.registration.in_(registrations))
    return dict(db.session.execute(query).all())


def registrations_of(person_ids: Collection[int]) -> Sequence[str]:
    """Return what HR calls these people, in order."""
    query = select(Person.registration).where(Person.id.in_(person_ids)).order_by(Person.registration)
    return db.session.scalars(query).all()


def sites() -> Sequence[Site]:
    """Return every site, by code."""
    return db.session.scalars(select(Site).order_by(Site.code)).all()


def workshops() -> Sequence[Workshop]:
    """Return every workshop with its site, by site and code."""
    return db.session.scalars(
        select(Workshop).options(joinedload(Workshop.site)).order_by(Workshop.site_id, Workshop.code)
    ).all()


def shifts() -> Sequence[Shift]:
    """Return every shift, by the time at which it starts."""
    return db.session.scalars(select(Shift).order_by(Shift.starts_at, Shift.code)).all()


def teams() -> Sequence[Team]:
    """Return every team with its workshop and shift, by name."""
    return db.session.scalars(
        select(Team).options(joinedload(Team.workshop), joinedload(Team.shift)).order_by(Team.name, Team.code)
    ).all()


def workstations() -> Sequence[Workstation]:
    """Return every post with its workshop, by workshop and code."""
    return db.session.scalars(
        select(Workstation)
        .options(joinedload(Workstation.workshop))
        .order_by(Workstation.workshop_id, Workstation.code)
    ).all()

"""What can be done about people: enter, correct, move, leave, roles.

What proves who they are is in `credentials`, signing in in `sign_in`, the roster in
`roster`. `by` is the person number of who does it, None for the command line.
"""

import secrets
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select

from lms.kernel import sessions
from lms.kernel.clock import local_day
from lms.kernel.database import db
from lms.kernel.refusals import NotFound
from lms.people import journal, proofs, queries, rules, stays
from lms.people.addresses import normal_email
from lms.people.ages import AgeBand
from lms.people.models import (
    Act,
    Password,
    Person,
    RoleGrant,
    TeamMembership,
)
from lms.people.permissions import Role


@dataclass(frozen=True)
class Entry:
    """What is known of a person; the same for one who is new and one who is corrected."""

    registration: str
    given_name: str
    family_name: str
    email: str | None = None
    language: str | None = None
    workstation_id: int | None = None
    hired_on: date | None = None
    age_band: AgeBand | None = None


def create_person(
    entry: Entry, team_id: int | None, joined_on: date, by: int | None, now: datetime, simulated: bool = False
) -> int:
    """Enter someone new, an operator; return their number.

    Raises NameMissing, WrongEmail, RegistrationTaken, EmailTaken or JoinsBeforeHiring.
    """
    values = _checked(entry, None)
    person = Person(**values, personal_code=new_personal_codes(1)[0], simulated=simulated, created_at=now)
    db.session.add(person)
    db.session.flush()
    db.session.add(RoleGrant(person_id=person.id, role=Role.OPERATOR))
    if team_id is not None:
        _join(person.id, team_id, joined_on)
    stays.follow_posts(local_day(now), [person.id])
    journal.note(person.id, Act.CREATED, by, now)
    return person.id


def change_person(person_id: int, entry: Entry, by: int | None, now: datetime) -> None:
    """Correct what is known of someone.

    Raises NotFound, NameMissing, WrongEmail, RegistrationTaken, EmailTaken or LeavesBeforeHiring.
    """
    person = _person(person_id)
    if entry.hired_on and person.left_on and person.left_on < entry.hired_on:
        raise rules.LeavesBeforeHiring()
    values = _checked(entry, person_id)
    changed = [field for field, value in values.items() if getattr(person, field) != value]
    for field in changed:
        setattr(person, field, values[field])
    if changed:
        stays.follow_posts(local_day(now), [person_id])
        journal.note(person_id, Act.CHANGED, by, now, " ".join(changed))


def move(person_id: int, team_id: int, on: date, by: int | None, now: datetime) -> None:
    """Put someone in a team from a day on; their time in the old one ends the day before.

    Raises NotFound, AlreadyInTeam, MovesBeforeJoining, JoinsBeforeHiring or, on a day after their last, AlreadyLeft.
    """
    left_on = _person(person_id).left_on
    if left_on and on > left_on:
        raise rules.AlreadyLeft(left_on=left_on)
    if is_in_team(person_id, team_id, on):
        raise rules.AlreadyInTeam()
    _join(person_id, team_id, on)
    journal.note(person_id, Act.MOVED, by, now)


def leave_team(person_id: int, team_id: int, last_day: date, by: int | None, now: datetime) -> None:
    """End someone's time in a team, without another after it. Raises NotFound when they are not in it."""
    if not is_in_team(person_id, team_id, last_day + timedelta(days=1)):
        raise NotFound()
    _end_stays(person_id, last_day)
    journal.note(person_id, Act.MOVED, by, now)


def is_in_team(person_id: int, team_id: int, on: date) -> bool:
    """Whether someone's last stay is in that team and lasts on that day."""
    last = _last_stay(person_id)
    return last is not None and last.team_id == team_id and (last.left_on is None or last.left_on >= on)


def leave(person_id: int, left_on: date, by: int | None, now: datetime, today: date) -> None:
    """Note someone's last day of presence, past or to come; their time in the team ends with it.

    When it is past, their sessions end now. Raises NotFound, LeavesBeforeHiring or LastAdministrator.
    """
    person = _person(person_id)
    if person.hired_on and left_on < person.hired_on:
        raise rules.LeavesBeforeHiring()
    _keep_an_administrator(person_id, today)
    last = _last_stay(person_id)
    if last is not None and person.left_on and last.left_on == person.left_on:
        # It ended for the leaving alone, which is put off: there was no gap.
        last.left_on = left_on if left_on >= last.joined_on else last.left_on
    person.left_on = left_on
    _end_stays(person_id, left_on)
    if not rules.is_present(left_on, today):
        sessions.end_all_of(person_id)
    journal.note(person_id, Act.LEFT, by, now)


def come_back(person_id: int, team_id: int | None, on: date, by: int | None, now: datetime) -> None:
    """Take someone back who left or was to leave, in a team from a day on.

    Raises NotFound, MovesBeforeJoining or JoinsBeforeHiring.
    """
    _person(person_id).left_on = None
    if team_id is not None:
        _join(person_id, team_id, on)
    journal.note(person_id, Act.CAME_BACK, by, now)


def grant_role(person_id: int, role: Role, team_id: int | None, by: int | None, now: datetime) -> None:
    """Give someone a role (again: nothing happens). Raises NotFound or RoleNeedsTeam."""
    rules.check_role(role, team_id)
    _person(person_id)
    if _grant(person_id, role, team_id) is None:
        db.session.add(RoleGrant(person_id=person_id, role=role, team_id=team_id))
        journal.note(person_id, Act.ROLE_GRANTED, by, now, stays.role_words(role, team_id))


def revoke_role(person_id: int, role: Role, team_id: int | None, by: int | None, now: datetime, today: date) -> None:
    """Take a role from someone and end their sessions. Raises NotFound or LastAdministrator."""
    grant = _grant(person_id, role, team_id)
    if grant is None:
        raise NotFound()
    if role is Role.ADMINISTRATOR:
        _keep_an_administrator(person_id, today)
    db.session.delete(grant)
    sessions.end_all_of(person_id)
    journal.note(person_id, Act.ROLE_REVOKED, by, now, stays.role_words(role, team_id))


def choose_language(person_id: int, language: str | None, by: int | None, now: datetime) -> None:
    """Keep the language in which someone reads. Raises NotFound."""
    person = _person(person_id)
    if person.language != language:
        person.language = language
        journal.note(person_id, Act.CHANGED, by, now, "language")


def new_personal_codes(count: int) -> list[str]:
    """Return personal codes that nobody has: six digits, more only where those would crowd."""
    taken = set(db.session.scalars(select(Person.personal_code)))
    least = 10_000
    # A third of the numbers at most, so that a mistyped one is rarely somebody else's.
    while len(taken) + count > 9 * least / 3:
        least *= 10
    codes: list[str] = []
    while len(codes) < count:
        code = proofs.personal_code(least + secrets.randbelow(9 * least))
        if code not in taken:
            taken.add(code)
            codes.append(code)
    return codes


def _person(person_id: int) -> Person:
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound()
    return person


def _checked(entry: Entry, person_id: int | None) -> dict[str, object]:
    """Return the entry in normal form, as columns of a person other than whom nobody has its unique values."""
    values: dict[str, object] = asdict(entry)
    for field in ("registration", "given_name", "family_name"):
        values[field] = " ".join(str(values[field]).split())
    values["email"] = normal_email(entry.email) if entry.email else None
    if not (values["given_name"] or values["family_name"]):
        raise rules.NameMissing()
    for field, refusal in (("registration", rules.RegistrationTaken), ("email", rules.EmailTaken)):
        if values[field] is None:
            continue
        holder = db.session.scalar(select(Person.id).where(getattr(Person, field) == values[field]))
        if holder is not None and holder != person_id:
            raise refusal(value=values[field])
    return values


def _last_stay(person_id: int) -> TeamMembership | None:
    return db.session.scalars(
        select(TeamMembership)
        .where(TeamMembership.person_id == person_id)
        .order_by(TeamMembership.joined_on.desc())
        .limit(1)
    ).one_or_none()


def _join(person_id: int, team_id: int, on: date) -> None:
    """Put someone in a team from a day on; a stay that lasts till then, in the same team, goes on."""
    person = _person(person_id)
    if person.hired_on and on < person.hired_on:
        raise rules.JoinsBeforeHiring(hired_on=person.hired_on)
    last, until = _last_stay(person_id), person.left_on
    if last is not None:
        last_day = rules.last_day_before(on, last.joined_on)
        if last.team_id == team_id and (last.left_on is None or last.left_on >= last_day):
            last.left_on = until
            return
        _end_stays(person_id, last_day)
    db.session.add(TeamMembership(person_id=person_id, team_id=team_id, joined_on=on, left_on=until))


def _end_stays(person_id: int, last_day: date) -> None:
    """End what lasts longer; what begins later never took place, and would put someone where they were not."""
    longer = or_(TeamMembership.left_on.is_(None), TeamMembership.left_on > last_day)
    stays = db.session.scalars(select(TeamMembership).where(TeamMembership.person_id == person_id, longer))
    for stay in stays:
        if last_day < stay.joined_on:
            db.session.delete(stay)
        else:
            stay.left_on = last_day
    # The database allows one current stay: this one must end before another begins.
    db.session.flush()


def _grant(person_id: int, role: Role, team_id: int | None) -> RoleGrant | None:
    return db.session.scalars(
        select(RoleGrant).where(
            RoleGrant.person_id == person_id, RoleGrant.role == role, RoleGrant.team_id.is_not_distinct_from(team_id)
        )
    ).one_or_none()


def _keep_an_administrator(person_id: int, today: date) -> None:
    """Raise LastAdministrator when the person is the only one present who can give out roles and sign in."""
    able = db.session.scalars(
        select(Person.id)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .join(Password, Password.person_id == Person.id)
        .where(RoleGrant.role == Role.ADMINISTRATOR, queries.is_present(today))
    ).all()
    if set(able) == {person_id}:
        raise rules.LastAdministrator()

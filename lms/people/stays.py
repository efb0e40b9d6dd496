"""Who held which post and which role on which days, so that the past can be asked about.

The roster tells posts and roles as they are. Of posts the days are kept here; of roles they
follow from the journal. What was held before anybody wrote it down counts from the beginning.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, insert, select, update

from lms.kernel.clock import local_day
from lms.kernel.database import db
from lms.people.models import Act, Person, PersonEvent, PostStay, RoleGrant
from lms.people.permissions import Role


@dataclass(frozen=True, slots=True)
class Held:
    """Days on which someone held something; None where there is no first or no last day."""

    person_id: int
    what: int | Role
    """The number of a post, or a role."""
    since: date | None
    until: date | None


def follow_posts(on: date, person_ids: Collection[int] | None = None) -> None:
    """Write down who has changed posts by a day: these people, or everybody."""
    db.session.flush()
    changed = _changed(person_ids)
    ended = [stay_id for _, _, stay_id, since in changed if stay_id and (since is None or since < on)]
    undone = [stay_id for _, _, stay_id, since in changed if stay_id and since is not None and since >= on]
    known = _known([person_id for person_id, *_ in changed])
    begun = [
        {"person_id": person_id, "workstation_id": post, "since": on if person_id in known else None, "until": None}
        for person_id, post, *_ in changed
        if post is not None
    ]
    if ended:
        db.session.execute(update(PostStay).where(PostStay.id.in_(ended)).values(until=on - timedelta(days=1)))
    if undone:
        db.session.execute(delete(PostStay).where(PostStay.id.in_(undone)))
    if begun:
        db.session.execute(insert(PostStay), begun)


def posts(workstation_ids: Collection[int]) -> list[Held]:
    """Return who held one of these posts and when, by person and day."""
    query = select(PostStay.person_id, PostStay.workstation_id, PostStay.since, PostStay.until)
    rows = db.session.execute(query.where(PostStay.workstation_id.in_(workstation_ids)).order_by(PostStay.id))
    return [Held(*row) for row in rows]


def roles(wanted: Collection[Role]) -> list[Held]:
    """Return who held one of these roles and when; stretches of one person may overlap (two teams led)."""
    grants = select(RoleGrant.person_id, RoleGrant.role, RoleGrant.team_id).where(RoleGrant.role.in_(wanted))
    now = {(person_id, role_words(role, team_id)) for person_id, role, team_id in db.session.execute(grants)}
    told: dict[tuple[int, str], list[tuple[Act, date]]] = defaultdict(list)
    for person_id, act, at, detail in db.session.execute(
        select(PersonEvent.person_id, PersonEvent.act, PersonEvent.at, PersonEvent.detail)
        .where(PersonEvent.act.in_((Act.ROLE_GRANTED, Act.ROLE_REVOKED)))
        .order_by(PersonEvent.id)
    ):
        if _role_in(detail) in wanted:
            told[person_id, detail].append((act, local_day(at)))
    return [
        Held(person_id, _role_in(detail), *days)
        for person_id, detail in sorted({*now, *told})
        for days in _stretches(told[person_id, detail], (person_id, detail) in now)
    ]


def roles_ended(person_id: int, since: date) -> dict[Role, date]:
    """Return the roles that somebody held until a day, from a day on, and holds for nothing any more."""
    acts = (
        select(PersonEvent.detail, PersonEvent.at)
        .where(PersonEvent.person_id == person_id, PersonEvent.act == Act.ROLE_REVOKED)
        .order_by(PersonEvent.id)
    )
    ended = {_role_in(detail): local_day(at) for detail, at in db.session.execute(acts)}
    if not ended:
        return {}
    held = set(db.session.scalars(select(RoleGrant.role).where(RoleGrant.person_id == person_id)))
    return {role: day for role, day in ended.items() if role not in held and day >= since}


def role_words(role: Role, team_id: int | None) -> str:
    """Return how the journal names a role."""
    return role.value if team_id is None else f"{role.value} {team_id}"


def _role_in(words: str) -> Role:
    return Role(words.split()[0])


def _stretches(told: Sequence[tuple[Act, date]], held_now: bool) -> list[tuple[date | None, date | None]]:
    """Return the stretches that acts tell; what nobody gave was held from the beginning."""
    found: list[tuple[date | None, date | None]] = []
    since: date | None = None
    held = not told or told[0][0] is Act.ROLE_REVOKED
    for act, day in told:
        if act is Act.ROLE_REVOKED and held:
            found.append((since, day))
        if (act is Act.ROLE_GRANTED) != held:
            since, held = day, not held
    # A roster gives roles without a word in the journal: then the last word counts as the day.
    return [*found, (since, None)] if held_now else found


def _changed(person_ids: Collection[int] | None) -> list[tuple[int, int | None, int | None, date | None]]:
    current = (PostStay.person_id == Person.id) & PostStay.until.is_(None)
    query = (
        select(Person.id, Person.workstation_id, PostStay.id, PostStay.since)
        .outerjoin(PostStay, current)
        .where(Person.workstation_id.is_distinct_from(PostStay.workstation_id))
    )
    if person_ids is not None:
        query = query.where(Person.id.in_(person_ids))
    return [(one, post, stay_id, since) for one, post, stay_id, since in db.session.execute(query)]


def _known(person_ids: Collection[int]) -> set[int]:
    return set(db.session.scalars(select(PostStay.person_id).where(PostStay.person_id.in_(person_ids))))

"""Questions about the e-mail to leaders: who wants it how often, who is to get it now."""

from collections import defaultdict
from datetime import datetime, time

from sqlalchemy import func, select

from lms.kernel.clock import local_day
from lms.kernel.database import db
from lms.kernel.settings import setting
from lms.people.models import Person, RoleGrant, Shift, Team
from lms.people.permissions import Role
from lms.people.queries import is_present
from lms.reports.digests.models import Digest, DigestChoice
from lms.reports.digests.rules import Every, is_due


def chosen(person_id: int) -> Every:
    """Return how often a leader wants the e-mail."""
    found = db.session.get(DigestChoice, person_id)
    return found.every if found else Every.WEEK


def due(now: datetime) -> list[int]:
    """Return the leaders, present and with an address, who are to be written to at a moment."""
    query = (
        select(RoleGrant.person_id, DigestChoice.every, Shift.starts_at, Shift.ends_at)
        .join(Person, Person.id == RoleGrant.person_id)
        .outerjoin(DigestChoice, DigestChoice.person_id == RoleGrant.person_id)
        .outerjoin(Team, Team.id == RoleGrant.team_id)
        .outerjoin(Shift, Shift.id == Team.shift_id)
        .where(RoleGrant.role == Role.TEAM_LEADER, Person.email.is_not(None), is_present(local_day(now)))
    )
    wanted: dict[int, Every] = {}
    shifts: dict[int, set[tuple[time, time]]] = defaultdict(set)
    for person_id, every, starts_at, ends_at in db.session.execute(query):
        wanted[person_id] = every or Every.WEEK
        if starts_at is not None:
            shifts[person_id].add((starts_at, ends_at))
    last = dict(db.session.execute(select(Digest.person_id, func.max(Digest.at)).group_by(Digest.person_id)).all())
    moment = now.astimezone(setting("TIMEZONE"))
    return sorted(
        person_id
        for person_id, every in wanted.items()
        if is_due(every, local_day(last[person_id]) if person_id in last else None, moment, shifts[person_id])
    )

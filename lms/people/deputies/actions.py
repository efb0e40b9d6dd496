"""Name a deputy, end their time."""

from datetime import date, datetime

from sqlalchemy import select

from lms.kernel import sessions
from lms.kernel.database import db
from lms.kernel.refusals import NotFound
from lms.people.deputies import queries, rules
from lms.people.deputies.models import Deputy, DeputyEnd
from lms.people.models import Person, RoleGrant
from lms.people.permissions import Role


def name(leader_id: int, deputy_id: int, first: date, last: date, by: int, now: datetime, today: date) -> int:
    """Let someone stand in for a leader from a day to a day, both included; return the entry's number.

    Raises NotFound, DeputyIsLeader, LeadsNoTeam, DeputyDaysWrong, DeputyOverlaps or DeputyNotHere.
    """
    if leader_id == deputy_id:
        raise rules.DeputyIsLeader()
    leads = select(RoleGrant.id).where(RoleGrant.person_id == leader_id, RoleGrant.role == Role.TEAM_LEADER)
    if db.session.scalar(leads.limit(1)) is None:
        raise rules.LeadsNoTeam()
    deputy = db.session.get(Person, deputy_id)
    if deputy is None:
        raise NotFound()
    if deputy.left_on is not None and deputy.left_on < last:
        raise rules.DeputyNotHere(left_on=deputy.left_on)
    rules.check_days(first, last, today)
    rules.check_free(first, last, queries.taken(leader_id))
    entry = Deputy(leader_id=leader_id, deputy_id=deputy_id, first_day=first, last_day=last, at=now, by_id=by)
    db.session.add(entry)
    db.session.flush()
    return entry.id


def end(entry_id: int, by: int, now: datetime, leader_id: int | None = None) -> None:
    """End a deputy's time now and their sessions with it (again: nothing happens).

    With `leader_id` only one who stands in for that leader. Raises NotFound.
    """
    entry = db.session.get(Deputy, entry_id)
    if entry is None or leader_id not in (None, entry.leader_id):
        raise NotFound()
    if db.session.get(DeputyEnd, entry_id) is None:
        db.session.add(DeputyEnd(entry_id=entry_id, at=now, by_id=by))
        sessions.end_all_of(entry.deputy_id)
        db.session.flush()

"""Questions about the e-mail to leaders: who wants it how often, who is to get it now."""

from datetime import datetime

from sqlalchemy import func, select

from lms.kernel.clock import local_day
from lms.kernel.database import db
from lms.kernel.settings import setting
from lms.people import queries as people
from lms.people.deputies import queries as deputies
from lms.people.models import Person
from lms.people.queries import is_present
from lms.reports.digests.models import Digest, DigestChoice
from lms.reports.digests.rules import Every, is_due


def chosen(person_id: int) -> Every:
    """Return how often a leader wants the e-mail."""
    found = db.session.get(DigestChoice, person_id)
    return found.every if found else Every.WEEK


def due(now: datetime) -> list[int]:
    """Return the leaders and deputies, present and with an address, who are to be written to at a moment."""
    today = local_day(now)
    led = deputies.leading(today)
    query = (
        select(Person.id, DigestChoice.every)
        .outerjoin(DigestChoice, DigestChoice.person_id == Person.id)
        .where(Person.id.in_(led), Person.email.is_not(None), is_present(today))
    )
    shifts = {team.id: (team.shift.starts_at, team.shift.ends_at) for team in people.teams() if team.shift}
    last = dict(db.session.execute(select(Digest.person_id, func.max(Digest.at)).group_by(Digest.person_id)).all())
    moment = now.astimezone(setting("TIMEZONE"))
    return sorted(
        person_id
        for person_id, every in db.session.execute(query)
        if is_due(
            every or Every.WEEK,
            local_day(last[person_id]) if person_id in last else None,
            moment,
            {shifts[team] for team in led[person_id] if team in shifts},
        )
    )

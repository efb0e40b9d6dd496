"""What courses came to is sealed, and their records go: in one transaction."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update

from lms.catalogue import queries as catalogue
from lms.kernel.clock import local_day
from lms.kernel.database import db
from lms.progress.models import Standing
from lms.progress.queries import read_up_to
from lms.progress.rules import course
from lms.progress.seals import queries
from lms.progress.seals.models import Seal
from lms.progress.seals.rules import stored
from lms.records import actions as records
from lms.records import queries as recorded
from lms.records.rules import fingerprint


def seal(edition_id: int, people: Collection[int], moment: datetime, *, now: datetime) -> list[UUID]:
    """Let the records of some people's courses go to which nothing was added since a moment; return their ids.

    Where somebody stands stays as it is. What was all void leaves nothing to seal.
    """
    content, came_to = catalogue.frozen(edition_id).content, dict[int, dict[str, Any]]()
    for person_id in people:
        events, before = recorded.events_of(person_id, edition_id), queries.before(person_id, edition_id)
        if (found := course(events, content, before)) is not None:
            last = {"last_at": found.standing.last_at, "up_to": read_up_to(events, before)}
            came_to[person_id] = {"course": stored(found, local_day), **last}
    gone = records.let_go(recorded.of_courses(edition_id, people), moment)
    told = defaultdict(list)
    for row in gone:
        told[row.person_id].append(row)
    for person_id, kept in came_to.items():
        own = {"records": len(told[person_id]), "read": fingerprint(told[person_id]), "sealed_at": now}
        db.session.add(Seal(person_id=person_id, edition_id=edition_id, **kept, **own))
    db.session.flush()
    mine = Standing.edition_id == edition_id, Standing.person_id.in_(people)
    db.session.execute(update(Standing).where(*mine).values(records=0, told_at=None))
    return [row.id for row in gone]

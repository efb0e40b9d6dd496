"""What a course came to is sealed, and its records go: in one transaction."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, update

from lms.catalogue import queries as catalogue
from lms.kernel.clock import local_day
from lms.kernel.database import db
from lms.kernel.prepared import Prepared
from lms.progress.models import Standing
from lms.progress.queries import read_up_to
from lms.progress.rules import course
from lms.progress.seals import queries
from lms.progress.seals.models import Seal
from lms.progress.seals.rules import stored
from lms.records import actions as records
from lms.records import queries as recorded

_standings: Any = Standing.__table__
_nothing_told = Prepared(
    update(_standings)
    .where(_standings.c.person_id == bindparam("person"), _standings.c.edition_id == bindparam("edition"))
    .values(records=0, told_at=None)
)


def seal(person_id: int, edition_id: int, moment: datetime, *, now: datetime) -> tuple[UUID, ...]:
    """Let the records of a course go to which nothing was added since a moment; return their ids.

    Where somebody stands stays as it is. What was all void leaves nothing to seal.
    """
    events, before = recorded.events_of(person_id, edition_id), queries.before(person_id, edition_id)
    found = course(events, catalogue.frozen(edition_id).content, before)
    gone = records.let_go(recorded.of_course(person_id, edition_id), moment)
    if found is not None:
        db.session.add(
            Seal(
                person_id=person_id,
                edition_id=edition_id,
                course=stored(found, local_day),
                last_at=found.standing.last_at,
                up_to=read_up_to(events, before),
                records=len(gone.ids),
                read=gone.seal,
                sealed_at=now,
            )
        )
        db.session.flush()
        _nothing_told.run({"person": person_id, "edition": edition_id})
    return gone.ids

"""Standings, and what is kept beside them, made anew from the records."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import delete, select

from lms.catalogue import queries as catalogue
from lms.kernel.clock import local_day
from lms.kernel.database import db, insert_unless
from lms.kernel.prepared import Prepared
from lms.progress import summary
from lms.progress.models import Standing
from lms.progress.queries import Recomputed, courses, gone_through
from lms.progress.rules import StandingFacts
from lms.progress.seals import queries as seals
from lms.records import queries as records

_table: Any = Standing.__table__
_KEY = ("person_id", "edition_id")
_FACTS = tuple(field.name for field in fields(StandingFacts))


def refresh(person_id: int, edition_id: int, events: Sequence[Any] | None = None) -> StandingFacts | None:
    """Make the standing of a person in an edition anew, in the transaction that stored their record.

    `events` are what `records.queries.events_of` gives, for one who has just read them.
    """
    events = records.events_of(person_id, edition_id) if events is None else events
    edition = catalogue.frozen(edition_id)
    found = gone_through(person_id, edition_id, events, seals.before(person_id, edition_id))
    summary.keep(person_id, edition, found.course if found else None, local_day)
    if found is None:
        db.session.execute(delete(_table).where(_table.c.person_id == person_id, _table.c.edition_id == edition_id))
        return None
    _keep(found.recomputed)
    return found.course.standing


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild found."""

    standings: int
    """How many there are to be."""
    differing: list[tuple[int, int]]
    """(person, edition) of those that were absent, left over or otherwise than the records say."""


def rebuild(*, check: bool = False) -> Rebuilt:
    """Make every standing anew and say which were not as the records say; with `check`, change nothing."""
    stored = {(row.person_id, row.edition_id): row for row in db.session.execute(select(_table))}
    kept = summary.Kept()
    count, differing = 0, []
    for found, whole in courses():
        count += 1
        edition = catalogue.frozen(found.edition_id)
        before = stored.pop((found.person_id, found.edition_id), None)
        same = before is not None and before._asdict() == _row(found)
        if not same or not kept.holds(found.person_id, edition, whole, local_day):
            differing.append((found.person_id, found.edition_id))
            if not check:
                _keep(found)
                summary.keep(found.person_id, edition, whole, local_day)
    if not check:
        for person_id, edition_id in stored:
            refresh(person_id, edition_id, ())
    return Rebuilt(count, differing + list(stored))


def _row(found: Recomputed) -> dict[str, Any]:
    return {
        "person_id": found.person_id,
        "edition_id": found.edition_id,
        **{name: getattr(found.facts, name) for name in _FACTS},
        "read_up_to": found.read_up_to,
    }


def _upsert(dialect: str) -> Any:
    statement = insert_unless(_table, dialect)
    given = {column.name: statement.excluded[column.name] for column in _table.columns if column.name not in _KEY}
    return statement.on_conflict_do_update(index_elements=_KEY, set_=given)


_keep_row = Prepared(_upsert)


def _keep(found: Recomputed) -> None:
    _keep_row.run(_row(found))

"""Questions about seals."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select, tuple_, union_all

from lms.kernel.database import db
from lms.kernel.prepared import Prepared, each
from lms.progress.models import Standing
from lms.progress.rules import Before
from lms.progress.seals.models import AnalysisSeal, Seal
from lms.progress.seals.rules import read
from lms.records import queries as records

_table: Any = Seal.__table__
_read = select(_table.c.person_id, _table.c.edition_id, _table.c.course, _table.c.up_to)
_of_one = Prepared(
    _read.where(_table.c.person_id == bindparam("person"), _table.c.edition_id == bindparam("edition"))
    .order_by(_table.c.id.desc())
    .limit(1)
)


def before(person_id: int, edition_id: int) -> Before | None:
    """Return what one person's course came to before its records went; None where none has gone."""
    found = _of_one.rows({"person": person_id, "edition": edition_id})
    return read(found[0].course, found[0].up_to) if found else None


def newest(edition_ids: Collection[int] | None = None) -> dict[tuple[int, int], Any]:
    """Return the newest seal of each course, of all editions or of some, by person and edition."""
    query = select(*_table.columns).order_by(_table.c.id)
    if edition_ids is not None:
        query = query.where(_table.c.edition_id.in_(edition_ids))
    return {(row.person_id, row.edition_id): row for row in each(query)}


def newest_of_some(after: int, last: int) -> dict[tuple[int, int], Any]:
    """Return the same of the people whose numbers lie after one and up to another."""
    query = select(*_table.columns).where(_table.c.person_id > after, _table.c.person_id <= last).order_by(_table.c.id)
    return {(row.person_id, row.edition_id): row for row in each(query)}


def newest_of_module(module_id: int) -> AnalysisSeal | None:
    """Return what the questions of a module came to when answers went, the last time."""
    query = select(AnalysisSeal).where(AnalysisSeal.module_id == module_id).order_by(AnalysisSeal.id.desc())
    return db.session.scalars(query.limit(1)).first()


def courses_over(before: datetime) -> Select[Any]:
    """Return the statement of courses to which nothing was added since a moment: `person_id`, `edition_id`, `records`.

    By what is kept of each course; those of which something is void, which are few, by their records.
    """
    void = records.partly_void()
    pair = tuple_(Standing.person_id, Standing.edition_id)
    kept = select(Standing.person_id, Standing.edition_id, Standing.records).where(
        Standing.told_at < before, pair.not_in(void), pair.not_in(records.staying())
    )
    counted = records.courses_over(before)
    found = union_all(kept, counted.where(tuple_(*list(counted.selected_columns)[:2]).in_(void))).subquery()
    return select(found)


def gone_by(edition_ids: Collection[int], up_to: int) -> list[tuple[int, int]]:
    """Return the people of whom records of these editions went that had all arrived by a sequence, and how many."""
    query = (
        select(_table.c.person_id, func.sum(_table.c.records))
        .where(_table.c.edition_id.in_(edition_ids), _table.c.up_to <= up_to)
        .group_by(_table.c.person_id)
    )
    return [(person_id, count) for person_id, count in db.session.execute(query)]


def gone_of(edition_ids: Collection[int]) -> tuple[int, Any]:
    """Return of how many people records of these editions went, and when that was last (None for never)."""
    query = select(func.count(_table.c.person_id.distinct()), func.max(_table.c.sealed_at)).where(
        _table.c.edition_id.in_(edition_ids)
    )
    people, last = db.session.execute(query).one()
    return people, last

"""What is done with records: they are stored, and that is all."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, bindparam, insert, select, text
from sqlalchemy.dialects import sqlite

from lms.kernel.database import db, is_sqlite
from lms.kernel.prepared import Prepared
from lms.kernel.purging import let_rows_go
from lms.records import queries
from lms.records.activities import activity_ids, foreign_actor_ids
from lms.records.models import GoneRecord, LearningRecord, Source
from lms.records.rules import Fate, NewRecord, Outcome, digest

_table: Any = LearningRecord.__table__
_take_turn = text("SELECT pg_advisory_xact_lock(7106664)")


def store(new_records: Sequence[NewRecord], now: datetime) -> Outcome:
    """Store what is new; say of each record what became of it.

    The same id with the same content again is accepted and stored once; with another
    content it is a conflict and changes nothing. Whoever calls refreshes the standings
    that were touched, in the same transaction.
    """
    take_turn()
    if is_sqlite() and len(new_records) == 1 and _insert_one(new_records[0], now):
        return Outcome((Fate.STORED,), _touched([(new_records[0], b"")]))
    fates, fresh = _sort_out(new_records)
    if fresh:
        _insert_all(fresh, now)
    return Outcome(fates, _touched(fresh))


def take_turn() -> None:
    """Let nobody else store records until this transaction ends."""
    if not is_sqlite():
        # Without a turn, PostgreSQL hands out sequence numbers that commit in another order: a
        # record could then appear below the number up to which an evaluation had read. SQLite
        # has one writer at a time anyhow.
        db.session.execute(_take_turn)


Fresh = list[tuple[NewRecord, bytes]]


def _sort_out(new_records: Sequence[NewRecord]) -> tuple[tuple[Fate, ...], Fresh]:
    known = queries.digests([record.id for record in new_records])
    untouchable = queries.voiding([record.voids_id for record in new_records if record.voids_id])
    fates: list[Fate] = []
    fresh: Fresh = []
    for record in new_records:
        said = digest(record)
        if record.id in known:
            fates.append(Fate.DUPLICATE if known[record.id] == said else Fate.CONFLICT)
        elif record.voids_id in untouchable:
            fates.append(Fate.VOIDS_A_VOIDING)
        else:
            fates.append(Fate.STORED)
            fresh.append((record, said))
            known[record.id] = said
            if record.voids_id:
                untouchable.add(record.id)
    return tuple(fates), fresh


def _insert_one(record: NewRecord, now: datetime) -> bool:
    """Insert a record of ours at once; say whether its id was new. An answer takes this way, nearly always.

    Not on PostgreSQL, where a row that is turned away uses up a sequence number. Nor what was brought in: it may
    be as old as what has gone, which a kiosk's is never.
    """
    if record.voids_id or record.foreign_actor or record.source is Source.IMPORT:
        return False
    activities = activity_ids([record.activity] if record.activity else ())
    return _insert_new.run(_row(record, digest(record), activities, {}, now)) == 1


def _insert_all(fresh: Fresh, now: datetime) -> None:
    activities = activity_ids([record.activity for record, _ in fresh if record.activity])
    actors = foreign_actor_ids([record.foreign_actor for record, _ in fresh if record.foreign_actor])
    _insert.run_all([_row(record, said, activities, actors, now) for record, said in fresh])


def _row(
    record: NewRecord, said: bytes, activities: Mapping[str, int], actors: Mapping[str, int], now: datetime
) -> dict[str, Any]:
    row = dict(zip(_COPIED, _values(record), strict=True))
    row["activity_id"] = activities[record.activity.iri] if record.activity else None
    row["foreign_actor_id"] = actors[record.foreign_actor.identifier] if record.foreign_actor else None
    row["occurred_at"] = record.occurred_at or now
    row["recorded_at"] = now
    row["extras"] = record.extras or None
    row["digest"] = said
    return row


_COPIED = tuple(column.name for column in _table.columns if column.name in NewRecord.__slots__)
_values = attrgetter(*_COPIED)
_bound: dict[str, Any] = {column.name: bindparam(column.name) for column in _table.columns if column.name != "sequence"}
_insert = Prepared(_table.insert().values(_bound))
_insert_new = Prepared(sqlite.insert(_table).values(_bound).on_conflict_do_nothing(index_elements=["id"]))


def _touched(fresh: Fresh) -> frozenset[tuple[int, int]]:
    pairs = {
        (record.person_id, record.edition_id)
        for record, _ in fresh
        if record.person_id is not None and record.purpose is None
    }
    voided = [record.voids_id for record, _ in fresh if record.voids_id]
    return frozenset(
        (person_id, edition_id)
        for person_id, edition_id in pairs | (queries.pairs(voided) if voided else set())
        if person_id is not None and edition_id is not None
    )


def let_go(which: ColumnElement[bool], before: datetime) -> Sequence[Any]:
    """Let records go that happened before a moment; what stays tells only that there were some.

    Return `id`, `digest` and `person_id` of each, in the order of their arrival. What they came to is to be sealed
    first. The database refuses all of it where one of them is younger.
    """
    query = select(_table.c.id, _table.c.digest, _table.c.person_id).where(which).order_by(_table.c.sequence)
    rows = db.session.execute(query).all()
    if rows:
        db.session.execute(insert(GoneRecord), [{"id": row.id, "digest": row.digest} for row in rows])
        let_rows_go(_table, before, which)
    return rows

"""The box of an open wave: sheets and marks of who was asked, shaken with each arrival.

`models.py` says why. Whoever puts something in holds the wave's lock, so that arrivals
follow one another and each writes again what the former left.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast
from uuid import uuid4

from sqlalchemy import Table, delete, exists, insert, or_, select

from lms.kernel.database import db, is_sqlite
from lms.surveys.models import AnswerSheet, HeldSheet, Participation, SurveyCode, Wave

_sheets, _marks, _codes, _archive = (
    cast(Table, mapped.__table__) for mapped in (HeldSheet, Participation, SurveyCode, AnswerSheet)
)


def put_sheet(wave: Wave, sheet: Mapping[str, Any]) -> None:
    """Put a sheet in, under a random number."""
    _put(_sheets, {**sheet, "id": uuid4(), "wave_id": wave.id})


def put_mark(wave: Wave, digest: bytes) -> None:
    """Note that somebody was asked."""
    _put(_marks, {"wave_id": wave.id, "digest": digest})


def pour_out(now: datetime) -> None:
    """Keep for good the sheets of waves that are closed; forget who was asked, and codes left over.

    A wave into which somebody is just putting a sheet is left to the next time.
    """
    left = [exists().where(table.c.wave_id == Wave.id) for table in (_sheets, _marks, _codes)]
    closed = select(Wave.id).where(Wave.announced_at.is_not(None), Wave.closes_at <= now, or_(*left))
    for wave_id in db.session.scalars(closed.order_by(Wave.id).with_for_update(skip_locked=True)).all():
        sheets = _taken(_sheets, wave_id)
        if sheets:
            db.session.execute(insert(_archive), sheets)
        for table in (_marks, _codes):
            db.session.execute(delete(table).where(table.c.wave_id == wave_id))


def _put(table: Table, row: dict[str, Any]) -> None:
    # SQLite keeps these tables in the order of their keys and knows no transaction of a row.
    others = [] if is_sqlite() else _taken(table, row["wave_id"])
    db.session.execute(insert(table), sorted([*others, row], key=_random_key))


def _taken(table: Table, wave_id: int) -> list[dict[str, Any]]:
    """Take a wave's rows out, in the order of their random keys."""
    rows = db.session.execute(delete(table).where(table.c.wave_id == wave_id).returning(*table.c)).mappings()
    return sorted((dict(row) for row in rows), key=_random_key)


def _random_key(row: Mapping[str, Any]) -> bytes:
    return row["digest"] if "digest" in row else row["id"].bytes

"""Questions about readings, answered as far as was known at a moment."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from lms.evaluation.readings.models import Reading
from lms.evaluation.readings.rules import Known, in_force
from lms.evaluation.readings.series import SERIES, Kind
from lms.kernel.database import db


def readings(series: str, since: date, until: date, known_at: datetime) -> list[Known]:
    """Return what a series says of a stretch of days, by its first day; corrected readings are left out.

    Of a flow, the readings whose period lies within: part of a month is nobody's figure. Of a
    rate, those that hold on any of the days. Raises KeyError for a series nobody declared.
    """
    kind = SERIES[series].kind
    rows = db.session.execute(_columns().where(Reading.series == series))
    known = in_force((Known(**row._mapping) for row in rows), known_at)
    if kind is Kind.FLOW:
        return [one for one in known if since <= one.starts_on and one.ends_on <= until]
    return [one for one in known if one.starts_on <= until and since <= one.ends_on]


def current(known_at: datetime) -> list[Known]:
    """Return every reading in force."""
    return in_force((Known(**row._mapping) for row in db.session.execute(_columns())), known_at)


def every_reading() -> Sequence[Reading]:
    """Return every reading with its team, those corrected too, newest period first."""
    return db.session.scalars(
        select(Reading)
        .options(joinedload(Reading.team))
        .order_by(Reading.ends_on.desc(), Reading.series, Reading.id.desc())
    ).all()


def _columns() -> Select[*tuple[Any, ...]]:
    columns = (getattr(Reading, field.name) for field in fields(Known))
    return select(*columns).order_by(Reading.starts_on, Reading.id)

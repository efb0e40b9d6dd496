"""Keeping a reading."""

from dataclasses import replace
from datetime import datetime

from lms.evaluation.readings import queries, rules
from lms.evaluation.readings.models import Reading
from lms.evaluation.readings.rules import NewReading
from lms.kernel.clock import local_day
from lms.kernel.database import db


def enter(new: NewReading, by: int | None, now: datetime) -> int:
    """Keep a figure from outside, or the correction of one; return its number.

    The same figure again is the one that is kept. Raises the refusals of `rules.check`.
    """
    new = replace(new, source=" ".join(new.source.split()))
    current = queries.current(now)
    if new.supersedes_id is None:
        known = next((one for one in current if one.says(new)), None)
        if known is not None:
            return known.id
    rules.check(new, current, local_day(now))
    made = Reading(
        series=new.series,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        team_id=new.team_id,
        value=new.value,
        low=new.low,
        high=new.high,
        source=new.source,
        illustrative=new.illustrative,
        entered_by_id=by,
        recorded_at=now,
        supersedes_id=new.supersedes_id,
    )
    db.session.add(made)
    db.session.flush()
    return made.id

"""Training at work (AFEST): what a sign-off lacks to be called so, and the record that holds it.

Code du travail, D6313-3-2: the analysis of the work activity, a trainer designated beforehand,
reflective phases distinct from the work situation, specific evaluations. Nothing is called AFEST here
that has no record, and no record is kept that lacks one of these.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from lms.kernel.clock import local_day
from lms.kernel.database import db
from lms.kernel.refusals import NotFound
from lms.skills import authority
from lms.skills.models import AfestRecord, SignOff
from lms.skills.rules import Outcome


@dataclass(frozen=True)
class Entry:
    """What is said of a training at work, beside the sign-off."""

    activity: str
    """The analysis of the work activity."""
    led_by: int
    designated_on: date
    reflected_on: date
    reflected_at: str
    """Where: apart from the work situation."""
    reflection: str
    evaluation: str


def record(sign_off_id: int, entry: Entry, by: int | None, now: datetime) -> AfestRecord:
    """Record that a sign-off belongs to a training at work.

    Raises NotFound, AfestTaken, AfestIncomplete, AfestOutOfOrder or SelfSignOff.
    """
    seen = db.session.get(SignOff, sign_off_id)
    if seen is None or seen.outcome is Outcome.NOT_DONE:
        raise NotFound()
    if db.session.get(AfestRecord, sign_off_id) is not None:
        raise authority.AfestTaken()
    if not all(text.strip() for text in (entry.activity, entry.reflected_at, entry.reflection, entry.evaluation)):
        raise authority.AfestIncomplete()
    if not entry.designated_on <= seen.observed_on <= entry.reflected_on <= local_day(now):
        raise authority.AfestOutOfOrder()
    if entry.led_by == seen.person_id:
        raise authority.SelfSignOff()
    made = AfestRecord(
        sign_off_id=sign_off_id,
        recorded_for_id=seen.person_id,
        activity=entry.activity.strip(),
        led_by_id=entry.led_by,
        designated_on=entry.designated_on,
        reflected_on=entry.reflected_on,
        reflected_at=entry.reflected_at.strip(),
        reflection=entry.reflection.strip(),
        evaluation=entry.evaluation.strip(),
        recorded_by_id=by,
        recorded_at=now,
    )
    db.session.add(made)
    db.session.flush()
    return made


def of_sign_offs(numbers: Collection[int]) -> dict[int, AfestRecord]:
    """Return the record of each sign-off that has one."""
    found = db.session.scalars(select(AfestRecord).where(AfestRecord.sign_off_id.in_(numbers)))
    return {one.sign_off_id: one for one in found}

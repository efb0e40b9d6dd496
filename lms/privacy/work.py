"""What somebody did in modules, step by step: once its time is over it goes, what it came to is sealed.

A part at a time, each part whole courses and one transaction: what is not finished was not begun.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from datetime import time as clock_time
from itertools import groupby
from operator import itemgetter
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Table, func, select

from lms.evaluation import queries as evaluations
from lms.evaluation import sealing
from lms.evaluation.models import Pilot
from lms.evaluation.sealing import LastLook
from lms.kernel.clock import end_of, months_after
from lms.kernel.database import db
from lms.kernel.personal import Term
from lms.kernel.settings import setting
from lms.privacy import queries, rules
from lms.privacy.files import each_of
from lms.progress.seals import queries as seals
from lms.progress.seals.actions import seal
from lms.progress.seals.figures import LastFigures, keep, last_figures
from lms.records import actions as recording
from lms.records import queries as records
from lms.records.models import LearningRecord

_table = cast(Table, LearningRecord.__table__)
AT_ONCE = 10_000
"""Records that go in one transaction, one course more or less: kiosks wait meanwhile."""


@dataclass(frozen=True)
class Holding:
    """A pilot that holds back what was done."""

    pilot: Pilot
    because: rules.Because
    ends_on: date
    since: datetime
    """What happened from then on stays."""


@dataclass(frozen=True)
class Part:
    """What goes at once."""

    before: datetime
    courses: tuple[tuple[int, int], ...]
    """Whole courses by person and edition, those of an edition together."""
    besides: tuple[UUID, ...]
    """Records that belong to no course."""
    looks: tuple[LastLook, ...]
    """What the evaluations came to that read one of the courses."""
    figures: tuple[LastFigures, ...]
    """What the questions of their modules came to."""


def holding(now: datetime) -> list[Holding]:
    """Return the pilots with a frozen protocol that hold something back, the newest first."""
    return [found for pilot in evaluations.every_pilot() if (found := _holding(pilot, now)) is not None]


def _holding(pilot: Pilot, now: datetime) -> Holding | None:
    conditions = evaluations.conditions(pilot)
    because = rules.held_because(end_of(conditions.ends_on), conditions.evaluated_after_end, _months(), now)
    if not conditions.frozen or because is None:
        return None
    first = months_after(conditions.starts_on, -rules.BEFORE_A_PILOT)
    since = datetime.combine(first, clock_time(), setting("TIMEZONE"))
    return Holding(pilot, because, conditions.ends_on, since)


def before(now: datetime) -> datetime:
    """Return the moment since which nothing may have been added to what goes: by its length, and for every pilot."""
    return min([rules.cut_off(now, _months()), *(one.since for one in holding(now))])


def waiting(now: datetime) -> int:
    """Return how many records would go."""
    moment = before(now)
    in_courses = db.session.scalar(select(func.sum(seals.courses_over(moment).subquery().c.records))) or 0
    beside = select(func.count()).select_from(_table).where(records.beside_courses(moment))
    return int(in_courses) + (db.session.scalar(beside) or 0)


def part(now: datetime) -> Part:
    """Return what would go first; evaluations that read it, and figures of questions, are worked out a last time."""
    moment = before(now)
    courses, count = [], 0
    # Edition by edition, so that the figures of a few modules are worked out at once, not of all of them.
    for row in db.session.execute(seals.courses_over(moment).order_by("edition_id", "person_id").limit(AT_ONCE)):
        courses.append((row.person_id, row.edition_id))
        count += row.records
        if count >= AT_ONCE:
            break
    beside = select(_table.c.id).where(records.beside_courses(moment)).order_by(_table.c.sequence).limit(AT_ONCE)
    ids = tuple(db.session.scalars(beside))
    figures = tuple(last_figures({edition_id for _, edition_id in courses}))
    return Part(moment, tuple(courses), ids, tuple(sealing.last_looks(courses)), figures)


def rows(found: Part) -> Iterator[Any]:
    """Yield the records of a part as they are, to be handed out before they go."""
    for which in _each(found):
        yield from each_of(select(_table).where(which).order_by(_table.c.sequence))


def let_go(found: Part, *, now: datetime) -> dict[str, int]:
    """Seal courses, evaluations and figures of questions, let their records go; return how many of both.

    A course to which something was added since the part was read is left for another time.
    """
    sealing.keep(found.looks, _months(), now=now)
    keep(found.figures, now=now)
    seals_made, records_gone = 0, 0
    for edition_id, people in _courses(found):
        still = records.still_over(edition_id, people, found.before)
        seals_made += len(still)
        records_gone += len(seal(edition_id, sorted(still), found.before, now=now))
    for which in _besides(found):
        records_gone += len(recording.let_go(which, found.before))
    return {"course_seals": seals_made, "learning_records": records_gone}


def _each(found: Part) -> Iterator[ColumnElement[bool]]:
    yield from (records.of_courses(*some) for some in _courses(found))
    yield from _besides(found)


def _courses(found: Part) -> Iterator[tuple[int, list[int]]]:
    """Yield the courses edition by edition, of so many people that one statement can name them."""
    for edition_id, pairs in groupby(found.courses, key=itemgetter(1)):
        people = [person_id for person_id, _ in pairs]
        for first in range(0, len(people), 500):
            yield edition_id, people[first : first + 500]


def _besides(found: Part) -> Iterator[ColumnElement[bool]]:
    for first in range(0, len(found.besides), 500):
        yield _table.c.id.in_(found.besides[first : first + 500])


def _months() -> int:
    return queries.terms()[Term.WORK]

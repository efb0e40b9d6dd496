"""Ask for a job, look at it, forget old ones."""

from datetime import datetime, timedelta
from uuid import UUID

from flask import current_app
from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update
from sqlalchemy.exc import IntegrityError

from lms.kernel.database import db
from lms.kernel.ids import new_id
from lms.kernel.jobs.kinds import KINDS, Arguments
from lms.kernel.jobs.models import Job, State
from lms.kernel.languages import current_language
from lms.kernel.refusals import NotFound, Refusal

KEPT = timedelta(days=30)
"""How long a job that has ended can be looked at."""
REST = timedelta(hours=1)
"""How long the house does not ask again for what came to nothing."""
SILENCE = timedelta(seconds=30)
"""After so long without a word whoever worked on it is gone, and another takes it up."""


def ask(kind: str, subject: str, arguments: Arguments, *, by: int | None, now: datetime) -> Job:
    """Ask for a job; return the one that is open already for the same kind and subject, if there is one."""
    found = _open_one(kind, subject)
    if found is not None:
        return found
    job = Job(
        id=new_id(),
        kind=KINDS[kind].name,
        subject=subject,
        arguments=dict(arguments),
        language=current_language(),
        asked_by=by,
        asked_at=now,
        state=State.WAITING,
    )
    try:
        with db.session.begin_nested():
            db.session.add(job)
    except IntegrityError:
        # Somebody else asked between our look and our writing.
        found = _open_one(kind, subject)
        if found is None:
            raise
        return found
    return job


def ask_what_is_due(now: datetime) -> int:
    """Ask for everything that the house does by itself; return how many jobs that made.

    What came to nothing is left alone for a while.
    """
    every = [(kind.name, *one) for kind in KINDS.values() for one in kind.due(now)]
    due = [one for one in every if not _failed_lately(one[0], one[1], now)]
    return sum(ask(*one, by=None, now=now).asked_at == now for one in due)


def _failed_lately(kind: str, subject: str, now: datetime) -> bool:
    last = newest(kind, subject)
    return last is not None and last.state is State.REFUSED and last.ended_at is not None and now - last.ended_at < REST


def ask_again(job: Job, *, by: int | None, now: datetime) -> Job:
    """Ask once more for what came to nothing."""
    return ask(job.kind, job.subject, job.arguments, by=by, now=now)


def cancel(job: Job, words: str, *, now: datetime) -> bool:
    """End a job whose result is wanted no longer; say whether it was still open.

    Whoever works on it stops at its next step, and can keep nothing: that needs the open row.
    """
    ours = (Job.id == job.id, Job.ended_at.is_(None))
    values = {"state": State.REFUSED, "message": words, "ended_at": now}
    ended = db.session.connection().execute(update(Job).where(*ours).values(**values)).rowcount
    db.session.expire(job)
    return bool(ended)


def find(job_id: UUID) -> Job:
    """Return a job; raises NotFound."""
    job = db.session.get(Job, job_id)
    if job is None:
        raise NotFound()
    return job


def in_words(refusal: Refusal) -> str:
    """Return a refusal as whoever asked for the work reads it."""
    return str(current_app.extensions["worded"](refusal))


def newest(kind: str, subject: str) -> Job | None:
    """Return the last job of that kind about that subject, if it is still known."""
    query = select(Job).where(Job.kind == kind, Job.subject == subject).order_by(Job.asked_at.desc(), Job.id.desc())
    return db.session.scalars(query.limit(1)).first()


def to_take_up(now: datetime) -> ColumnElement[bool]:
    """Return the condition that nobody works on a job that is open."""
    unheard = and_(Job.state == State.RUNNING, or_(Job.beat_at.is_(None), Job.beat_at < now - SILENCE))
    return and_(Job.ended_at.is_(None), or_(Job.state == State.WAITING, unheard))


def something_waits(now: datetime) -> bool:
    """Whether there is a job on which nobody works."""
    return bool(db.session.scalar(select(exists().where(to_take_up(now)))))


def purge(now: datetime) -> None:
    """Forget jobs that ended long ago."""
    db.session.execute(delete(Job).where(Job.ended_at < now - KEPT))


def _open_one(kind: str, subject: str) -> Job | None:
    query = select(Job).where(Job.kind == kind, Job.subject == subject, Job.ended_at.is_(None))
    return db.session.scalars(query).one_or_none()

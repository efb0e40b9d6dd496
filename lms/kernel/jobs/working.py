"""Do the jobs that wait, one after the other, and say all the while that one is alive.

The claim of a job is one conditional update, so that any number of processes on any number of
machines can share a database. On one machine the server starts such a process when a job waits
(`Keeper`) and it ends when none is left: at rest nothing of it is in memory.
"""

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NoReturn
from uuid import UUID

from flask import Flask, current_app
from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError

from lms.kernel.clock import now
from lms.kernel.database import db, release, writing
from lms.kernel.jobs import actions
from lms.kernel.jobs.kinds import KINDS, Asked, JobBrokenOff, JobCancelled, JobFailed, JobGivenUp, Report, silent
from lms.kernel.jobs.models import Job, State
from lms.kernel.jobs.rules import stopped
from lms.kernel.languages import speaking
from lms.kernel.refusals import Refusal

BEAT, AT_LEAST = 1.0, timedelta(seconds=5)
"""Seconds between two looks at how far it is; it is written when it changed, and at least so often."""
LOOK = 1.0
"""Seconds between two looks for jobs."""
DUE, FIRST = timedelta(minutes=10), timedelta(minutes=1)
"""How often the house is asked what it does by itself, and how long after a server's start for the first time."""
_log = logging.getLogger(__name__)


def ask_and_work_off() -> int:
    """Ask for what the house does by itself, then do every job that waits; return how many ended."""
    with writing():
        actions.ask_what_is_due(now())
        db.session.commit()
    return work_off()


def go_on() -> NoReturn:
    """Do the jobs of others as they come, and ask from time to time for what is due."""
    asked_at = now()
    while True:
        time.sleep(LOOK)
        if now() - asked_at >= DUE:
            asked_at = now()
            ask_and_work_off()
        else:
            work_off()


def work_off() -> int:
    """Do every job that waits; return how many ended."""
    ended = 0
    while (job_id := _claim()) is not None:
        _do(job_id)
        ended += 1
    if ended:
        with writing():
            actions.purge(now())
            db.session.commit()
    return ended


def see_through(job_id: UUID, tell: Report) -> Job:
    """Do a job oneself, or wait while another does it, and tell how far it is; return it once it has ended."""
    while True:
        if _claim(job_id) is not None:
            _do(job_id, tell)
        job = actions.find(job_id)
        if not job.open:
            return job
        tell(job.done, job.whole)
        release()
        time.sleep(LOOK)


def _claim(only: UUID | None = None) -> UUID | None:
    """Take up the job that has waited longest, or only that one; None when it does not wait, or none does."""
    waits = actions.something_waits(now())
    release()
    if not waits:
        return None
    with writing():
        while True:
            moment = now()
            query = select(Job).where(actions.to_take_up(moment)).order_by(Job.asked_at, Job.id)
            if only is not None:
                query = query.where(Job.id == only)
            job = db.session.scalars(query.limit(1)).one_or_none()
            if job is None:
                db.session.rollback()
                return None
            way = stopped(job.way, job.done)
            if way.is_hopeless:
                _refuse(job.id, job.attempts, JobGivenUp())
                continue
            values = {"state": State.RUNNING, "beat_at": moment, "done": 0, "whole": 0}
            values |= {"attempts": way.attempts + 1, "furthest": way.furthest, "further_in": way.further_in}
            job_id, taken = job.id, _change(job.id, job.attempts, **values)
            db.session.commit()
            if taken:
                return job_id


def _do(job_id: UUID, tell: Report = silent) -> None:
    job = actions.find(job_id)
    attempt, kind = job.attempts, KINDS[job.kind]
    asked = Asked(job.arguments, job.asked_by, job.reached, partial(_save, job_id, attempt))
    release()

    def report(done: int, whole: int) -> None:
        beat.report(done, whole)
        tell(done, whole)

    try:
        with _Beat(job_id, attempt) as beat:
            found = kind.work(asked, report)
        release()
        with writing():
            result = kind.keep(found)
            if _change(job_id, attempt, state=State.DONE, result=result, ended_at=now()):
                db.session.commit()
            release()
    except Refusal as refusal:
        release()
        _refuse(job_id, attempt, refusal)
    except Exception:  # noqa: BLE001  (whatever it was, whoever asked is told)
        _log.exception("job %s (%s) failed", job_id, kind.name)
        release()
        _refuse(job_id, attempt, JobBrokenOff() if actions.find(job_id).reached else JobFailed())


def _save(job_id: UUID, attempt: int, reached: Mapping[str, Any]) -> None:
    """Commit what was written, and how far that is, unless another has taken the job up."""
    if not _change(job_id, attempt, reached=dict(reached), further_in=attempt):
        raise JobCancelled()
    db.session.commit()


def _refuse(job_id: UUID, attempt: int, refusal: Refusal) -> None:
    with writing():
        with speaking(actions.find(job_id).language):
            words = actions.in_words(refusal)
        _change(job_id, attempt, state=State.REFUSED, message=words, ended_at=now())
        db.session.commit()


def _change(job_id: UUID, attempt: int, **values: Any) -> bool:
    """Write on a job, unless another has taken it up meanwhile; say whether it was ours."""
    ours = (Job.id == job_id, Job.attempts == attempt, Job.ended_at.is_(None))
    return bool(db.session.connection().execute(update(Job).where(*ours).values(**values)).rowcount)


class _Beat:
    """Writes how far a job is, from a thread of its own: the work may be long between two steps."""

    def __init__(self, job_id: UUID, attempt: int) -> None:
        self._app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
        self._job_id, self._attempt = job_id, attempt
        self._steps = self._written = (0, 0)
        self._written_at: datetime | None = None
        self._ours = True
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def report(self, done: int, whole: int) -> None:
        """Say how many steps are done, and how many there are; raises JobCancelled when nobody waits for the rest."""
        self._steps = (done, whole)
        if not self._ours:
            raise JobCancelled()

    def __enter__(self) -> "_Beat":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        with self._app.app_context(), writing():
            while not self._over.wait(BEAT):
                try:
                    self._write()
                except SQLAlchemyError:
                    _log.warning("job %s: its progress could not be written", self._job_id, exc_info=True)
                    db.session.rollback()

    def _write(self) -> None:
        steps, moment = self._steps, now()
        if steps == self._written and self._written_at and moment - self._written_at < AT_LEAST:
            return
        self._ours = _change(self._job_id, self._attempt, done=steps[0], whole=steps[1], beat_at=moment)
        db.session.commit()
        self._written, self._written_at = steps, moment


class Keeper:
    """Starts a process that does the jobs whenever one waits, beside a server."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._over = threading.Event()
        self._worker: subprocess.Popen[bytes] | None = None
        self._asked_at = now() - DUE + FIRST
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin to look after jobs."""
        self._thread.start()

    def stop(self) -> None:
        """Look no longer; what is being done is done to its end."""
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(LOOK):
            with self._app.app_context():
                try:
                    self._look()
                except Exception:  # noqa: BLE001  (a database that is away comes back)
                    _log.warning("jobs could not be looked after", exc_info=True)
                finally:
                    release()

    def _look(self) -> None:
        moment = now()
        if self._worker is not None and self._worker.poll() is None:
            return
        # The process asks, and not the server: what it takes to know is needed nowhere else in it.
        if moment - self._asked_at >= DUE or actions.something_waits(moment):
            self._asked_at = moment
            self._worker = subprocess.Popen(self._command(), env=self._environment())  # noqa: S603  (our own program)

    def _command(self) -> list[str]:
        return [sys.executable, str(Path(self._app.root_path) / "wsgi.py"), "jobs", "run"]

    def _environment(self) -> dict[str, str]:
        # The worker's own settings may have been given to this application alone.
        kept = {f"LMS_{name}": str(self._app.config[name]) for name in ("INSTANCE_DIR", "DATABASE_URL", "SECRET_KEY")}
        return {**os.environ, **kept}

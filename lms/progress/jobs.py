"""Every standing made anew, slice by slice, as a job.

A slice is some people, whole: what is kept of them is read and compared while others write, and what is wrong is
written in one short transaction together with how far the job is. So readers see of each person what was kept
before or all of what is kept anew; whoever takes up a job that was stopped goes on after the last slice.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from lms.kernel.database import begin_snapshot, release, writing
from lms.kernel.jobs.actions import ask, newest
from lms.kernel.jobs.kinds import Asked, Kind, Report, register
from lms.kernel.jobs.models import Job
from lms.progress.actions import AT_ONCE, Slice, compare, mend
from lms.progress.queries import people_after, people_in_all

_SUBJECT = "everybody"


@dataclass(frozen=True)
class Reached:
    """How far a rebuild is."""

    person: int = 0
    """The number of the last person whose standings are as the records say."""
    people: int = 0
    standings: int = 0
    mended: int = 0


def ask_to_rebuild(*, by: int | None, now: datetime) -> Job:
    """Ask for every standing to be made anew."""
    return ask(REBUILD.name, _SUBJECT, {}, by=by, now=now)


def last_rebuild() -> Job | None:
    """Return the last time that somebody asked for it, if that is still known."""
    return newest(REBUILD.name, _SUBJECT)


def _work(asked: Asked, report: Report) -> Reached:
    begin_snapshot()
    reached, whole = Reached(**(asked.reached or {})), people_in_all()
    report(reached.people, whole)
    while numbers := people_after(reached.person, AT_ONCE):
        found = compare(Slice(reached.person, numbers[-1]))
        release()
        with writing():
            mended = reached.mended + mend(found)
            people, standings = reached.people + len(numbers), reached.standings + found.standings
            reached = Reached(numbers[-1], people, standings, mended)
            asked.save(asdict(reached))
        report(reached.people, max(reached.people, whole))
        begin_snapshot()
    return reached


def _keep(reached: Reached) -> dict[str, Any]:
    return {"standings": reached.standings, "mended": reached.mended}


REBUILD = register(Kind("rebuild", work=_work, keep=_keep))

"""What goes is read and handed out as a file first, however long that takes, then let go at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lms.kernel.clock import now
from lms.kernel.jobs.actions import ask
from lms.kernel.jobs.kinds import Asked, Kind, Report, register
from lms.kernel.jobs.models import Job
from lms.privacy import retention, work
from lms.privacy.work import Part


@dataclass(frozen=True)
class Exported:
    """What was handed out before it goes."""

    file: str
    moment: datetime
    """As of which things are over: what came to its end since stays for the next time."""
    part: Part
    """What goes of courses."""
    by: int | None


def ask_to_purge(*, by: int | None, now: datetime, after: int = 0) -> Job:
    """Ask for all that is over to go; `after` is the purge that left some of it, 0 for none."""
    return ask(PURGE.name, f"over {after}" if after else "over", {}, by=by, now=now)


def _export(asked: Asked, report: Report) -> Exported:
    moment = now()
    part = work.part(moment)
    return Exported(retention.keep_file(retention.export(moment, part)), moment, part, asked.by)


def _let_go(exported: Exported) -> dict[str, Any]:
    made = retention.purge(exported.file, exported.moment, exported.part, by=exported.by, now=now())
    # So much at once, in one transaction; the next job goes on. Where nothing went, it would not either.
    if any(made.counts.values()) and any(one.rows for one in retention.preview(exported.moment)):
        ask_to_purge(by=exported.by, now=now(), after=made.id)
    return {"purge": made.id}


PURGE = register(Kind("purge", work=_export, keep=_let_go))

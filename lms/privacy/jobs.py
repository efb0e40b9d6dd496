"""What goes is read and handed out as a file first, however long that takes, then let go at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lms.kernel.clock import now
from lms.kernel.jobs.actions import ask
from lms.kernel.jobs.kinds import Asked, Kind, Report, register
from lms.kernel.jobs.models import Job
from lms.privacy import retention


@dataclass(frozen=True)
class Exported:
    """What was handed out before it goes."""

    file: str
    moment: datetime
    """As of which things are over: what came to its end since stays for the next time."""
    by: int | None


def ask_to_purge(*, by: int | None, now: datetime) -> Job:
    """Ask for all that is over to go."""
    return ask(PURGE.name, "over", {}, by=by, now=now)


def _export(asked: Asked, report: Report) -> Exported:
    moment = now()
    return Exported(retention.keep_file(retention.export(moment)), moment, asked.by)


def _let_go(exported: Exported) -> dict[str, Any]:
    return {"purge": retention.purge(exported.file, exported.moment, by=exported.by, now=now()).id}


PURGE = register(Kind("purge", work=_export, keep=_let_go))

"""Saved views kept as files on their day, as jobs."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from lms.kernel.clock import local_day, now
from lms.kernel.database import db
from lms.kernel.jobs.kinds import Asked, Kind, Report, register
from lms.kernel.languages import speaking
from lms.kernel.refusals import NotFound
from lms.kernel.settings import setting
from lms.reports.figures import saving
from lms.reports.figures.asking import read
from lms.reports.figures.models import SavedView
from lms.reports.figures.telling import told
from lms.reports.figures.writing import file_name, write


def _work(asked: Asked, report: Report) -> tuple[int, date, str, str, bytes]:
    view = db.session.get(SavedView, asked.arguments["view"])
    if view is None or view.format is None:
        raise NotFound()
    as_of = date.fromisoformat(asked.arguments["as_of"])
    with speaking(view.language):
        found = told(read(view.wanted), as_of, setting("SMALLEST_GROUP"))
        return view.id, as_of, file_name(found, view.format), view.format, write(found, view.format)


def _keep(made: tuple[int, date, str, str, bytes]) -> dict[str, Any]:
    saving.keep(*made, now())
    return {"bytes": len(made[-1])}


def _due(moment: datetime) -> Iterator[tuple[str, dict[str, Any]]]:
    for view, as_of in saving.due(local_day(moment)):
        yield f"{view.id} {as_of}", {"view": view.id, "as_of": as_of.isoformat()}


EXPORT = register(Kind("figures", work=_work, keep=_keep, due=_due))

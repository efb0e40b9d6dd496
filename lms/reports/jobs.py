"""The files of `reports.files` as jobs."""

from datetime import datetime

from lms.evaluation import queries
from lms.evaluation.models import Evaluation, Pilot
from lms.kernel.jobs import actions as jobs
from lms.kernel.jobs.kinds import Asked, Kind, Report, register
from lms.kernel.jobs.models import Job
from lms.kernel.refusals import NotFound
from lms.reports import drawing, files, formats, kept
from lms.reports.pilot.build import build


def ask_for_file(
    pilot: Pilot, evaluation: Evaluation, kind: str, language: str, *, by: int | None, now: datetime
) -> Job:
    """Ask for a file of a kind of `media_types.LONG`."""
    arguments = {"pilot": pilot.code, "evaluation": evaluation.id, "kind": kind, "language": language}
    return jobs.ask(FILE.name, _subject(pilot, evaluation, kind, language), arguments, by=by, now=now)


def under_way(pilot: Pilot, evaluation: Evaluation, kind: str, language: str) -> Job | None:
    """Return the job that makes a file, if one is open."""
    found = jobs.newest(FILE.name, _subject(pilot, evaluation, kind, language))
    return found if found is not None and found.open else None


def _subject(pilot: Pilot, evaluation: Evaluation, kind: str, language: str) -> str:
    return " ".join((pilot.code, str(evaluation.id), kind, *files.languages(kind, language)))


def _make(asked: Asked, report: Report) -> int:
    """Make the file; return its size in bytes.

    It is kept here already and not when the job ends: it goes by all it was made from, and no
    kiosk need wait for the disk. Its pictures are kept before it: whoever takes the job up
    after a kill goes on from them.
    """
    told = asked.arguments
    pilot = queries.pilot(told["pilot"])
    evaluation = queries.evaluation(pilot, told["evaluation"]) if pilot else None
    if pilot is None or evaluation is None:
        raise NotFound()
    kind, language, folder = told["kind"], told["language"], kept.folder()
    file, spoken = files.place(pilot, evaluation, kind, language), files.languages(kind, language)
    for done, each in enumerate(spoken):
        report(done, len(spoken) + 1)
        drawing.pictures(build(pilot, evaluation, each), folder)
    report(len(spoken), len(spoken) + 1)
    content = formats.written(pilot, evaluation, kind, folder, language)
    kept.keep(file, content)
    return len(content)


FILE = register(Kind("report", work=_make, keep=lambda size: {"bytes": size}))

"""The report of an evaluation as files: those that take long are asked for, the others made when downloaded."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Response as Download
from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from lms.evaluation.models import Evaluation, Pilot
from lms.kernel.clock import now
from lms.kernel.jobs.models import Job
from lms.kernel.languages import current_language
from lms.people.permissions import Permission
from lms.reports import drawing, formats, kept
from lms.reports import files as places
from lms.reports.jobs import ask_for_file, under_way
from lms.reports.media_types import LONG, MEDIA_TYPES
from lms.reports.pilot.operators import for_operators
from lms.web.audits.pilots.evaluating import find_evaluation
from lms.web.audits.pilots.labels import FILES, USES
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody


@dataclass(frozen=True)
class Offer:
    """A file of the report as the page offers it."""

    kind: str
    size: int | None
    """In bytes, of a kept file."""
    job: Job | None
    """What makes it, while that is open."""

    @property
    def ready(self) -> bool:
        """Whether it can be downloaded at once."""
        return self.size is not None or self.kind not in LONG


@requires(Permission.READ_EVALUATION)
def files(code: str, number: int) -> str:
    """Show the files of a report: what can be downloaded, what can be asked for."""
    pilot, found = find_evaluation(code, number)
    offers = list(_offers(pilot, found))
    return render_template(
        "audits/pilots/files.html", pilot=pilot, evaluation=found, offers=offers, FILES=FILES, USES=USES, days=kept.DAYS
    )


def _offers(pilot: Pilot, found: Evaluation) -> Iterator[Offer]:
    for kind in FILES:
        if kind in LONG:
            file, job = _place(pilot, found, kind), under_way(pilot, found, kind, current_language())
            yield Offer(kind, file.stat().st_size if file.exists() else None, job)
        else:
            yield Offer(kind, None, None)


@requires(Permission.READ_EVALUATION)
def make_file(code: str, number: int, kind: str) -> Response:
    """Ask for a file; its page follows it until it can be downloaded. One that is kept is not made again."""
    pilot, found = find_evaluation(code, number)
    if _place(pilot, found, kind).exists():
        return redirect(url_for("audits.files", code=code, number=number, _anchor=kind))
    job = ask_for_file(pilot, found, kind, current_language(), by=somebody().id, now=now())
    return redirect(url_for("shared.job", job_id=job.id))


@requires(Permission.READ_EVALUATION)
def report(code: str, number: int, kind: str) -> Response:
    """Hand out the report as a file; lead to where it is asked for when it is not kept."""
    pilot, found = find_evaluation(code, number)
    if kind in LONG:
        file = _place(pilot, found, kind)
        if not file.exists():
            return redirect(url_for("audits.files", code=code, number=number, _anchor=kind))
        content = kept.read(file)
    else:
        content = formats.written(pilot, found, kind, kept.folder())
    return _download(content, MEDIA_TYPES[kind], f"{_name(pilot, found)}.{kind}")


@requires(Permission.READ_EVALUATION)
def operators_print(code: str, number: int) -> Response:
    """Hand out the page for operators as a PDF."""
    pilot, found = find_evaluation(code, number)
    content = drawing.pdf(for_operators(pilot, found), kept.folder())
    return _download(content, MEDIA_TYPES["pdf"], f"{_name(pilot, found)}-operators.pdf")


def _place(pilot: Pilot, found: Evaluation, kind: str) -> Path:
    return places.place(pilot, found, kind, current_language())


def _name(pilot: Pilot, found: Evaluation) -> str:
    return f"{pilot.code}-{found.as_of.isoformat()}-{current_language()}"


def _download(content: bytes, media_type: str, name: str) -> Download:
    response = Download(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

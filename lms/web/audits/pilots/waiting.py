"""What readers of long work on pilots are told, and where it leads them."""

from flask import url_for
from flask_babel import lazy_gettext as _l

from lms.evaluation.jobs import EVALUATION, MONITORING
from lms.kernel.jobs.models import Job
from lms.people.permissions import Permission
from lms.reports.jobs import FILE
from lms.web.shared import jobs


def add_places() -> None:
    """Say it of every kind of work on pilots."""
    jobs.add(
        EVALUATION.name,
        jobs.Place(_l("The pilot is being evaluated"), Permission.READ_EVALUATION, _evaluation, _to_evaluate),
    )
    jobs.add(
        MONITORING.name,
        jobs.Place(_l("The figures of the pilot are being made"), Permission.READ_EVALUATION, _monitoring, _monitoring),
    )
    jobs.add(FILE.name, jobs.Place(_l("The file is being made"), Permission.READ_EVALUATION, _files, _files))


def _evaluation(job: Job) -> str:
    number = (job.result or {})["evaluation"]
    return url_for("audits.evaluation", code=job.arguments["pilot"], number=number)


def _monitoring(job: Job) -> str:
    return url_for("audits.monitoring", code=job.arguments["pilot"])


def _to_evaluate(job: Job) -> str:
    return url_for("audits.evaluate", code=job.arguments["pilot"])


def _files(job: Job) -> str:
    told = job.arguments
    return url_for("audits.files", code=told["pilot"], number=told["evaluation"], _anchor=told["kind"])

"""What everybody may read: the register; and what is told the works council: the report."""

from datetime import datetime, time, timedelta

from flask import Response, current_app, render_template
from flask_babel import gettext as _

from lms.delivery.informing import informed
from lms.kernel.clock import end_of, last_sunday, months_after, today
from lms.kernel.tables import write_csv
from lms.people import notices
from lms.people.permissions import Permission
from lms.privacy import documents
from lms.progress.completion import Question, completion
from lms.progress.sheet import sheet
from lms.reports import drawing, kept
from lms.reports.document import Report
from lms.web.privacy.tabs import tabs
from lms.web.shared.files import named_file
from lms.web.shared.guards import requires, signed_in


@signed_in
def register() -> str:
    """Show what is kept of people and why."""
    return render_template("privacy/register.html", report=documents.register_report(today()), **tabs())


@signed_in
def register_file(kind: str) -> Response:
    """Give the register as a table or in print."""
    if kind == "csv":
        return named_file("csv", _("Register"), today(), write_csv(*documents.register_rows()))
    return _print(documents.register_report(today()), _("Register"))


@requires(Permission.FOLLOW_AGGREGATES)
def report() -> str:
    """Show what the works council is told; nobody's name, the same for all who may read it."""
    return render_template("privacy/report.html", report=_report(), **tabs())


@requires(Permission.FOLLOW_AGGREGATES)
def report_print() -> Response:
    """Give the report in print."""
    return _print(_report(), _("Report"))


def _report() -> Report:
    # Whole weeks, whoever reads: two of these reports differ by a week, never by a person.
    on, least = last_sunday(), current_app.config["SMALLEST_GROUP"]
    notice = notices.newest()
    after = datetime.combine(on + timedelta(days=1), time(), current_app.config["TIMEZONE"])
    return documents.council_report(
        documents.Told(
            on=on,
            least=least,
            notice=notice,
            informed=informed(notice.version, on, after, least) if notice else [],
            completion=completion(sheet(on), Question(), least),
            since=months_after(end_of(on), -3),
        )
    )


def _print(report: Report, name: str) -> Response:
    return named_file("pdf", name, today(), drawing.pdf(report, kept.folder()))

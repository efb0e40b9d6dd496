"""Readings from a file: sent, shown, then kept. The file itself waits on the server."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from lms.evaluation.readings import importing
from lms.evaluation.readings.series import SERIES
from lms.kernel import waiting
from lms.kernel.clock import now, today
from lms.kernel.refusals import Refusal
from lms.people import queries as people
from lms.people.permissions import Permission
from lms.web.audits.readings.forms import ReadingsFile
from lms.web.audits.readings.wording import UNITS
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.refusals import worded
from lms.web.shared.uploads import accepts_files


@requires(Permission.ENTER_READINGS)
@accepts_files
def import_readings() -> str | Response | tuple[str, int]:
    """Take a file of readings and lead on to what it would add."""
    form = ReadingsFile()
    fault = None
    if form.validate_on_submit():
        content = form.file.data.read()
        try:
            importing.preview(content, now(), today())
        except Refusal as refusal:
            fault = worded(refusal)
        else:
            return redirect(url_for("audits.preview_readings", file=waiting.keep(content)))
    page = render_template(
        "audits/readings/import.html", form=form, fault=fault, titles=importing.TITLES, series=SERIES, units=UNITS
    )
    return page if not (fault or form.errors) else (page, 422)


@requires(Permission.ENTER_READINGS)
def preview_readings(file: str) -> str:
    """Show what the file would add; change nothing."""
    shown = importing.preview(waiting.read(file), now(), today())
    return render_template(
        "audits/readings/preview.html",
        shown=shown,
        file=file,
        series=SERIES,
        units=UNITS,
        teams={team.id: team.name for team in people.teams()},
    )


@requires(Permission.ENTER_READINGS)
def apply_readings(file: str) -> Response:
    """Keep what was shown, if it is still the same."""
    shown = importing.preview(waiting.read(file), now(), today())
    try:
        importing.check_unchanged(shown, request.form.get("fingerprint", ""))
    except importing.ReadingsChanged as refusal:
        flash(worded(refusal), "warning")
        return redirect(url_for("audits.preview_readings", file=file))
    importing.apply(shown, by=somebody().id, now=now())
    waiting.forget(file)
    flash(ngettext("%(num)s figure was kept.", "%(num)s figures were kept.", len(shown.steps)), "success")
    return redirect(url_for("audits.readings"))

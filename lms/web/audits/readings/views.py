"""Readings: the list of those in force, a new one, the correction of one."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.evaluation.readings import actions, queries
from lms.evaluation.readings.importing import place_of
from lms.evaluation.readings.models import Reading
from lms.evaluation.readings.series import SERIES
from lms.kernel.clock import now
from lms.kernel.refusals import NotFound, Refusal
from lms.people.permissions import Permission
from lms.web.audits.readings.forms import ReadingForm
from lms.web.audits.readings.wording import UNITS
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.refusals import worded


@requires(Permission.ENTER_READINGS, Permission.READ_EVALUATION)
def readings() -> str:
    """List the readings, the corrected ones struck through."""
    every = queries.every_reading()
    return render_template(
        "audits/readings/readings.html",
        readings=every,
        superseded={reading.supersedes_id for reading in every},
        series=SERIES,
        units=UNITS,
    )


@requires(Permission.ENTER_READINGS)
def new_reading() -> str | Response | tuple[str, int]:
    """Take a figure from outside, or the correction of one."""
    corrected = _corrected()
    form = ReadingForm().offer()
    if corrected:
        form.correct(corrected)
    if form.validate_on_submit():
        try:
            actions.enter(form.reading(corrected), by=somebody().id, now=now())
        except Refusal as refusal:
            _tell(form, refusal)
        else:
            flash(_("The figure is kept."), "success")
            return redirect(url_for("audits.readings"))
    page = render_template(
        "audits/readings/reading_form.html", form=form, corrected=corrected, series=SERIES, units=UNITS
    )
    return page if not form.errors else (page, 422)


def _corrected() -> Reading | None:
    number = request.args.get("corrects", type=int)
    if number is None:
        return None
    found = next((reading for reading in queries.every_reading() if reading.id == number), None)
    if found is None:
        raise NotFound()
    return found


def _tell(form: ReadingForm, refusal: Refusal) -> None:
    """Tell a refusal at its field, above the form where it has none."""
    name = place_of(refusal)
    if name in form:
        form[name].errors = [*form[name].errors, worded(refusal)]
    else:
        form.form_errors = [*form.form_errors, worded(refusal)]

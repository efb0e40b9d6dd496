"""What the steering group decided on an evaluation, and comments beside its verdicts."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from lms.evaluation.decisions import actions
from lms.evaluation.decisions.models import Subject
from lms.evaluation.models import Evaluation, Pilot
from lms.kernel.clock import now, today
from lms.kernel.languages import in_language
from lms.kernel.settings import setting
from lms.people.permissions import Permission
from lms.reports.pilot.deciding import proposed
from lms.reports.pilot.source import source
from lms.web.audits.pilots.attempts import attempt
from lms.web.audits.pilots.deciding_forms import CommentForm, DecideForm
from lms.web.audits.pilots.evaluating import find_evaluation
from lms.web.shared.guards import requires
from lms.web.shared.identity import current_person


@requires(Permission.EVALUATE)
def decide(code: str, number: int) -> Response | tuple[str, int]:
    """Record what the steering group decided."""
    pilot, found = find_evaluation(code, number)
    form = DecideForm(data={"decided_on": today()})
    if form.validate_on_submit():
        zone = setting("TIMEZONE").key
        made = attempt(form, lambda: actions.decide(found, form.deciding(), zone, by=_by(), now=now()))
        if made:
            flash(_("The decision is recorded and stands in the report."), "success")
            return redirect(url_for("audits.evaluation", code=code, number=number, _anchor="decision"))
    proposal = proposed(source(pilot, found))
    page = render_template("audits/pilots/decide.html", form=form, pilot=pilot, evaluation=found, proposal=proposal)
    return page, 422 if form.errors else 200


@requires(Permission.EVALUATE)
def comment(code: str, number: int) -> Response | tuple[str, int]:
    """Add a comment beside a verdict."""
    pilot, found = find_evaluation(code, number)
    form = CommentForm()
    form.offer(_verdicts(pilot, found))
    if form.validate_on_submit():
        made = attempt(form, lambda: actions.comment(found, form.remark(), by=_by(), now=now()))
        if made:
            flash(_("The comment stands beside the verdict, which is unchanged."), "success")
            return redirect(url_for("audits.evaluation", code=code, number=number, _anchor="verdicts"))
    page = render_template("audits/pilots/comment.html", form=form, pilot=pilot, evaluation=found)
    return page, 422 if form.errors else 200


def _verdicts(pilot: Pilot, found: Evaluation) -> list[SelectChoice]:
    told = source(pilot, found)
    recommendations = [
        SelectChoice(
            f"{Subject.RECOMMENDATION}:{row['code']}",
            f"{row['code']} – {in_language(told.recommendation(row['code'])['statement'])}"[:110],
        )
        for row in told.figures["recommendations"]
    ]
    indicators = [SelectChoice(f"{Subject.INDICATOR}:{row['code']}", told.label(row)) for row in told.indicators]
    return recommendations + indicators


def _by() -> int | None:
    person = current_person()
    return person.id if person else None

"""Evaluations: made, read, checked."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.evaluation import queries
from lms.evaluation.jobs import ask_to_evaluate
from lms.evaluation.models import Evaluation, Pilot
from lms.kernel.clock import now, today
from lms.kernel.refusals import NotFound
from lms.people.permissions import Permission
from lms.reports import drawing, kept, page
from lms.reports.pilot.build import build
from lms.reports.pilot.operators import for_operators
from lms.reports.pilot.sheets import gone
from lms.web.audits.pilots.attempts import attempt
from lms.web.audits.pilots.forms import EvaluateForm
from lms.web.audits.pilots.views import find
from lms.web.shared.guards import requires
from lms.web.shared.identity import current_person


@requires(Permission.EVALUATE)
def evaluate(code: str) -> Response | tuple[str, int]:
    """Ask for an evaluation; its page follows it until it can be read."""
    found, person = find(code), current_person()
    form = EvaluateForm(data={"as_of": min(queries.conditions(found).ends_on, today())})
    if form.validate_on_submit():
        by, day = person.id if person else None, form.as_of.data
        asked = attempt(form, lambda: ask_to_evaluate(found, day, by=by, now=now()))
        if asked is not None:
            return redirect(url_for("shared.job", job_id=asked.id))
    return render_template("audits/pilots/evaluate.html", form=form, pilot=found), 422 if form.errors else 200


@requires(Permission.READ_EVALUATION)
def evaluation(code: str, number: int) -> str:
    """Show the report of an evaluation."""
    pilot, found = find_evaluation(code, number)
    report = build(pilot, found)
    return render_template(
        "audits/pilots/evaluation.html",
        pilot=pilot,
        evaluation=found,
        report=report,
        pictures=page.drawn(drawing.pictures(report, kept.folder())),
        simulated=found.results["figures"]["simulated"],
        gone=gone(queries.seal_of(found)),
    )


@requires(Permission.READ_EVALUATION)
def operators(code: str, number: int) -> str:
    """Show the page for operators."""
    pilot, found = find_evaluation(code, number)
    told = for_operators(pilot, found)
    return render_template("audits/pilots/operators.html", pilot=pilot, evaluation=found, report=told)


@requires(Permission.READ_EVALUATION)
def verify(code: str, number: int) -> Response:
    """Recompute an evaluation from its sources and say whether it stands."""
    pilot, found = find_evaluation(code, number)
    differences = queries.verify(pilot, found)
    if differences:
        paths = ", ".join(difference.path for difference in differences[:5])
        flash(_("This evaluation is not what its sources give. Differs: %(paths)s.", paths=paths), "danger")
    elif queries.seal_of(found) is not None:
        flash(
            _("It cannot be recomputed: its records have gone. What was kept is as it was sealed."),
            "warning",
        )
    else:
        flash(_("Recomputed from the records: every figure stands."), "success")
    return redirect(url_for("audits.evaluation", code=code, number=number))


def find_evaluation(code: str, number: int) -> tuple[Pilot, Evaluation]:
    """Return a pilot and one of its evaluations; raises NotFound."""
    pilot = find(code)
    found = queries.evaluation(pilot, number)
    if found is None:
        raise NotFound()
    return pilot, found

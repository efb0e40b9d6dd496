"""Plans: who is to learn what, why and by when."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.audit import queries as audits
from lms.catalogue import queries as catalogue
from lms.kernel.clock import now, today
from lms.kernel.refusals import NotFound
from lms.people import queries as people
from lms.people.permissions import Permission
from lms.plans import actions, queries, rules
from lms.plans.models import Plan
from lms.web.audits.plan_forms import FIELDS_OF_REFUSALS, CancelForm, PlanFilters, PlanForm
from lms.web.shared.guards import requires
from lms.web.shared.refusals import worded


@requires(Permission.READ_AUDIT, Permission.EDIT_PLANS)
def plans() -> str:
    """List the plans, or those of one module."""
    every = queries.every_plan()
    filters = PlanFilters(request.args)
    filters.offer({plan.module.code for plan in every}, _titles())
    wanted = [plan for plan in every if filters.module.data in ("", None, plan.module.code)]
    every_team = len(people.teams())
    return render_template("audits/plans.html", plans=wanted, filters=filters, every_team=every_team, **_facts(wanted))


@requires(Permission.READ_AUDIT, Permission.EDIT_PLANS)
def plan(code: str) -> str:
    """Show one plan."""
    found = _plan(code)
    return render_template("audits/plan.html", plan=found, form=CancelForm(), **_facts([found]))


@requires(Permission.EDIT_PLANS)
def new_plan() -> Response | tuple[str, int]:
    """Plan a module for teams."""
    form = PlanForm(
        data={
            "code": rules.proposed_code(queries.codes()),
            "recommendation": request.args.get("recommendation", type=int),
            "assigned_on": today(),
        }
    )
    form.offer(audits.recommendations(), catalogue.newest_editions(), people.teams())
    if form.validate_on_submit():
        try:
            made = actions.make_plan(**form.answers(), now=now())
        except tuple(FIELDS_OF_REFUSALS) as refusal:
            form[FIELDS_OF_REFUSALS[type(refusal)]].errors = [worded(refusal)]
        else:
            flash(_("The plan %(code)s is made.", code=made.code), "success")
            return redirect(url_for("audits.plan", code=made.code))
    return render_template("audits/new_plan.html", form=form), 422 if form.errors else 200


@requires(Permission.EDIT_PLANS)
def cancel_plan(code: str) -> Response:
    """Cancel a plan; its page asked whether to."""
    actions.cancel_plan(_plan(code), now=now())
    flash(_("The plan %(code)s is cancelled. What was done stays recorded.", code=code), "success")
    return redirect(url_for("audits.plan", code=code))


def _plan(code: str) -> Plan:
    found = queries.plan(code)
    if found is None:
        raise NotFound()
    return found


def _titles() -> dict[str, dict[str, str]]:
    return {edition.code: edition.content.title for edition in catalogue.newest_editions()}


def _facts(shown: list[Plan]) -> dict[str, object]:
    day = today()
    states = {plan.id: rules.state(plan.assigned_on, plan.due_on, plan.cancelled_at is not None, day) for plan in shown}
    return {"people": queries.headcounts(shown, day), "states": states, "titles": _titles(), "today": day}

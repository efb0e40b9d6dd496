"""Plans: who is to learn what, why and by when."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.audit import queries as audits
from lms.catalogue import queries as catalogue
from lms.kernel.clock import now, today
from lms.kernel.refusals import NotFound, Refusal
from lms.people import queries as people
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.plans import actions, previews, queries, rules
from lms.plans.models import Plan
from lms.plans.previews import Preview
from lms.web.audits.plan_forms import (
    FIELDS_OF_REFUSALS,
    ChangeForm,
    ExemptionForm,
    PlanFilters,
    PlanForm,
    TermsForm,
    WhyForm,
)
from lms.web.audits.plan_words import history, names_of, whom
from lms.web.shared.guards import requires
from lms.web.shared.identity import can, somebody
from lms.web.shared.looking import looked_at, looks
from lms.web.shared.refusals import worded


@requires(Permission.READ_AUDIT, Permission.EDIT_PLANS)
def plans() -> str:
    """List the plans, or those of one module or reason."""
    every = queries.every_plan()
    filters = PlanFilters(request.args)
    filters.offer({plan.module.code for plan in every}, _titles())
    return render_template("audits/plans.html", filters=filters, **_facts(filters.chosen(every)))


@requires(Permission.READ_AUDIT, Permission.EDIT_PLANS)
@looks(Purpose.PLANNING)
def plan(code: str) -> str:
    """Show one plan, who is exempt from it and what it said before."""
    return _page(_plan(code), ExemptionForm(formdata=None))


@requires(Permission.EDIT_PLANS)
@looks(Purpose.PLANNING)
def new_plan() -> Response | tuple[str, int]:
    """Plan a module for people; whom it concerns is shown before anything is kept."""
    form = PlanForm(
        data={
            "code": rules.proposed_code(queries.codes()),
            "recommendation": request.args.get("recommendation", type=int),
            "assigned_on": today(),
        }
    )
    shown = None
    if _filled(form):
        try:
            shown = _preview(form.answers())
            if not _looks():
                made = actions.make_plan(form.code.data.strip(), **form.answers(), by=somebody().id, now=now())
                flash(_("The plan %(code)s is made.", code=made.code), "success")
                return redirect(url_for("audits.plan", code=made.code))
        except tuple(FIELDS_OF_REFUSALS) as refusal:
            _refuse(form, refusal)
    return _form_page(form, shown, None)


@requires(Permission.EDIT_PLANS)
@looks(Purpose.PLANNING)
def change_plan(code: str) -> Response | tuple[str, int]:
    """Let a plan say something else; what it said before stays in its history."""
    found = _plan(code)
    form, shown = ChangeForm.of(found), None
    if _filled(form):
        answers = form.answers(kept=found.audience.people)
        try:
            shown = _preview(answers, found.id)
            if not _looks():
                actions.change_plan(found, **answers, why=form.why.data or "", by=somebody().id, now=now())
                flash(_("The plan %(code)s is changed. What it said before is kept.", code=code), "success")
                return redirect(url_for("audits.plan", code=code))
        except tuple(FIELDS_OF_REFUSALS) as refusal:
            _refuse(form, refusal)
    return _form_page(form, shown, found)


@requires(Permission.EDIT_PLANS)
def cancel_plan(code: str) -> Response:
    """Cancel a plan; its page asked whether to."""
    actions.cancel_plan(_plan(code), why=WhyForm().why.data or "", by=somebody().id, now=now())
    flash(_("The plan %(code)s is cancelled. What was done stays recorded.", code=code), "success")
    return redirect(url_for("audits.plan", code=code))


@requires(Permission.FOLLOW_EVERYONE)
@looks(Purpose.PLANNING)
def exempt(code: str) -> Response | tuple[str, int]:
    """Exempt somebody from a plan, or end an exemption."""
    found, form = _plan(code), ExemptionForm()
    if form.validate_on_submit():
        number = people.numbers_of([form.person.data.strip()]).get(form.person.data.strip())
        act = actions.end_exemption if request.form.get("act") == "end" else actions.exempt
        try:
            if number is None:
                raise rules.ExemptionNotNeeded()
            act(found, number, form.reason.data or "", by=somebody().id, now=now())
            flash(_("Noted, with its reason. It counts from today."), "success")
            return redirect(url_for("audits.plan", code=code, _anchor="exempt"))
        except Refusal as refusal:
            field = form.reason if isinstance(refusal, rules.ExemptionUnexplained) else form.person
            field.errors = [worded(refusal)]
    return _page(found, form), 422


def _looks() -> bool:
    return request.form.get("act") == "look"


def _filled(form: TermsForm) -> bool:
    form.offer(audits.recommendations(), catalogue.newest_editions())
    return bool(form.validate_on_submit())


def _preview(answers: dict[str, object], instead_of: int | None = None) -> Preview:
    terms = actions.check_terms(actions.terms_of(**answers))  # type: ignore[arg-type]
    return previews.preview(terms, today(), instead_of)


def _refuse(form: TermsForm, refusal: Refusal) -> None:
    form[FIELDS_OF_REFUSALS[type(refusal)]].errors = [worded(refusal)]


def _form_page(form: TermsForm, shown: Preview | None, changed: Plan | None) -> tuple[str, int]:
    names = {}
    if shown and can(Permission.FOLLOW_EVERYONE):
        names = names_of([*(person_id for person_id, *_ in shown.concerned), *shown.without_team])
    looked_at(names)
    page = render_template("audits/new_plan.html", form=form, shown=shown, names=names, changed=changed)
    return page, 422 if form.errors else 200


def _page(found: Plan, form: ExemptionForm) -> str:
    exempted = queries.exemptions(today(), [found.id])
    named = can(Permission.FOLLOW_EVERYONE)
    told = queries.versions(found.id)
    shown = {one.person_id for one in exempted} | {person for one in told for person in one.terms["people"]}
    looked_at(shown if named else ())
    return render_template(
        "audits/plan.html",
        plan=found,
        form=WhyForm(formdata=None),
        exempting=form,
        exempted=exempted,
        names=names_of([one.person_id for one in exempted]) if named else {},
        history=history(told, named),
        **_facts([found]),
    )


def _plan(code: str) -> Plan:
    found = queries.plan(code)
    if found is None:
        raise NotFound()
    return found


def _titles() -> dict[str, dict[str, str]]:
    return {edition.code: edition.content.title for edition in catalogue.newest_editions()}


def _facts(shown: list[Plan]) -> dict[str, object]:
    day = today()
    exempt_from: dict[int, int] = {}
    for one in queries.exemptions(day):
        exempt_from[one.plan_id] = exempt_from.get(one.plan_id, 0) + 1
    return {
        "plans": shown,
        "people": queries.headcounts(shown, day),
        "exempt_from": exempt_from,
        "whom": whom(),
        "states": {plan.id: rules.state(plan.timing, plan.cancelled_at is not None, day) for plan in shown},
        "titles": _titles(),
        "today": day,
    }

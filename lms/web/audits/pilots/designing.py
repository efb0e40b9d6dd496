"""What is done with a pilot before it is evaluated: design, conditions, freezing, amending."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from lms.audit import queries as audits
from lms.evaluation import actions, queries
from lms.evaluation.designs import DESIGNS, Staging
from lms.evaluation.models import Pilot, Protocol
from lms.evaluation.rules import ProtocolNotFrozen
from lms.kernel.clock import now, today
from lms.kernel.refusals import NotFound
from lms.people import notices
from lms.people import queries as people
from lms.people.permissions import Permission
from lms.web.audits.pilots.amending import departure, offers
from lms.web.audits.pilots.attempts import attempt
from lms.web.audits.pilots.forms import (
    SIGNATURES,
    AmendForm,
    ConditionsForm,
    ConditionsWithNotices,
    FreezeForm,
    PilotForm,
)
from lms.web.audits.pilots.steps_form import steps_form
from lms.web.audits.pilots.views import find
from lms.web.audits.pilots.weighing import weighing
from lms.web.shared.guards import requires
from lms.web.shared.identity import current_person

Page = Response | tuple[str, int]


@requires(Permission.DESIGN_PILOT)
def new_pilot() -> Page:
    """Design a new pilot."""
    form = PilotForm()
    form.offer(audits.every_audit(), people.teams())
    if form.validate_on_submit():
        code, audit = form.code.data.strip(), form.audit.data
        made = attempt(form, lambda: actions.create_pilot(code, audit, form.design(), now=now()))
        if made is not None:
            return redirect(url_for("audits.pilot", code=made.code))
    return shown("audits/pilots/pilot_form.html", form, pilot=None, designs=DESIGNS)


@requires(Permission.DESIGN_PILOT)
def change_pilot(code: str) -> Page:
    """Change a pilot that is not frozen."""
    found = find(code)
    form = PilotForm()
    form.offer([], people.teams())
    del form.code, form.audit
    if not form.is_submitted():
        form.fill(found)
    elif form.validate():
        attempt(form, lambda: actions.change_pilot(found, form.design()))
    return shown("audits/pilots/pilot_form.html", form, pilot=found, designs=DESIGNS)


@requires(Permission.DESIGN_PILOT)
def stage(code: str) -> Page:
    """Say which team does what when, where the design staggers teams."""
    found = find(code)
    staging = DESIGNS[found.comparison].staging
    if staging is Staging.NONE:
        raise NotFound()
    form = steps_form(found, staging)
    if form.validate_on_submit():
        attempt(form, lambda: actions.stage(found, form.steps()))
    return shown("audits/pilots/steps.html", form, pilot=found, kind=DESIGNS[found.comparison])


@requires(Permission.DESIGN_PILOT)
def conditions(code: str) -> Page:
    """Say when the works council gave its opinion, when people were informed, what was examined."""
    found, published = find(code), notices.every_notice()
    form = ConditionsWithNotices() if published else ConditionsForm()
    if isinstance(form, ConditionsWithNotices):
        form.offer(published, found.notice_version)
    if not form.is_submitted():
        form.fill(found)
    elif form.validate():
        attempt(form, lambda: _record(found, form))
    return shown("audits/pilots/conditions.html", form, pilot=found)


def _record(pilot: Pilot, form: ConditionsForm) -> None:
    actions.record_conditions(pilot, **form.conditions(), today=today())
    actions.record_screening(pilot, **form.screened(), today=today())


@requires(Permission.FREEZE_PROTOCOL)
def freeze(code: str) -> Page:
    """Show the chances of a verdict; freeze when told so in so many words, signed by someone."""
    found, person = find(code), current_person()
    form = FreezeForm()
    if not form.is_submitted():
        form["name_1"].data, form["on_1"].data = person.full_name if person else "", today()
    elif form.validate():
        house, by = actions.HouseRules.configured(), person.id if person else None
        signed = form.signatories()
        attempt(form, lambda: actions.freeze(found, house, by=by, now=now(), signatories=signed))
    return shown("audits/pilots/freeze.html", form, pilot=found, signatures=SIGNATURES, **weighing(found))


@requires(Permission.FREEZE_PROTOCOL)
def amend(code: str) -> Page:
    """Append an amendment to a frozen protocol."""
    found = find(code)
    document = queries.document(_protocol(found))
    form, person = AmendForm(), current_person()
    form.what.choices = offers(document)
    if form.validate_on_submit():
        wanted = departure(form, document)
        if wanted is not None:
            by = person.id if person else None
            attempt(form, lambda: actions.amend(found, wanted, by=by, now=now()))
    return shown("audits/pilots/amend.html", form, pilot=found)


def _protocol(pilot: Pilot) -> Protocol:
    if pilot.protocol is None:
        raise ProtocolNotFrozen()
    return pilot.protocol


def shown(template: str, form: FlaskForm, *, pilot: Pilot | None, **more: object) -> Page:
    """Return to the pilot when the form was kept; else show it, with its faults."""
    if pilot is not None and form.is_submitted() and not form.errors:
        flash(_("Kept."), "success")
        return redirect(url_for("audits.pilot", code=pilot.code))
    return render_template(template, form=form, pilot=pilot, **more), 422 if form.errors else 200

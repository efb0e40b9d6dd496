"""What is done with a pilot before it is evaluated: design, conditions, freezing, amending."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from lms.audit import queries as audits
from lms.evaluation import actions, queries
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.models import Pilot, Protocol
from lms.evaluation.rules import ProtocolNotFrozen
from lms.kernel.clock import now, today
from lms.people import queries as people
from lms.people.permissions import Permission
from lms.web.audits.pilots.amending import departure, offers
from lms.web.audits.pilots.attempts import attempt
from lms.web.audits.pilots.forms import AmendForm, ConditionsForm, FreezeForm, IndicatorForm, PilotForm
from lms.web.audits.pilots.views import find
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
    return _form("audits/pilots/pilot_form.html", form, pilot=None)


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
    return _form("audits/pilots/pilot_form.html", form, pilot=found)


@requires(Permission.DESIGN_PILOT)
def conditions(code: str) -> Page:
    """Say when the works council gave its opinion and when people were informed."""
    found = find(code)
    form = ConditionsForm(
        data={
            "opinion_on": found.works_council_opinion_on,
            "notice_version": found.notice_version,
            "notice_on": found.notice_given_on,
        }
    )
    if form.validate_on_submit():
        given = {**form.data, "notice_version": form.notice_version.data or "", "today": today()}
        given.pop("csrf_token", None)
        attempt(form, lambda: actions.record_conditions(found, **given))
    return _form("audits/pilots/conditions.html", form, pilot=found)


@requires(Permission.DESIGN_PILOT)
def add_indicator(code: str) -> Page:
    """Add an indicator to a pilot that is not frozen."""
    found = find(code)
    form = IndicatorForm()
    form.offer(queries.audit_of(found).recommendations)
    if form.validate_on_submit():
        attempt(form, lambda: actions.add_indicator(found, form.choice()))
    return _form("audits/pilots/indicator_form.html", form, pilot=found)


@requires(Permission.DESIGN_PILOT)
def remove_indicator(code: str, indicator: str) -> Response:
    """Take an indicator out of a pilot that is not frozen."""
    found = find(code)
    actions.remove_indicator(found, indicator)
    return redirect(url_for("audits.pilot", code=code))


@requires(Permission.FREEZE_PROTOCOL)
def freeze(code: str) -> Page:
    """Show the chances of a verdict; freeze when told so in so many words."""
    found = find(code)
    form = FreezeForm()
    if form.validate_on_submit():
        person, house = current_person(), actions.HouseRules.configured()
        attempt(form, lambda: actions.freeze(found, house, by=person.id if person else None, now=now()))
    powers = queries.powers(found, today())
    return _form("audits/pilots/freeze.html", form, pilot=found, powers=powers, indicators=INDICATORS)


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
    return _form("audits/pilots/amend.html", form, pilot=found)


def _protocol(pilot: Pilot) -> Protocol:
    if pilot.protocol is None:
        raise ProtocolNotFrozen()
    return pilot.protocol


def _form(template: str, form: FlaskForm, *, pilot: Pilot | None, **more: object) -> Page:
    """Return to the pilot when the form was kept; else show it, with its faults."""
    if pilot is not None and form.is_submitted() and not form.errors:
        flash(_("Kept."), "success")
        return redirect(url_for("audits.pilot", code=pilot.code))
    return render_template(template, form=form, pilot=pilot, **more), 422 if form.errors else 200

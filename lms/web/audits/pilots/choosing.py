"""Indicators of a pilot being designed: chosen by the question they answer, changed, taken out."""

from collections.abc import Sequence

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from lms.catalogue import queries as catalogue
from lms.evaluation import actions, queries
from lms.evaluation.indicators.definition import Definition, OptionKind
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.models import Pilot
from lms.evaluation.units import NAMES
from lms.kernel.languages import in_language
from lms.kernel.refusals import NotFound
from lms.people.permissions import Permission
from lms.plans import queries as plans
from lms.skills import queries as skills
from lms.web.audits.pilots.attempts import attempt
from lms.web.audits.pilots.designing import Page, shown
from lms.web.audits.pilots.indicator_forms import IndicatorForm, form_for
from lms.web.audits.pilots.labels import FAMILIES
from lms.web.audits.pilots.views import find
from lms.web.shared.guards import requires


@requires(Permission.DESIGN_PILOT)
def choose_indicator(code: str) -> str:
    """Show all indicators by family, each with the question it answers."""
    families = {
        label: [one for one in INDICATORS.values() if one.family is family] for family, label in FAMILIES.items()
    }
    return render_template("audits/pilots/indicators.html", pilot=find(code), families=families, NAMES=NAMES)


@requires(Permission.DESIGN_PILOT)
def add_indicator(code: str, indicator: str) -> Page:
    """Add an indicator to a pilot that is not frozen."""
    found, definition = find(code), _definition(indicator)
    form = _form(found, definition)
    if not form.is_submitted():
        form.propose()
    elif form.validate():
        attempt(form, lambda: actions.add_indicator(found, form.choice()))
    return shown("audits/pilots/indicator_form.html", form, pilot=found, definition=definition, row=None)


@requires(Permission.DESIGN_PILOT)
def change_indicator(code: str, indicator: str) -> Page:
    """Choose otherwise for an indicator of a pilot that is not frozen."""
    found = find(code)
    row = next((row for row in found.indicators if row.code == indicator), None)
    if row is None:
        raise NotFound()
    definition = _definition(row.indicator)
    form = _form(found, definition)
    if not form.is_submitted():
        form.fill(row)
    elif form.validate():
        attempt(form, lambda: actions.change_indicator(found, row.code, form.choice()))
    return shown("audits/pilots/indicator_form.html", form, pilot=found, definition=definition, row=row)


@requires(Permission.DESIGN_PILOT)
def remove_indicator(code: str, indicator: str) -> Response:
    """Take an indicator out of a pilot that is not frozen."""
    found = find(code)
    actions.remove_indicator(found, indicator)
    return redirect(url_for("audits.pilot", code=code))


def _definition(code: str) -> Definition:
    if code not in INDICATORS:
        raise NotFound()
    return INDICATORS[code]


def _form(pilot: Pilot, definition: Definition) -> IndicatorForm:
    form = form_for(definition)
    form.offer(
        queries.audit_of(pilot).recommendations, {OptionKind.MODULES: _modules(pilot), OptionKind.TASKS: _tasks()}
    )
    return form


def _modules(pilot: Pilot) -> Sequence[SelectChoice]:
    teams = {team.id for team in pilot.teams}
    planned = {
        plan.module.id
        for plan in plans.every_plan()
        if plan.cancelled_at is None and teams & {team.id for team in plan.teams}
    }
    editions = [edition for edition in catalogue.newest_editions() if edition.module_id in planned]
    return [SelectChoice(edition.code, in_language(edition.content.title)) for edition in editions]


def _tasks() -> Sequence[SelectChoice]:
    return [SelectChoice(task.code, in_language(task.title)) for task in skills.tasks()]

"""Waves: who is asked what, when and how, and how many have taken part."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from lms.kernel.clock import now, today
from lms.kernel.refusals import NotFound
from lms.people import queries as people
from lms.people.permissions import Permission
from lms.surveys import actions, queries, reading_aloud
from lms.surveys.models import Wave
from lms.surveys.queries import KnownInstrument
from lms.surveys.results import figures
from lms.surveys.rules import WaveState
from lms.web.shared.guards import requires
from lms.web.shared.refusals import worded
from lms.web.surveys import labels
from lms.web.surveys.forms import FIELDS_OF_REFUSALS, CodesForm, CopyForm, WaveForm, wave_form

EITHER = (Permission.MANAGE_SURVEYS, Permission.READ_SURVEY_RESULTS)


@requires(*EITHER)
def waves() -> str:
    """List the waves, the latest first."""
    moment = now()
    rows = [(wave, wave.state(moment), number) for wave, number in queries.every_wave()]
    return render_template("surveys/waves.html", rows=rows, labels=labels, least=least())


@requires(*EITHER)
def wave(code: str) -> str:
    """Show one wave and what may be done with it."""
    return _page(find(code), CopyForm(formdata=None), CodesForm(formdata=None))


@requires(Permission.MANAGE_SURVEYS)
def new_wave() -> Response | tuple[str, int]:
    """Make a wave."""
    form = wave_form(people.shifts(), today=today())
    form.offer(queries.instruments(), request.args.get("instrument"))
    if form.validate_on_submit():
        try:
            made = actions.make_wave(form.wish(_chosen(form)), now=now())
        except tuple(FIELDS_OF_REFUSALS) as refusal:
            form[FIELDS_OF_REFUSALS[type(refusal)]].errors = [worded(refusal)]
        else:
            flash(_("The wave %(code)s is made. Announce it when it is right.", code=made.code), "success")
            return redirect(url_for("surveys.wave", code=made.code))
    return render_template("surveys/wave_form.html", form=form, wave=None, **_columns()), 422 if form.errors else 200


@requires(Permission.MANAGE_SURVEYS)
def edit_wave(code: str) -> Response | tuple[str, int]:
    """Change a wave that nobody answered yet."""
    found = find(code)
    form = wave_form(people.shifts(), found)
    del form.code
    form.offer(queries.instruments())
    if form.validate_on_submit():
        try:
            actions.change_wave(found, form.wish(_chosen(form), found.code), now=now())
        except tuple(FIELDS_OF_REFUSALS) as refusal:
            form[FIELDS_OF_REFUSALS[type(refusal)]].errors = [worded(refusal)]
        else:
            flash(_("The wave %(code)s is changed. It is to be announced again.", code=code), "success")
            return redirect(url_for("surveys.wave", code=code))
    return render_template("surveys/wave_form.html", form=form, wave=found, **_columns()), 422 if form.errors else 200


@requires(Permission.MANAGE_SURVEYS)
def announce_wave(code: str) -> Response:
    """Settle who is invited; from its first day on the wave takes answers."""
    # Before anything is written: it takes some seconds.
    silence = reading_aloud.prepare(find(code))
    found = find(code)
    actions.announce(found, now=now())
    invited = sum(cell.invited for cell in found.cells)
    told = ngettext(
        "The wave %(code)s is announced: %(num)s person is invited.",
        "The wave %(code)s is announced: %(num)s people are invited.",
        invited,
        code=code,
    )
    flash(told, "success")
    if silence:
        flash(_("Nothing of it can be read aloud at the kiosks: %(reason)s", reason=silence), "warning")
    return redirect(url_for("surveys.wave", code=code))


@requires(Permission.MANAGE_SURVEYS)
def close_wave(code: str) -> Response:
    """Close a wave before its last day."""
    actions.close_wave(find(code), now=now())
    flash(_("The wave %(code)s is closed.", code=code), "success")
    return redirect(url_for("surveys.wave", code=code))


@requires(Permission.MANAGE_SURVEYS)
def copy_wave(code: str) -> Response | tuple[str, int]:
    """Make a draft like a wave."""
    found, form = find(code), CopyForm()
    if form.validate_on_submit():
        try:
            made = actions.copy_wave(found, form.code.data.strip(), now=now())
        except tuple(FIELDS_OF_REFUSALS) as refusal:
            form.code.errors = [worded(refusal)]
        else:
            flash(_("The wave %(code)s is made. Announce it when it is right.", code=made.code), "success")
            return redirect(url_for("surveys.edit_wave", code=made.code))
    return _page(found, form, CodesForm(formdata=None)), 422


@requires(Permission.MANAGE_SURVEYS)
def issue_codes(code: str) -> str | tuple[str, int]:
    """Make one-time codes for the link and show them, once."""
    found, form = find(code), CodesForm()
    if not form.validate_on_submit():
        return _page(found, CopyForm(formdata=None), form), 422
    codes = actions.issue_codes(found, form.number.data, now=now())
    return render_template("surveys/codes.html", wave=found, codes=codes, address=_address(found))


def find(code: str) -> Wave:
    """Return the wave of that code; raises NotFound."""
    found = queries.wave(code)
    if found is None:
        raise NotFound()
    return found


def least() -> int:
    """Return the fewest people on whom a shown opinion may rest."""
    return int(current_app.config["SMALLEST_OPINION_GROUP"])


def _page(found: Wave, copy_form: CopyForm, codes_form: CodesForm) -> str:
    state = found.state(now())
    sheets = queries.responses_of(found)
    result = figures(found.content, found.cells, sheets, found.scale_points, least()) if found.announced_at else None
    return render_template(
        "surveys/wave.html",
        wave=found,
        state=state,
        WaveState=WaveState,
        frozen=bool(sheets) or state is WaveState.CLOSED,
        result=result,
        respondents=len(sheets),
        names=labels.shift_names(),
        labels=labels,
        least=least(),
        address=_address(found),
        copy_form=copy_form,
        codes_form=codes_form,
    )


def _address(found: Wave) -> str:
    return url_for("surveys.answer", token=found.link_token, _external=True)


def _columns() -> dict[str, object]:
    """Return the columns of the grid of invited people."""
    shifts = [{"label": shift.name, "number": True} for shift in people.shifts()]
    return {"columns": [{"label": _("Role")}, *shifts, {"label": _("No shift"), "number": True}]}


def _chosen(form: WaveForm) -> KnownInstrument:
    known = queries.instrument(form.instrument.data)
    if known is None:
        raise NotFound()
    return known

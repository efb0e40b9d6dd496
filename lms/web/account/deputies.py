"""Deputies of team leaders: a leader names their own, human resources anybody's; both see it."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.kernel.clock import now, today
from lms.kernel.refusals import Refusal
from lms.people.deputies import actions, queries
from lms.people.permissions import Permission
from lms.web.account.forms import DeputyForm
from lms.web.shared.guards import signed_in
from lms.web.shared.identity import can, somebody
from lms.web.shared.refusals import worded


@signed_in
def deputies() -> str | Response | tuple[str, int]:
    """Show who stands in for whom, and take another."""
    leaders = [one for one in queries.leaders(today()) if can(Permission.MANAGE_PEOPLE) or one.id == somebody().id]
    form = DeputyForm(leader=somebody().id).offer(leaders, queries.candidates(today()) if leaders else [])
    fault = None
    if leaders and form.validate_on_submit():
        try:
            days = form.first.data, form.last.data
            actions.name(form.leader.data, form.deputy.data, *days, somebody().id, now(), today())
        except Refusal as refusal:
            fault = worded(refusal)
        else:
            flash(_("They stand in on those days, and on no other."), "success")
            return redirect(url_for("account.deputies"))
    shown = queries.every(today()) if can(Permission.MANAGE_PEOPLE) else queries.of(somebody().id)
    page = render_template(
        "account/deputies.html",
        form=form if leaders else None,
        fault=fault,
        shown=shown,
        today=today(),
        me=somebody().id,
    )
    return page if not (fault or form.errors) else (page, 422)


@signed_in
def end(entry_id: int) -> Response:
    """End a deputy's time."""
    actions.end(entry_id, somebody().id, now(), None if can(Permission.MANAGE_PEOPLE) else somebody().id)
    flash(_("This person stands in no longer."), "success")
    return redirect(url_for("account.deputies"))

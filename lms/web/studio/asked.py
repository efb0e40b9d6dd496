"""What people at the kiosks did not understand or found wrong in modules, and what they are answered."""

from datetime import datetime
from math import isfinite
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import Length

from lms.authoring.queries import keys_in_drafts
from lms.delivery import actions, queries
from lms.delivery.models import HelpCategory
from lms.delivery.queries import Matter
from lms.delivery.rules import HelpAnswered, HelpUnknown
from lms.evaluation.estimators.times import Wait, median_time
from lms.kernel.clock import now
from lms.people.permissions import Permission
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.refusals import worded

MATTERS = {
    HelpCategory.UNCLEAR: _l("Not understood"),
    HelpCategory.CONTENT: _l("Reported as wrong"),
}
HOUR, DAY = 3600, 86_400


class MatterForm(FlaskForm):
    """What is said to all who asked."""

    words = StringField(_l("Answer, read at the kiosk"), [Length(max=300, message=_l("At most 300 characters."))])


@requires(Permission.WRITE_MODULES)
def asked() -> str:
    """List what waits for an answer, or what was settled."""
    return _page(request.args.get("show") == "settled", {})


@requires(Permission.ANSWER_HELP)
def answer(request_id: UUID) -> str | Response | tuple[str, int]:
    """Settle a matter, for all who asked alike at that place."""
    matter = next((one for one in queries.matters(settled=False) if request_id in one.asked), None)
    form = MatterForm(prefix=request_id.hex)
    if not form.validate_on_submit():
        return _page(False, {request_id: form}), 422
    try:
        if matter is None:
            raise HelpAnswered() if queries.may_answer(request_id, None, now().date()) else HelpUnknown()
        actions.answer_alike(matter.asked, form.words.data or "", by=somebody().id, now=now())
        flash(_("Settled. Whoever asked reads your answer at the next sign-in."), "success")
    except HelpAnswered as refusal:
        flash(worded(refusal), "warning")
    return redirect(url_for("studio.asked", module=request.args.get("module")))


def _page(settled: bool, given: dict[UUID, MatterForm]) -> str:
    code = request.args.get("module")
    found = queries.matters(settled, code)
    other = queries.matters(not settled, code)
    return render_template(
        "studio/asked.html",
        matters=found,
        settled=settled,
        code=code,
        categories=MATTERS,
        forms={one.asked[0]: MatterForm(formdata=None, prefix=one.asked[0].hex) for one in found} | given,
        median=_median([*found, *other], now()),
        waiting=lambda one: _lasting((now() - one.asked_at[0]).total_seconds()),
        lasted=lambda one: _lasting((one.resolved_at - one.asked_at[0]).total_seconds()),
        in_draft=keys_in_drafts(one.code for one in found),
    )


def _median(found: list[Matter], at: datetime) -> str | None:
    """Return in words how long half of what was asked waits for its answer, what still waits counted in."""
    waits = [
        Wait(((one.resolved_at or at) - asked_at).total_seconds(), one.resolved_at is not None)
        for one in found
        for asked_at in one.asked_at
    ]
    middle = median_time(waits).value if any(wait.ended for wait in waits) else None
    return _lasting(middle) if middle is not None and isfinite(middle) else None


def _lasting(seconds: float) -> str:
    if seconds < HOUR:
        minutes = max(round(seconds / 60), 0)
        return ngettext("%(num)s minute", "%(num)s minutes", minutes)
    if seconds < 2 * DAY:
        return ngettext("%(num)s hour", "%(num)s hours", round(seconds / HOUR))
    return ngettext("%(num)s day", "%(num)s days", round(seconds / DAY))

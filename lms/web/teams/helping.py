"""Who called for help at a kiosk: the oldest first, settled with a few words."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import Length

from lms.delivery import actions, queries
from lms.delivery.models import HelpCategory
from lms.delivery.rules import HelpAnswered, HelpUnknown
from lms.kernel.clock import now, today
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.web.shared.guards import requires
from lms.web.shared.identity import can, somebody
from lms.web.shared.looking import looked_at, looks
from lms.web.shared.refusals import worded

MAY_HELP = (Permission.FOLLOW_OWN_TEAMS, Permission.ANSWER_HELP)
CATEGORIES = {
    HelpCategory.KIOSK: _l("The kiosk is stuck"),
    HelpCategory.UNCLEAR: _l("Does not understand"),
    HelpCategory.CONTENT: _l("Something is wrong in the module"),
    HelpCategory.OTHER: _l("Something else"),
}


class AnswerForm(FlaskForm):
    """What is said to whoever asked."""

    words = StringField(_l("Answer"), [Length(max=300, message=_l("At most 300 characters."))])


@requires(*MAY_HELP)
@looks(Purpose.HELP)
def help_asked() -> str:
    """List who waits for help, or what was settled."""
    settled = request.args.get("show") == "settled"
    asked = queries.asked_for_help(_teams(), today(), settled)
    return _page(asked, settled, {row.id: AnswerForm(formdata=None, prefix=row.id.hex) for row in asked})


@requires(*MAY_HELP)
@looks(Purpose.HELP)
def answer_help(request_id: UUID) -> str | Response | tuple[str, int]:
    """Settle a request."""
    if not queries.may_answer(request_id, _teams(), today()):
        raise HelpUnknown()
    form = AnswerForm(prefix=request_id.hex)
    if not form.validate_on_submit():
        asked = queries.asked_for_help(_teams(), today(), settled=False)
        forms = {row.id: AnswerForm(formdata=None, prefix=row.id.hex) for row in asked}
        return _page(asked, False, {**forms, request_id: form}), 422
    try:
        actions.answer_help(request_id, form.words.data or "", by=somebody().id, now=now())
        flash(_("Settled. Whoever asked reads your answer at the next sign-in."), "success")
    except HelpAnswered as refusal:
        flash(worded(refusal), "warning")
    return redirect(url_for("teams.help_asked"))


def _page(asked: list[queries.Asked], settled: bool, forms: dict[UUID, AnswerForm]) -> str:
    looked_at(row.person_id for row in asked)
    return render_template("teams/help.html", asked=asked, settled=settled, forms=forms, categories=CATEGORIES)


def _teams() -> frozenset[int] | None:
    return None if can(Permission.ANSWER_HELP) else somebody().led_teams

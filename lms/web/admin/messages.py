"""Messages from afar to one kiosk, or to all of a place."""

from collections.abc import Iterable

from flask import flash, redirect, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from lms.delivery import actions, queries
from lms.delivery.models import MessageKind, Terminal
from lms.delivery.rules import NobodyToTell
from lms.kernel.clock import now
from lms.people.permissions import Permission
from lms.web.admin.forms import MessageForm
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.refusals import worded


@requires(Permission.MANAGE_TERMINALS)
def tell_place() -> Response:
    """Tell the kiosks of a place something."""
    form = MessageForm().offer_places()
    if form.validate_on_submit():
        _tell(queries.terminals_at(*form.site_and_workshop), form)
    return redirect(url_for("admin.terminals"))


@requires(Permission.MANAGE_TERMINALS)
def tell_one(code: str) -> Response:
    """Tell one kiosk something."""
    found, form = queries.terminal(code), MessageForm().to_one()
    if form.validate_on_submit():
        _tell([found], form)
    return redirect(url_for("admin.terminal", code=code))


def _tell(terminals: Iterable[Terminal], form: MessageForm) -> None:
    words = (form.words.data or "").strip()
    try:
        told = actions.send_message(terminals, MessageKind(form.kind.data), words, by=somebody().id, now=now())
    except NobodyToTell as refusal:
        flash(worded(refusal), "danger")
        return
    said = ngettext("%(num)s kiosk is told within a minute.", "%(num)s kiosks are told within a minute.", told)
    flash(said, "success")

"""Kiosks: announce one, give it its one-time code, shut it out, see which are heard of."""

from flask import flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.delivery import actions, queries
from lms.delivery.rules import TerminalCodeTaken, TerminalCodeWrong
from lms.kernel.clock import now
from lms.people.permissions import Permission
from lms.web.admin.forms import Announcement
from lms.web.shared.guards import requires
from lms.web.shared.refusals import worded

_CODE = "enrolment_code"


@requires(Permission.MANAGE_TERMINALS)
def terminals() -> str:
    """List the kiosks, with when each was last heard of."""
    return render_template("admin/terminals.html", terminals=queries.every_terminal(), now=now())


@requires(Permission.MANAGE_TERMINALS)
def announce() -> str | Response | tuple[str, int]:
    """Announce a kiosk and show its one-time code."""
    form = Announcement().offer_workshops()
    if not form.validate_on_submit():
        return render_template("admin/announce.html", form=form), 422 if form.is_submitted() else 200
    try:
        terminal, code = actions.announce_terminal(form.code.data, form.name.data, form.workshop.data, now=now())
    except (TerminalCodeTaken, TerminalCodeWrong) as refusal:
        form.code.errors = [worded(refusal)]
        return render_template("admin/announce.html", form=form), 422
    return _show_code(terminal.code, code)


@requires(Permission.MANAGE_TERMINALS)
def terminal(code: str) -> str:
    """Show one kiosk, with its one-time code if it was made a moment ago."""
    shown = session.pop(_CODE, None)
    enrolment_code = shown["typed"] if shown and shown["terminal"] == code else None
    return render_template(
        "admin/terminal.html", terminal=queries.terminal(code), enrolment_code=enrolment_code, now=now()
    )


@requires(Permission.MANAGE_TERMINALS)
def offer_code(code: str) -> Response:
    """Make a new one-time code for a kiosk."""
    return _show_code(code, actions.offer_enrolment(queries.terminal(code), now=now()))


@requires(Permission.MANAGE_TERMINALS)
def revoke(code: str) -> Response:
    """Shut a kiosk out."""
    actions.revoke(queries.terminal(code), now=now())
    flash(_("This kiosk is shut out. It can be enrolled again with a new code."), "success")
    return redirect(url_for("admin.terminal", code=code))


def _show_code(code: str, enrolment_code: str) -> Response:
    # Kept in the session on the server for one showing: it is in no address and no log.
    session[_CODE] = {"terminal": code, "typed": enrolment_code}
    return redirect(url_for("admin.terminal", code=code))

"""Kiosks: announce one, give it its one-time code, confirm the number it shows, shut it out."""

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from lms.delivery import actions, queries
from lms.delivery.rules import NobodyWaits, NumberDiffers, TerminalCodeTaken, TerminalCodeWrong
from lms.kernel.clock import now
from lms.kernel.later import Later
from lms.people.permissions import Permission
from lms.web.admin.forms import Announcement
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.refusals import worded

segno = Later("segno")

_CODE = "enrolment_code"


@requires(Permission.MANAGE_TERMINALS)
def announce() -> str | Response | tuple[str, int]:
    """Announce a kiosk and show its one-time code."""
    form = Announcement().offer_workshops()
    if not form.validate_on_submit():
        return render_template("admin/announce.html", form=form), 422 if form.is_submitted() else 200
    code, name, workshop_id = form.code.data, form.name.data, form.workshop.data
    try:
        _terminal, typed = actions.announce_terminal(code, name, workshop_id, now=now(), needs_number=True)
    except (TerminalCodeTaken, TerminalCodeWrong) as refusal:
        form.code.errors = [worded(refusal)]
        return render_template("admin/announce.html", form=form), 422
    return _show_code(code, typed)


@requires(Permission.MANAGE_TERMINALS)
def offer_code(code: str) -> Response:
    """Make a new one-time code for a kiosk."""
    return _show_code(code, actions.offer_enrolment(queries.terminal(code), now=now(), needs_number=True))


@requires(Permission.MANAGE_TERMINALS)
def confirm_number(code: str) -> Response:
    """Let the browser that shows this number become the kiosk."""
    found = queries.terminal(code)
    try:
        actions.confirm_enrolment(found, request.form.get("number", ""), by=somebody().id, now=now())
    except (NobodyWaits, NumberDiffers) as refusal:
        flash(worded(refusal), "danger")
    else:
        flash(_("The number is right: the kiosk goes on by itself within a few seconds."), "success")
    return redirect(url_for("admin.terminal", code=code))


@requires(Permission.MANAGE_TERMINALS)
def revoke(code: str) -> Response:
    """Shut a kiosk out."""
    actions.revoke(queries.terminal(code), now=now())
    flash(_("This kiosk is shut out. It can be enrolled again with a new code."), "success")
    return redirect(url_for("admin.terminal", code=code))


def code_just_made(code: str) -> str | None:
    """Return the one-time code of a kiosk if it was made a moment ago: it is shown once."""
    shown = session.pop(_CODE, None)
    return shown["typed"] if shown and shown["terminal"] == code else None


def picture_of(typed: str) -> Markup:
    """Return a QR code that a kiosk with a camera opens; the one-time code stands behind the #, which no log sees."""
    address = url_for("kiosk.enrol", _external=True, _anchor=typed)
    drawn = segno.make(address, error="m").svg_inline(scale=5, border=4, svgclass=None, lineclass=None, light="#fff")
    return Markup(drawn)  # noqa: S704  (drawn here, of our own address)


def _show_code(code: str, typed: str) -> Response:
    # Kept in the session on the server for one showing: it is in no address and no log.
    session[_CODE] = {"terminal": code, "typed": typed}
    return redirect(url_for("admin.terminal", code=code))

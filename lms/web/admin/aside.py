"""What kiosks delivered that could not be recorded, and why."""

from flask import render_template
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from lms.delivery import queries
from lms.delivery.models import SetAside
from lms.people.permissions import Permission
from lms.web.shared.guards import requires

REASONS: dict[SetAside, LazyString] = {
    SetAside.UNREADABLE: _l("Altered on the way, or sealed to another key of the server."),
    SetAside.NOT_SIGNED_IN: _l("Not made under a sign-in that this server granted."),
    SetAside.MALFORMED: _l("Of a shape that this version does not know."),
    SetAside.TOO_OLD: _l("Delivered more than thirty days after the sign-in."),
    SetAside.CONFLICT: _l("Something else was recorded under the same number."),
    SetAside.NOT_IN_MODULE: _l("The edition, the step or the answer is not in the modules here."),
    SetAside.TOO_MANY_ATTEMPTS: _l("One attempt more than the module allows."),
    SetAside.WITHDRAWN: _l("Done after the edition was withdrawn; what was done before counts."),
    SetAside.UNKNOWN_BADGE: _l("Done while the server was away, under a badge or code that was nobody’s here."),
    SetAside.BADGE_ENDED: _l("Done while the server was away, under a badge that was good no longer."),
    SetAside.CERTIFIES: _l("Done without the PIN, in a module that asks for the PIN first."),
    SetAside.NOT_THEIRS: _l("Done without the PIN; whose badge it is says that it was somebody else."),
    SetAside.UNCONFIRMED: _l("Done without the PIN; whose badge it is has not confirmed it in time."),
    SetAside.FAULT: _l("The server failed on it: see its log."),
}


@requires(Permission.MANAGE_TERMINALS)
def put_aside() -> str:
    """List what was put aside, newest first."""
    events, count = queries.put_aside()
    return render_template("admin/put_aside.html", events=events, count=count, reasons=REASONS)

"""What was done under somebody's badge while the server was away: which modules that opens, and was it them?"""

from uuid import UUID

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.delivery import actions, queries
from lms.evaluation.reserved import reserved_modules
from lms.kernel.clock import now
from lms.skills.queries import critical_modules
from lms.web.kiosk.guards import TO_CONFIRM, before_confirming, this_terminal
from lms.web.shared.identity import somebody


def certifying() -> frozenset[str]:
    """Return the codes of the modules that nobody takes under a badge alone.

    Those that prepare for a task where a mistake endangers somebody, and those that a
    frozen protocol names as tests.
    """
    return critical_modules() | reserved_modules()


@before_confirming
def asserted() -> str | Response:
    """Ask whoever signed in whether it was them who used their badge; what they say is settled for good."""
    work = queries.to_confirm(somebody().id)
    if request.method == "GET":
        if work is not None:
            return render_template("kiosk/asserted.html", work=work)
    elif work is not None and request.form.get("assertion", type=UUID) == work.id:
        if request.form.get("was_it_me") == "yes":
            actions.confirm(work.id, somebody().id, this_terminal().id, now())
        else:
            actions.deny(work.id, somebody().id, this_terminal().id, now())
            flash(_("Thank you. That does not count for you. Tell your team leader that somebody has used your badge."))
    session[TO_CONFIRM] = queries.waits_for(somebody().id)
    return redirect(url_for("kiosk.home"))

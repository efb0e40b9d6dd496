"""Who cannot sign in at a kiosk, opening the way for them, and a new secret for who forgot theirs."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.kernel.clock import now, today
from lms.kernel.refusals import NotFound
from lms.people import badges, credentials, directory, opening, tries
from lms.people.models import PinKind
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.kiosks import kiosk_codes
from lms.web.shared.looking import looked_at, looks
from lms.web.shared.slips import slip_page


@requires(Permission.OPEN_SIGN_IN)
@looks(Purpose.SIGNING_IN)
def signing_in() -> str:
    """List who is held up at which kiosk, what was opened lately, and the reader's own people."""
    teams = opening.teams_helped(somebody())
    held_up, openings = opening.held_up(teams, now()), opening.openings(teams, now())
    people = directory.of_teams(teams, today()) if teams else []
    alarms = badges.alarms(teams, now())
    looked_at(one.person_id for one in held_up)
    looked_at(one.person_id for one in openings)
    looked_at(one.person_id for one in alarms)
    looked_at(line.id for line in people)
    return render_template(
        "teams/signing_in.html",
        held_up=held_up,
        openings=openings,
        people=people,
        alarms=alarms,
        kiosks=kiosk_codes(),
        spraying=tries.spraying(now()),
        days=opening.SHOWN_FOR.days,
    )


@requires(Permission.OPEN_SIGN_IN)
def open_way(person_id: int) -> Response:
    """Let somebody try again at once."""
    opening.open_way(person_id, somebody(), now())
    flash(_("Opened. They can try again at once."), "success")
    return redirect(url_for("teams.signing_in"))


@requires(Permission.HAND_OUT_PINS)
@looks(Purpose.SIGNING_IN)
def hand_out_pin(person_id: int) -> str:
    """Make somebody a new PIN, or a picture code, and show it once."""
    if not opening.may_help(somebody(), Permission.HAND_OUT_PINS, person_id, today()):
        raise NotFound()
    kind = PinKind.PICTURES if request.form.get("kind") == PinKind.PICTURES else PinKind.DIGITS
    made = credentials.issue_pins([person_id], by=somebody().id, now=now(), kind=kind)
    looked_at(made)
    return slip_page(made, (_("Signing in"), url_for("teams.signing_in")))

"""A team leader at a kiosk opens the way for somebody who typed a wrong secret too often.

The leader comes with their own badge or code and PIN, and is not signed in by it: what
follows is the other person's own sign-in.
"""

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.kernel.clock import now, today
from lms.people import opening, queries, sign_in
from lms.people.permissions import Permission
from lms.people.rules import SignInBusy, SignInShut, SignInThrottled, WrongSecret
from lms.web.kiosk.guards import at_terminal, origin
from lms.web.kiosk.secret_keys import secret_keys
from lms.web.kiosk.wording import kiosk_words

RECOGNISED = "recognised"
"""In a session: whose badge or code was read; the PIN follows."""
BY_BADGE = "by_badge"
"""In a session: it was by their own badge, read just now, that the person was recognised."""
HELD_UP = "held_up"
"""In a session: for whom somebody is to open the way."""
OPENER = "opener"
"""In a session: who is about to open it."""


@at_terminal
def call_leader() -> str | Response:
    """Ask for the badge or code of whoever may open the way for the person recognised."""
    person = queries.identity(session.get(RECOGNISED, 0), today())
    if person is None:
        return redirect(url_for("kiosk.start"))
    session[HELD_UP] = person.id
    return render_template("kiosk/call_leader.html", person=person)


def opener_of(held_up: int | None, person_id: int) -> bool:
    """Whether the person recognised is to open the way for whoever waits for it."""
    by = queries.identity(person_id, today()) if held_up else None
    return bool(held_up and by and opening.may_help(by, Permission.OPEN_SIGN_IN, held_up, today()))


@at_terminal
def open_way() -> str | Response:
    """Ask the leader for their PIN, and open the way."""
    person = queries.identity(session.get(HELD_UP, 0), today())
    leader = queries.identity(session.get(OPENER, 0), today())
    if person is None or leader is None:
        return redirect(url_for("kiosk.start"))
    if request.method == "GET":
        return render_template("kiosk/open_way.html", person=person, leader=leader, keys=secret_keys(leader.id))
    try:
        sign_in.check_pin(leader.id, request.form.get("pin", ""), origin(), now())
    except (WrongSecret, SignInThrottled, SignInShut, SignInBusy) as refusal:
        flash(kiosk_words(refusal), "again")
        return redirect(url_for("kiosk.open_way"))
    opening.open_way(person.id, leader, now(), origin())
    session.pop(OPENER)
    session.pop(HELD_UP)
    session[RECOGNISED], session[BY_BADGE] = person.id, False
    flash(_("%(leader)s opened the way for you. Try again.", leader=leader.given_name), "again")
    return redirect(url_for("kiosk.pin"))

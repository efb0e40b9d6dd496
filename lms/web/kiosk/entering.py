"""Coming to a kiosk and leaving it: badge or code, PIN, language, sign-out."""

import logging

from flask import Response, flash, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from lms.delivery import actions
from lms.delivery.models import EndedBy
from lms.delivery.queries import waits_for
from lms.kernel.clock import now, today
from lms.kernel.group_commit import durably
from lms.kernel.ids import digest
from lms.kernel.languages import KIOSK_LANGUAGES, current_language, speaking
from lms.kernel.refusals import Refusal
from lms.people import credentials, notices, queries, sign_in
from lms.people.actions import choose_language
from lms.people.rules import (
    BadgeEnded,
    NotRecognised,
    PicturesTooEasy,
    PinTooEasy,
    PinUnchanged,
    SignInBusy,
    SignInShut,
    SignInThrottled,
    WrongSecret,
)
from lms.web.kiosk.guards import (
    MUST_CHANGE,
    TO_CONFIRM,
    TO_READ,
    at_terminal,
    is_signed_in_here,
    origin,
    this_terminal,
    with_first_pin,
)
from lms.web.kiosk.opening import BY_BADGE, HELD_UP, OPENER, RECOGNISED, opener_of
from lms.web.kiosk.reading import READING_LANGUAGE
from lms.web.kiosk.secret_keys import secret_keys
from lms.web.kiosk.wording import kiosk_words
from lms.web.shared import identity, sessions
from lms.web.shared.links import local_path
from lms.web.shared.transactions import commits_itself

_log = logging.getLogger(__name__)

WHY = {"idle": EndedBy.IDLE, "called_away": EndedBy.CALLED_AWAY}
"""What a kiosk may say of the end of a visit; without a word it was a button."""


@at_terminal
def start() -> Response:
    """Wait for a badge, at the reader or before the camera."""
    page = make_response(render_template("kiosk/start.html", terminal=this_terminal()))
    page.headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()"
    return page


@at_terminal
def personal_code() -> str:
    """Show the keys for a personal code."""
    return render_template("kiosk/code.html", back=url_for("kiosk.start"))


@commits_itself
@at_terminal
def recognise() -> BaseResponse:
    """See whose badge or code it is; whoever stood here before is signed out."""
    held_up = session.get(HELD_UP)
    try:
        person = sign_in.recognise(_given(), origin(), now())
    except (NotRecognised, BadgeEnded, SignInThrottled) as refusal:
        _forget_person()
        _log.warning("kiosk %s: %s", this_terminal().code, type(refusal).__name__)
        flash(f"{kiosk_words(refusal)} {_('Kiosk %(code)s', code=this_terminal().code)}.", "again")
        return _left(EndedBy.ANOTHER_BADGE, _where_to_try_again())
    _forget_person()
    if person.pin_kind is None:
        flash(_("%(name)s, you have no secret number yet. Ask your team leader.", name=person.given_name), "again")
        return _left(EndedBy.ANOTHER_BADGE, _where_to_try_again())
    if opener_of(held_up, person.person_id):
        session[HELD_UP], session[OPENER] = held_up, person.person_id
        return _left(EndedBy.ANOTHER_BADGE, "kiosk.open_way")
    session[RECOGNISED], session[BY_BADGE] = person.person_id, "badge" in request.form
    return _left(EndedBy.ANOTHER_BADGE, "kiosk.pin")


def _given() -> str:
    return request.form.get("badge") or request.form.get("code", "")


def _where_to_try_again() -> str:
    return "kiosk.start" if "badge" in request.form else "kiosk.personal_code"


@commits_itself
@at_terminal
def pin() -> str | BaseResponse:
    """Ask whoever was recognised for their PIN, and sign them in."""
    person = queries.identity(session.get(RECOGNISED, 0), today())
    if person is None:
        return redirect(url_for("kiosk.start"))
    with speaking(_reading(person)):
        if request.method == "GET":
            return render_template("kiosk/pin.html", person=person, keys=secret_keys(person.id))
        return _check_pin(person)


def _reading(person: queries.Identity) -> str:
    """Return what was chosen on the start page, else what somebody who is not signed in yet reads."""
    wanted = session.get("language") or person.language
    return wanted if wanted in KIOSK_LANGUAGES else current_language()


def _check_pin(person: queries.Identity) -> BaseResponse:
    try:
        signed_in = sign_in.check_pin(person.id, request.form.get("pin", ""), origin(), now())
    except (WrongSecret, SignInBusy) as refusal:
        return _refused(refusal, "kiosk.pin")
    except (SignInThrottled, SignInShut) as refusal:
        flash(kiosk_words(refusal), "again")
        return redirect(url_for("kiosk.pin", held_up="yes"))
    by_badge = session.get(BY_BADGE, False)
    identity.sign_in(signed_in.person, sessions.KIOSK)
    session["terminal"], session[BY_BADGE] = this_terminal().id, by_badge
    session[MUST_CHANGE] = signed_in.must_change
    session[TO_READ] = notices.to_read(person.id)
    session[TO_CONFIRM] = waits_for(person.id)
    _begin_visit(person.id)
    return redirect(url_for("kiosk.home"))


@with_first_pin
def choose_pin() -> str | BaseResponse:
    """Let someone replace the PIN that was handed to them."""
    person = identity.somebody()
    if request.method == "GET":
        return render_template("kiosk/choose_pin.html", person=person, keys=secret_keys(person.id))
    if request.form.get("pin") != request.form.get("again"):
        flash(_("The two differ. Choose again."), "again")
        return redirect(url_for("kiosk.choose_pin"))
    try:
        credentials.choose_pin(person.id, request.form.get("pin", ""), now())
    except (PinTooEasy, PicturesTooEasy, PinUnchanged) as refusal:
        return _refused(refusal, "kiosk.choose_pin")
    session[MUST_CHANGE] = False
    return redirect(url_for("kiosk.home"))


@at_terminal
def language() -> BaseResponse:
    """Change the language: of the page, and for someone signed in from now on."""
    chosen = request.form.get("language", "")
    session[READING_LANGUAGE] = chosen
    if chosen in KIOSK_LANGUAGES:
        session["language"] = chosen
        if is_signed_in_here():
            choose_language(identity.somebody().id, chosen, identity.somebody().id, now())
    return redirect(local_path(request.form.get("next")) or url_for("kiosk.start"))


@at_terminal
def here() -> tuple[str, int]:
    """Hear that the kiosk is there, and that whoever is signed in touches it."""
    return "", 204 if is_signed_in_here() else 205


@commits_itself
@at_terminal
def leave() -> BaseResponse:
    """End the session; the page for the next one follows."""
    _forget_person()
    return _left(WHY.get(request.form.get("why", ""), EndedBy.BUTTON), "kiosk.start")


def _begin_visit(person_id: int) -> None:
    """Begin the visit and its session in one transaction; nothing of the session may change after it."""
    terminal_id, mark, at = this_terminal().id, digest(sessions.current().token), now()
    keep_session = sessions.current().keeping()

    def keep() -> None:
        actions.open_visit(person_id, terminal_id, session_digest=mark, now=at)
        keep_session()

    durably(keep)


def _left(ended_by: EndedBy, endpoint: str) -> BaseResponse:
    """End the visit and its session in one transaction, and lead on; nothing of the session may change after it."""
    terminal_id, at = this_terminal().id, now()
    keep_session = sessions.current().keeping()

    def keep() -> None:
        actions.end_visit(terminal_id, ended_by, now=at)
        keep_session()

    durably(keep)
    return redirect(url_for(endpoint))


def _forget_person() -> None:
    if identity.current_person() is not None:
        # The language too: the next one may read another. What was chosen on the start page stays.
        session.pop("language", None)
    identity.sign_out()
    sessions.rotate(sessions.KIOSK)


def _refused(refusal: Refusal, endpoint: str) -> BaseResponse:
    flash(kiosk_words(refusal), "again")
    return redirect(url_for(endpoint))

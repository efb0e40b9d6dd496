"""A browser becomes this plant's kiosk, and is fitted to its screen."""

from flask import Response, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from lms.delivery import actions, queries
from lms.delivery.actions import Browser, Enrolled
from lms.delivery.rules import ENROLMENT_LASTS, EnrolmentRefused
from lms.kernel.clock import now
from lms.web.kiosk.guards import current_terminal, in_order_or_not, keep_token, this_terminal
from lms.web.kiosk.wording import kiosk_words
from lms.web.shared import identity
from lms.web.shared.guards import public

WAITS = "enrolling"
"""The cookie of a browser that waits for its number to be confirmed."""


@public
def enrol() -> str | BaseResponse | tuple[str, int]:
    """Take the one-time code of the administrator; the code may stand behind the # of the address."""
    if request.method == "GET":
        return render_template("kiosk/enrol.html", refused=None)
    try:
        browser = Browser(request.user_agent.string, request.remote_addr or "")
        asked = actions.ask_to_enrol(request.form.get("code", ""), browser, now=now())
    except EnrolmentRefused as refusal:
        return render_template("kiosk/enrol.html", refused=kiosk_words(refusal)), 422
    enrolled = actions.finish_enrolment(asked.key, now=now())
    if enrolled:
        return _begin(enrolled, "kiosk.start")
    waiting = make_response(redirect(url_for("kiosk.wait_for_number")))
    secure = current_app.config["SECURE_COOKIES"]
    waiting.set_cookie(WAITS, asked.key, max_age=ENROLMENT_LASTS, httponly=True, samesite="Strict", secure=secure)
    return waiting


@public
def wait_for_number() -> str | BaseResponse:
    """Show the number that the administrator is to confirm."""
    waiting = queries.enrolment_of(request.cookies.get(WAITS, ""), now())
    if waiting is None:
        return redirect(url_for("kiosk.enrol"))
    return render_template("kiosk/number.html", number=waiting.number)


@public
def finish() -> BaseResponse | tuple[str, int]:
    """Make the waiting browser the kiosk once its number is confirmed; until then, nothing new."""
    try:
        enrolled = actions.finish_enrolment(request.cookies.get(WAITS, ""), now=now())
    except EnrolmentRefused:
        # Asked once more after it had become a kiosk: it is one.
        return redirect(url_for("kiosk.start" if current_terminal() else "kiosk.enrol"))
    if enrolled is None:
        return "", 204
    response = _begin(enrolled, "kiosk.screen")
    response.delete_cookie(WAITS)
    return response


@in_order_or_not
def screen() -> str | BaseResponse:
    """Let an installer lay a badge on the glass, so that the kiosk knows how large a millimetre is."""
    if request.method == "GET":
        return render_template("kiosk/screen.html", measured=this_terminal().pixels_per_mm)
    actions.measure_screen(this_terminal().id, request.form.get("pixels_per_mm", 0.0, float))
    return redirect(url_for("kiosk.start"))


def _begin(enrolled: Enrolled, endpoint: str) -> Response:
    identity.sign_out()
    return keep_token(make_response(redirect(url_for(endpoint))), enrolled.token)

"""One's own second factors: an authenticator app, passkeys, recovery codes.

Whoever changes them proved who they are within minutes, so that a desk left open gives none away.
"""

from flask import Response, flash, jsonify, redirect, render_template, session, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from lms.kernel import sessions as stored
from lms.kernel.clock import now
from lms.kernel.later import Later
from lms.kernel.refusals import Refusal
from lms.people import directory
from lms.people.second_factor import actions, passkeys, rules
from lms.people.second_factor.queries import factors
from lms.people.sign_in import sign_in_staff
from lms.web.account import ceremonies, entering
from lms.web.account.forms import AgainForm, CodeForm
from lms.web.shared import identity, sessions
from lms.web.shared.branding import dress
from lms.web.shared.guards import signed_in, signed_in_lately
from lms.web.shared.identity import somebody
from lms.web.shared.refusals import worded

pyotp = Later("pyotp")
segno = Later("segno")

Page = str | tuple[str, int] | BaseResponse


@signed_in
def second_factor() -> str:
    """Show one's second factors, and what one's role asks for."""
    return render_template(
        "account/second_factor.html",
        held=factors(somebody().id),
        lacks=identity.lacks_second_factor(somebody()),
        passkeys_possible=ceremonies.possible(),
        most=rules.MOST_PASSKEYS,
    )


@signed_in
def prove_again() -> Page:
    """Ask for the password once more before something that is worth stealing is changed."""
    form = AgainForm()
    fault = None
    if form.validate_on_submit():
        email = directory.entry(somebody().id).person.email or ""
        try:
            sign_in_staff(email, form.password.data, entering.desk(), now())
        except Refusal as refusal:
            fault = worded(refusal)
        else:
            session[identity.PROVED_AT] = now().isoformat()
            return redirect(url_for("account.second_factor"))
    page = render_template("account/again.html", form=form, fault=fault)
    return page if not (fault or form.errors) else (page, 422)


@signed_in_lately
def begin_app() -> BaseResponse:
    """Make a secret for an authenticator app."""
    actions.begin_app(somebody().id, now())
    return redirect(url_for("account.app"))


@signed_in_lately
def app() -> Page:
    """Show the secret to be scanned, and take the first code."""
    form = CodeForm()
    fault = None
    try:
        secret = actions.waiting_secret(somebody().id)
        if form.validate_on_submit():
            actions.confirm_app(somebody().id, form.code.data or "", now())
            _signed_in_anew("code")
            flash(_("The authenticator app is set up. Its code is asked for from now on."), "success")
            return redirect(url_for("account.second_factor"))
    except rules.NothingToConfirm:
        return redirect(url_for("account.second_factor"))
    except Refusal as refusal:
        fault = worded(refusal)
    page = render_template("account/app.html", form=form, fault=fault, secret=secret, picture=_picture(secret))
    return page if not (fault or form.errors) else (page, 422)


@signed_in_lately
def remove_app() -> BaseResponse:
    """Take the authenticator app away."""
    actions.remove_app(somebody().id, somebody().id, now())
    return redirect(url_for("account.second_factor"))


@signed_in_lately
def offer_passkey() -> Response:
    """Say what a new passkey is to be."""
    return Response(passkeys.to_make(somebody().id, ceremonies.begun()), mimetype="application/json")


@signed_in_lately
def add_passkey() -> Response:
    """Keep the passkey that the browser made."""
    ceremony, answer = ceremonies.answered()
    name = str(answer.get("name") or _("Passkey"))
    passkeys.add(somebody().id, answer["credential"], name, ceremony, now())
    _signed_in_anew("passkey")
    flash(_("The passkey is set up. It is asked for from now on."), "success")
    return jsonify(to=url_for("account.second_factor"))


@signed_in_lately
def remove_passkey(passkey_id: int) -> BaseResponse:
    """Take a passkey away."""
    passkeys.remove(passkey_id, somebody().id, somebody().id, now())
    return redirect(url_for("account.second_factor"))


@signed_in_lately
def recovery_codes() -> str:
    """Make new recovery codes and show them once."""
    return render_template("account/recovery_codes.html", codes=actions.make_recovery_codes(somebody().id, now()))


def _signed_in_anew(second: str) -> None:
    """End every session that was begun without the new factor; go on in a new one."""
    me = somebody()
    stored.end_all_of(me.id)
    identity.sign_in(me, sessions.STAFF, second)


def _picture(secret: str) -> Markup:
    name = directory.entry(somebody().id).person.email or somebody().full_name
    address = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=dress().name)
    drawn = segno.make(address, error="m").svg_inline(scale=5, border=4, svgclass=None, lineclass=None, light="#fff")
    return Markup(drawn)  # noqa: S704  (drawn here, of our own address)

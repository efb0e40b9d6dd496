"""The second step of signing in: a code, or a passkey."""

from flask import Response, jsonify, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from lms.kernel.clock import now
from lms.kernel.refusals import Forbidden, Refusal
from lms.people.second_factor import actions, passkeys
from lms.people.second_factor.queries import factors
from lms.web.account import ceremonies, entering
from lms.web.account.forms import CodeForm
from lms.web.shared.guards import public
from lms.web.shared.refusals import worded


@public
def second_step() -> str | tuple[str, int] | BaseResponse:
    """Ask whoever gave a right password for a code of their app, a recovery code or a passkey."""
    waiting = entering.half()
    if waiting is None:
        return redirect(url_for("account.sign_in"))
    form = CodeForm()
    fault = None
    if form.validate_on_submit():
        try:
            actions.prove(waiting.person_id, form.code.data or "", entering.desk("code"), now())
        except Refusal as refusal:
            fault = worded(refusal)
        else:
            return redirect(entering.complete(waiting, "code"))
    held = factors(waiting.person_id)
    page = render_template(
        "account/second_step.html", form=form, fault=fault, held=held, passkeys_possible=ceremonies.possible()
    )
    return page if not (fault or form.errors) else (page, 422)


@public
def ask_passkey() -> Response:
    """Say what one of the passkeys is to sign."""
    options = passkeys.to_sign(_waiting().person_id, ceremonies.begun())
    return Response(options, mimetype="application/json")


@public
def take_passkey() -> Response:
    """Let in whoever's passkey signed."""
    waiting = _waiting()
    ceremony, answer = ceremonies.answered()
    passkeys.prove(waiting.person_id, answer["credential"], entering.desk("code"), ceremony, now())
    return jsonify(to=entering.complete(waiting, "passkey"))


def _waiting() -> entering.Half:
    waiting = entering.half()
    if waiting is None:
        raise Forbidden()
    return waiting

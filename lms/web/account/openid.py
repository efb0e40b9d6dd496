"""Signing in by the provider: a browser leaves, and comes back with a code.

What it carries meanwhile is in a sealed cookie of its own: the session's cookie never comes with
a request that another site caused (SameSite=Strict). For the same reason whoever came back is
shown a page of ours first, which leads on by itself.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict
from json import dumps, loads

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from lms.kernel import vault
from lms.kernel.clock import now, today
from lms.kernel.database import release
from lms.kernel.group_commit import durably
from lms.kernel.refusals import NotFound, Refusal
from lms.kernel.settings import setting
from lms.people.openid import provider
from lms.people.openid.actions import take
from lms.people.openid.rules import FLOW_LASTS, Flow, SignInNotConfirmed
from lms.web.account import entering
from lms.web.shared.guards import public
from lms.web.shared.links import local_path
from lms.web.shared.refusals import worded, wording

PURPOSE = "openid flow"


@public
def openid() -> BaseResponse | tuple[str, int]:
    """Send a browser to the provider."""
    if not setting("OIDC_ISSUER"):
        raise NotFound()
    release()
    try:
        address, flow = provider.begin(_back(), local_path(request.args.get("next")) or "", now())
    except Refusal as refusal:
        return _refused(refusal)
    response = redirect(address)
    carried = urlsafe_b64encode(vault.seal(PURPOSE, dumps(asdict(flow)).encode())).decode()
    response.set_cookie(_cookie(), carried, FLOW_LASTS, httponly=True, samesite="Lax", secure=setting("SECURE_COOKIES"))
    return response


@public
def openid_back() -> Response | tuple[str, int]:
    """Let in whoever comes back from the provider."""
    if not setting("OIDC_ISSUER"):
        raise NotFound()
    moment, day = now(), today()
    try:
        flow = _flow()
        claims = provider.finish(flow, request.args, _back(), moment)
        person = durably(lambda: take(claims, moment, day))
    except Refusal as refusal:
        return _refused(refusal)
    going = entering.enter(person, flow.to, "openid" if setting("OIDC_SECOND_FACTOR") else None)
    response = make_response(render_template("account/openid_back.html", going=going))
    response.delete_cookie(_cookie(), secure=setting("SECURE_COOKIES"), httponly=True, samesite="Lax")
    return response


def _flow() -> Flow:
    try:
        sealed = urlsafe_b64decode(request.cookies.get(_cookie(), ""))
        return Flow(**loads(vault.unseal(PURPOSE, sealed)))
    except (vault.Unreadable, ValueError) as error:
        raise SignInNotConfirmed() from error


def _refused(refusal: Refusal) -> tuple[str, int]:
    page = render_template("account/openid_refused.html", fault=worded(refusal))
    return page, wording(refusal).status


def _back() -> str:
    return url_for("account.openid_back", _external=True)


def _cookie() -> str:
    return "__Host-openid" if setting("SECURE_COOKIES") else "openid"

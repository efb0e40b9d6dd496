"""The provider over HTTP: where it is, whom it proves. Authorization code with PKCE, state and nonce.

RFC 6749, 4.1; RFC 7636 (S256); OpenID Connect Discovery 1.0, 4; OpenID Connect Core 1.0, 3.1.3.7.
"""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from lms.kernel.later import Later
from lms.kernel.settings import setting
from lms.people.openid.rules import Flow, ProviderUnreachable, SignInNotConfirmed

authlib_errors = Later("authlib.common.errors")
claims_of = Later("authlib.oidc.core.claims")
clients = Later("authlib.integrations.requests_client")
jose_errors = Later("joserfc.errors")
jwk = Later("joserfc.jwk")
jwt = Later("joserfc.jwt")
requests = Later("requests")

SIGNED_WITH = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures with a key pair alone: never none, never one made with a secret that both sides hold."""
SCOPE = "openid profile email"
LEEWAY = 120
"""Seconds that two clocks may differ."""
PATIENCE = 10
"""Seconds that the provider has for an answer."""
KEPT = 3600.0
"""Seconds for which what the provider says of itself is not asked again."""


@dataclass
class _Known:
    """What a provider says of itself."""

    document: dict[str, Any]
    keys: dict[str, Any] | None
    at: float


_known: dict[str, _Known] = {}
_one_at_a_time = Lock()


def begin(back: str, to: str, now: datetime) -> tuple[str, Flow]:
    """Return where a browser is sent, and what it carries; `back` is our address to come back to.

    Raises ProviderUnreachable.
    """
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    flow = Flow(state, nonce, verifier, to, now.isoformat())
    address = _document()["authorization_endpoint"]
    made, _ = _client(back).create_authorization_url(
        address, state=flow.state, code_verifier=flow.verifier, nonce=flow.nonce
    )
    return str(made), flow


def finish(flow: Flow, answer: Mapping[str, str], back: str, now: datetime) -> dict[str, Any]:
    """Return what the provider says of whoever came back. Raises SignInNotConfirmed or ProviderUnreachable."""
    code, issuer = answer.get("code"), answer.get("iss", setting("OIDC_ISSUER"))
    same = secrets.compare_digest(answer.get("state", "").encode(), flow.state.encode())
    # `iss` in the answer: RFC 9207, against a provider mixed up with another.
    if not (same and code and flow.lasts(now)) or issuer.rstrip("/") != setting("OIDC_ISSUER").rstrip("/"):
        raise SignInNotConfirmed()
    document = _document()
    try:
        token = _client(back).fetch_token(
            document["token_endpoint"], code=code, code_verifier=flow.verifier, timeout=PATIENCE
        )
    except authlib_errors.AuthlibBaseError as error:
        raise SignInNotConfirmed() from error
    except (requests.RequestException, ValueError) as error:
        raise ProviderUnreachable() from error
    return _claims(token, flow.nonce, now)


def _client(back: str) -> Any:
    return clients.OAuth2Session(
        setting("OIDC_CLIENT_ID"),
        setting("OIDC_CLIENT_SECRET") or None,
        scope=SCOPE,
        redirect_uri=back,
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic" if setting("OIDC_CLIENT_SECRET") else "none",
    )


def _claims(token: Mapping[str, Any], nonce: str, now: datetime) -> dict[str, Any]:
    signed = str(token.get("id_token", ""))
    try:
        try:
            read = jwt.decode(signed, _keys(False), algorithms=list(SIGNED_WITH))
        except (jose_errors.InvalidKeyIdError, jose_errors.BadSignatureError):
            # The provider may have changed its keys since we asked.
            read = jwt.decode(signed, _keys(True), algorithms=list(SIGNED_WITH))
        asked = {
            "iss": {"essential": True, "value": _document()["issuer"]},
            "aud": {"essential": True, "value": setting("OIDC_CLIENT_ID")},
        }
        more = {"nonce": nonce, "client_id": setting("OIDC_CLIENT_ID"), "access_token": token.get("access_token")}
        claims = claims_of.CodeIDToken(read.claims, read.header, asked, more)
        claims.validate(now=int(now.timestamp()), leeway=LEEWAY)
    except (jose_errors.JoseError, authlib_errors.AuthlibBaseError, ValueError, TypeError) as error:
        raise SignInNotConfirmed() from error
    return dict(claims)


def _document() -> dict[str, Any]:
    return _look(setting("OIDC_ISSUER").rstrip("/")).document


def _keys(anew: bool) -> Any:
    known = _look(setting("OIDC_ISSUER").rstrip("/"))
    with _one_at_a_time:
        if anew or known.keys is None:
            known.keys = _fetch(known.document["jwks_uri"])
        keys = known.keys
    try:
        return jwk.KeySet.import_key_set(keys)
    except (jose_errors.JoseError, ValueError, KeyError) as error:
        raise ProviderUnreachable() from error


def _look(issuer: str) -> _Known:
    with _one_at_a_time:
        known = _known.get(issuer)
        if known is None or time.monotonic() - known.at > KEPT:
            known = _known[issuer] = _Known(_discovered(issuer), None, time.monotonic())
        return known


def _discovered(issuer: str) -> dict[str, Any]:
    document = _fetch(f"{issuer}/.well-known/openid-configuration")
    wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if str(document.get("issuer", "")).rstrip("/") != issuer or not all(document.get(name) for name in wanted):
        raise ProviderUnreachable()
    return document


def _fetch(address: str) -> dict[str, Any]:
    try:
        answer = requests.get(address, timeout=PATIENCE, allow_redirects=False)
        document = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise ProviderUnreachable() from error
    if answer.status_code != 200 or not isinstance(document, dict):
        raise ProviderUnreachable()
    return document

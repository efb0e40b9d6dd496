"""Where a passkey is made or asked for: the site as browsers name it, and a challenge good once.

Browsers make passkeys on https, and on http for `localhost` alone; a site known by a number has none.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from ipaddress import ip_address
from typing import Any

from flask import request, session

from lms.people.second_factor.passkeys import Ceremony, new_challenge
from lms.people.second_factor.rules import PasskeyWrong

CHALLENGE = "challenge"


def possible() -> bool:
    """Whether browsers make passkeys for the address in use."""
    host = _host()
    return host == "localhost" or (request.is_secure and not _is_number(host))


def begun() -> Ceremony:
    """Begin a ceremony in this session. Raises PasskeyWrong where browsers make no passkeys."""
    if not possible():
        raise PasskeyWrong()
    challenge = new_challenge()
    session[CHALLENGE] = urlsafe_b64encode(challenge).decode()
    return _ceremony(challenge)


def answered() -> tuple[Ceremony, dict[str, Any]]:
    """Return the ceremony of this session, which ends now, and what the browser answered. Raises PasskeyWrong."""
    challenge, answer = session.pop(CHALLENGE, None), request.get_json(silent=True)
    if challenge is None or not isinstance(answer, dict) or not isinstance(answer.get("credential"), dict):
        raise PasskeyWrong()
    return _ceremony(urlsafe_b64decode(challenge)), answer


def _ceremony(challenge: bytes) -> Ceremony:
    return Ceremony(_host(), f"{request.scheme}://{request.host}", challenge)


def _host() -> str:
    return request.host.rpartition(":")[0] if request.host.rpartition(":")[2].isdigit() else request.host


def _is_number(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True

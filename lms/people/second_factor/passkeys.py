"""Passkeys (W3C Web Authentication, level 3): made for this site, asked at sign-in.

A *ceremony* is one question to a device and its answer: a challenge made here, good once, for
one origin.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from lms.kernel.branding import actions as branding
from lms.kernel.database import db
from lms.kernel.ids import keyed_digest
from lms.kernel.later import Later
from lms.kernel.refusals import NotFound
from lms.kernel.settings import setting
from lms.people import tries
from lms.people.models import Person, SignInOutcome
from lms.people.second_factor import queries, rules
from lms.people.second_factor.actions import note
from lms.people.second_factor.models import AccessAct, Passkey

webauthn = Later("webauthn")
structs = Later("webauthn.helpers.structs")
exceptions = Later("webauthn.helpers.exceptions")

CHALLENGE = 32
"""Bytes (the standard asks for 16 at least)."""


@dataclass(frozen=True)
class Ceremony:
    """Where it takes place, and what is to be signed."""

    host: str
    """The site as passkeys know it: a host name, never a number."""
    origin: str
    challenge: bytes


def new_challenge() -> bytes:
    """Return something to sign that was never signed before."""
    return secrets.token_bytes(CHALLENGE)


def to_make(person_id: int, ceremony: Ceremony) -> str:
    """Return what a browser is told to make a passkey, as JSON. Raises NotFound or TooManyPasskeys."""
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound()
    held = queries.passkeys(person_id)
    if len(held) >= rules.MOST_PASSKEYS:
        raise rules.TooManyPasskeys(most=rules.MOST_PASSKEYS)
    options = webauthn.generate_registration_options(
        rp_id=ceremony.host,
        rp_name=branding.current().name,
        user_id=keyed_digest(setting("SECRET_KEY"), "passkey", str(person_id)),
        user_name=person.email or person.full_name,
        user_display_name=person.full_name,
        challenge=ceremony.challenge,
        exclude_credentials=[structs.PublicKeyCredentialDescriptor(id=key.credential_id) for key in held],
    )
    return str(webauthn.options_to_json(options))


def to_sign(person_id: int, ceremony: Ceremony) -> str:
    """Return what a browser is told to let one of someone's passkeys sign, as JSON."""
    held = queries.passkeys(person_id)
    options = webauthn.generate_authentication_options(
        rp_id=ceremony.host,
        challenge=ceremony.challenge,
        allow_credentials=[structs.PublicKeyCredentialDescriptor(id=key.credential_id) for key in held],
    )
    return str(webauthn.options_to_json(options))


def add(person_id: int, answer: Mapping[str, Any], name: str, ceremony: Ceremony, now: datetime) -> None:
    """Keep the passkey that a browser made. Raises PasskeyWrong."""
    try:
        made = webauthn.verify_registration_response(credential=dict(answer), **_expected(ceremony))
    except (exceptions.WebAuthnException, ValueError, TypeError) as error:
        raise rules.PasskeyWrong() from error
    if _known(made.credential_id) is not None:
        raise rules.PasskeyWrong()
    key = {"credential_id": made.credential_id, "public_key": made.credential_public_key, "sign_count": made.sign_count}
    db.session.add(Passkey(person_id=person_id, name=name.strip()[:60], created_at=now, **key))
    note(person_id, AccessAct.PASSKEY_ADDED, person_id, now)


def remove(passkey_id: int, person_id: int, by: int | None, now: datetime) -> None:
    """Take one of someone's passkeys away. Raises NotFound."""
    key = db.session.get(Passkey, passkey_id)
    if key is None or key.person_id != person_id:
        raise NotFound()
    db.session.delete(key)
    note(person_id, AccessAct.PASSKEY_REMOVED, by, now)


def prove(person_id: int, answer: Mapping[str, Any], origin: str, ceremony: Ceremony, now: datetime) -> None:
    """Take what one of someone's passkeys signed. Raises PasskeyWrong.

    A device that counted less than before was copied: the library refuses it.
    """
    attempt = tries.a_try(origin, "", person_id, now)
    try:
        key = _known(webauthn.base64url_to_bytes(str(answer.get("id", ""))))
        if key is None or key.person_id != person_id:
            raise rules.PasskeyWrong()
        signed = webauthn.verify_authentication_response(
            credential=dict(answer),
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
            **_expected(ceremony),
        )
    except (exceptions.WebAuthnException, ValueError, TypeError) as error:
        raise rules.PasskeyWrong() from error
    key.sign_count, key.used_at = signed.new_sign_count, now
    tries.keep(attempt, SignInOutcome.ACCEPTED)


def _known(credential_id: bytes) -> Passkey | None:
    return db.session.scalars(select(Passkey).where(Passkey.credential_id == credential_id)).one_or_none()


def _expected(ceremony: Ceremony) -> dict[str, Any]:
    return {
        "expected_challenge": ceremony.challenge,
        "expected_rp_id": ceremony.host,
        "expected_origin": ceremony.origin,
    }

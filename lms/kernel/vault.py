"""What must be read again and never from a copied database: sealed with the server's key (AES-256-GCM)."""

import secrets

from lms.kernel.ids import keyed_digest
from lms.kernel.later import Later
from lms.kernel.settings import setting

aead = Later("cryptography.hazmat.primitives.ciphers.aead")
exceptions = Later("cryptography.exceptions")

NONCE = 12
"""Bytes, drawn anew each time something is sealed (NIST SP 800-38D, 8.2.2)."""


class Unreadable(Exception):
    """It was sealed with another key, for another purpose, or altered."""


def seal(purpose: str, content: bytes) -> bytes:
    """Return the content sealed; `purpose` says of what and whose, and must be said again to open it."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + bytes(aead.AESGCM(_key()).encrypt(nonce, content, purpose.encode()))


def unseal(purpose: str, sealed: bytes) -> bytes:
    """Return what was sealed for that purpose; raises Unreadable."""
    try:
        return bytes(aead.AESGCM(_key()).decrypt(sealed[:NONCE], sealed[NONCE:], purpose.encode()))
    except (exceptions.InvalidTag, ValueError) as error:
        raise Unreadable from error


def _key() -> bytes:
    return keyed_digest(setting("SECRET_KEY"), "vault", "1")

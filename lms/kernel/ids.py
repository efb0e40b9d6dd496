"""Identifiers made where the thing happens, and secrets.

A UUIDv7 sorts by time and names a thing; it is never a secret (OWASP ASVS 11.5.1).
"""

import hashlib
import hmac
import secrets
from uuid import UUID

from uuid_utils import compat

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Capitals and digits that nobody confuses when reading them aloud."""


def new_id() -> UUID:
    """Return a UUIDv7 (RFC 9562)."""
    return compat.uuid7()


def new_token() -> str:
    """Return a secret of 256 bits, safe in a URL or a cookie."""
    return secrets.token_urlsafe(32)


def new_code(length: int = 8) -> str:
    """Return a one-time code to read aloud or type; 8 letters are 40 bits."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(length))


def digest(token: str) -> bytes:
    """Return what is stored of a long random secret: its SHA-256."""
    return hashlib.sha256(token.encode()).digest()


def keyed_digest(key: str, purpose: str, value: str) -> bytes:
    """Return the HMAC-SHA256 of a short value that could be guessed without the key."""
    return hmac.new(key.encode(), f"{purpose}\0{value}".encode(), hashlib.sha256).digest()

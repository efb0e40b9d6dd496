"""Events sealed to the server: at the kiosk nobody can read or alter them any more, whoever comes next.

The kiosk makes a key pair for each event, agrees on a secret with the server's public key
(ECDH on P-256), derives a key from it (HKDF-SHA256) and encrypts under it (AES-256-GCM)
with the event's id as additional data. The half that it keeps, it forgets.
"""

import base64
import binascii
from functools import lru_cache
from typing import Any
from uuid import UUID

from lms.kernel.later import Later

exceptions = Later("cryptography.exceptions")
ec = Later("cryptography.hazmat.primitives.asymmetric.ec")
aead = Later("cryptography.hazmat.primitives.ciphers.aead")
hashes = Later("cryptography.hazmat.primitives.hashes")
hkdf = Later("cryptography.hazmat.primitives.kdf.hkdf")
serialization = Later("cryptography.hazmat.primitives.serialization")

POINT = 65
"""Bytes of an uncompressed point."""
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of P-256 (FIPS 186-5): private keys are 1 to ORDER - 1."""
ONE_USE = bytes(12)
"""The nonce: a key seals one event and no other."""
PURPOSE = b"etabli event 1"


class Unsealable(Exception):
    """It was altered, or sealed to another server's key."""


def public_key(secret: str) -> str:
    """Return the server's public key as kiosks are given it: an uncompressed point in Base64."""
    form = serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    point = _private_key(secret).public_key().public_bytes(*form)
    return base64.b64encode(point).decode()


def unseal(secret: str, id: UUID, sealed: str) -> bytes:
    """Return what was sealed under this id; raises Unsealable."""
    try:
        raw = base64.b64decode(sealed, validate=True)
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw[:POINT])
        shared = _private_key(secret).exchange(ec.ECDH(), theirs)
        key = one_key(shared, raw[:POINT])
        return bytes(aead.AESGCM(key).decrypt(ONE_USE, raw[POINT:], str(id).encode()))
    except (ValueError, binascii.Error, exceptions.InvalidTag) as error:
        raise Unsealable from error


def one_key(shared: bytes, ephemeral: bytes) -> bytes:
    """Return the key of one event, from the secret agreed on and the kiosk's public half."""
    return _derived(shared, 32, salt=ephemeral, info=PURPOSE)


@lru_cache(maxsize=4)
def _private_key(secret: str) -> Any:
    # Derived and not drawn: every process of a server has it, and a restored one has it again.
    drawn = _derived(secret.encode(), 48, salt=None, info=b"etabli outbox key 1")
    return ec.derive_private_key(int.from_bytes(drawn) % (ORDER - 1) + 1, ec.SECP256R1())


def _derived(secret: bytes, length: int, *, salt: bytes | None, info: bytes) -> bytes:
    return bytes(hkdf.HKDF(hashes.SHA256(), length, salt=salt, info=info).derive(secret))

"""Slow hashes, in a small pool of their own.

Hundreds of people sign in at a shift change. The pool has as many threads as the machine
has cores and a short queue: who finds it full is asked to try again at once, so that
sign-ins never take the threads that keep answers.

A PIN of six digits is guessed in minutes from any hash; what protects it is the HMAC
with the secret key, which is not in the database. scrypt N=2^13, r=8, p=1 costs 20 to
30 ms of one core. Staff passwords: argon2id, 19 MiB, t=2, p=1 (OWASP Password Storage
Cheat Sheet), about 45 ms.
"""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from lms.kernel.ids import keyed_digest
from lms.people.rules import SignInBusy

PIN_COST = 2**13
_BLOCK_SIZE, _LANES = 8, 1
_passwords = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)

MOST_WAITING = 24
_places = BoundedSemaphore(MOST_WAITING)

Result = TypeVar("Result")


def hash_pin(key: str, person_id: int, pin: str) -> str:
    """Return what is stored of a PIN: cost, salt and hash."""
    salt = secrets.token_bytes(16)
    made = _in_pool(_scrypt, _peppered(key, person_id, pin), salt, PIN_COST)
    return "$".join(("scrypt", str(PIN_COST), _text(salt), _text(made)))


def verify_pin(key: str, person_id: int, pin: str, stored: str | None) -> bool:
    """Whether the PIN is that of the stored hash; without one the work is the same and the answer no."""
    kind, cost, salt, expected = (stored or _NOBODYS_PIN).split("$")
    made = _in_pool(_scrypt, _peppered(key, person_id, pin), base64.b64decode(salt), int(cost))
    return hmac.compare_digest(made, base64.b64decode(expected)) and stored is not None


def hash_password(password: str) -> str:
    """Return what is stored of a staff password."""
    return _in_pool(_passwords.hash, password)


def verify_password(password: str, stored: str | None) -> bool:
    """Whether the password is that of the stored hash; without one the work is the same and the answer no."""
    return _in_pool(_matches, password, stored or _nobodys_password()) and stored is not None


def _matches(password: str, stored: str) -> bool:
    try:
        return _passwords.verify(stored, password)
    except VerificationError:
        return False


def _peppered(key: str, person_id: int, pin: str) -> bytes:
    return keyed_digest(key, "pin", f"{person_id}\0{pin}")


def _scrypt(secret: bytes, salt: bytes, cost: int) -> bytes:
    return hashlib.scrypt(secret, salt=salt, n=cost, r=_BLOCK_SIZE, p=_LANES, maxmem=64 * 2**20)


_NOBODYS_PIN = "$".join(("scrypt", str(PIN_COST), "AAAAAAAAAAAAAAAAAAAAAA==", "AAAA"))


@cache
def _nobodys_password() -> str:
    return _passwords.hash(secrets.token_urlsafe())


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="hashing")


def _in_pool(work: Callable[..., Result], *given: object) -> Result:
    with _a_place():
        return _pool().submit(work, *given).result()


@contextmanager
def _a_place() -> Iterator[None]:
    if not _places.acquire(blocking=False):
        raise SignInBusy()
    try:
        yield
    finally:
        _places.release()


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()

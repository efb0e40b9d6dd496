"""The order in which a question shows its things: the same for everyone, and not the answer.

`salt` is the edition's digest, so that an edition always looks the same and nothing has
to be kept.
"""

import hashlib
from collections.abc import Sequence


def shuffled(keys: Sequence[str], question: str, salt: str) -> list[str]:
    """Return the keys in an order that the salt decides, other than the given one if there is another."""
    order = sorted(keys, key=lambda key: _digest(salt, question, "order", key))
    return order[1:] + order[:1] if order == list(keys) else order


def token(key: str, question: str, salt: str) -> str:
    """Return what stands for the right-hand side of a pair, without saying which pair it is."""
    return _digest(salt, question, "token", key)[:12]


def other(place: int) -> str:
    """Return what names a word that fits nowhere; no key of an author looks like it."""
    return f"+{place}"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()

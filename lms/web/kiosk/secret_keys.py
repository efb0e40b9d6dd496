"""The keys that a kiosk shows for somebody's secret: digits or pictures, always alike or shuffled."""

import secrets
from dataclasses import dataclass

from flask_babel import LazyString

from lms.kernel.settings import setting
from lms.people import proofs, queries
from lms.people.models import PinKind
from lms.web.shared.pictures import PICTURE_NAMES

DIGITS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "0")


@dataclass(frozen=True)
class SecretKeys:
    """What is to be touched, in the order in which it lies on the screen."""

    digits: tuple[str, ...] = ()
    pictures: tuple[tuple[str, LazyString], ...] = ()
    """The name of each drawing, and what it is called."""


def secret_keys(person_id: int) -> SecretKeys:
    """Return the keys for this person's secret."""
    if queries.pin_kind(person_id) is PinKind.PICTURES:
        return SecretKeys(pictures=tuple((name, PICTURE_NAMES[name]) for name in _laid(proofs.PICTURES)))
    return SecretKeys(digits=_laid(DIGITS))


def _laid(keys: tuple[str, ...]) -> tuple[str, ...]:
    if not setting("SHUFFLED_KEYS"):
        return keys
    shuffled = list(keys)
    secrets.SystemRandom().shuffle(shuffled)
    return tuple(shuffled)

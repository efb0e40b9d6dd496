"""How people prove who they are, at a kiosk and at a desk.

Tries are kept in transactions of their own (`people.tries`). For that reason, and since
the write lock must not be held while hashing, these functions end the transaction they
were called in (`database.release`): call them first in a request.

Unknown names cost the same work and get the same answer as wrong secrets.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from sqlalchemy import select

from lms.kernel.clock import local_day
from lms.kernel.database import db, release
from lms.kernel.settings import setting
from lms.people import badges, hashing, queries
from lms.people.models import Password, Person, Pin, PinKind, SignInOutcome
from lms.people.proofs import is_personal_code
from lms.people.rules import BadgeEnded, NotRecognised, WrongSecret
from lms.people.tries import Try, a_try, note, refuse_if_throttled, slow_down


@dataclass(frozen=True)
class Recognised:
    """Whom a badge or a personal code names."""

    person_id: int
    given_name: str
    full_name: str
    pin_kind: PinKind | None
    """With what they prove it; None for whom somebody has to issue it first."""


@dataclass(frozen=True)
class SignedIn:
    """Someone who proved who they are."""

    person: queries.Identity
    must_change: bool
    """The PIN or password was made by somebody else: another is to be chosen now."""


def recognise(badge_or_code: str, origin: str, now: datetime) -> Recognised:
    """Return whom a badge or a personal code names, among those who still work here.

    Raises NotRecognised, BadgeEnded, or SignInThrottled after too many failures at this origin.
    """
    try:
        person = _named(badge_or_code, origin, now)
    except BadgeEnded:
        _refuse_name(a_try(origin, badge_or_code, None, now), SignInOutcome.NOT_ALLOWED)
        raise
    if person is None:
        _refuse_name(a_try(origin, badge_or_code, None, now), SignInOutcome.UNKNOWN)
        raise NotRecognised()
    kind = db.session.scalar(select(Pin.kind).where(Pin.person_id == person.id))
    return Recognised(person.id, person.given_name, person.full_name, kind)


def _refuse_name(attempt: Try, outcome: SignInOutcome) -> None:
    refuse_if_throttled(attempt)
    release()
    note(attempt, outcome)


def check_pin(person_id: int | None, pin: str, origin: str, now: datetime) -> SignedIn:
    """Return the person whose PIN it is; `origin` is the kiosk (`terminal:<number>`).

    Raises WrongSecret, SignInThrottled, SignInShut or SignInBusy.
    """
    attempt = a_try(origin, "", person_id, now)
    with _one_at_a_time(attempt.name_digest):
        refuse_if_throttled(attempt)
        stored = db.session.get(Pin, person_id) if person_id else None
        hashed, must_change = (stored.hash, stored.must_change) if stored else (None, False)
        release()
        right = hashing.verify_pin(setting("SECRET_KEY"), person_id or 0, pin, hashed)
        return SignedIn(_concluded(attempt, right), must_change)


def sign_in_staff(email: str, password: str, origin: str, now: datetime) -> SignedIn:
    """Return the member of staff whose e-mail and password these are.

    `origin` tells desks apart (`staff:<something of the address>`), so that nobody shuts
    another out. Raises WrongSecret, SignInThrottled or SignInBusy.
    """
    row = db.session.execute(
        select(Password.person_id, Password.hash, Password.must_change)
        .join(Person, Person.id == Password.person_id)
        .where(Person.email == email.strip().lower())
    ).one_or_none()
    attempt = a_try(origin, email, row.person_id if row else None, now)
    with _one_at_a_time(attempt.name_digest):
        refuse_if_throttled(attempt)
        release()
        right = hashing.verify_password(password, row.hash if row else None)
        return SignedIn(_concluded(attempt, right), bool(row and row.must_change))


def _named(badge_or_code: str, origin: str, now: datetime) -> Person | None:
    text = badge_or_code.strip()
    found = badges.holder(text, origin, now)
    if found is None and is_personal_code(text):
        found = db.session.scalar(
            select(Person).where(queries.is_present(local_day(now)), Person.personal_code == text)
        )
    return found


def _concluded(attempt: Try, right: bool) -> queries.Identity:
    """Note how the try ended; return the person or raise WrongSecret."""
    person = queries.identity(attempt.person_id, local_day(attempt.at)) if attempt.person_id and right else None
    release()
    if person is None:
        outcome = SignInOutcome.NOT_ALLOWED if right else SignInOutcome.WRONG_SECRET
        note(attempt, outcome if attempt.person_id else SignInOutcome.UNKNOWN)
        slow_down(attempt)
        raise WrongSecret()
    note(attempt, SignInOutcome.ACCEPTED)
    return person


_turns = tuple(Lock() for _ in range(64))


@contextmanager
def _one_at_a_time(name_digest: bytes) -> Iterator[None]:
    """Let one name be tried once at a time, or many tries sent together would all be free."""
    release()
    with _turns[name_digest[0] % len(_turns)]:
        yield

"""How people prove who they are, at a kiosk and at a desk.

Tries are kept in transactions of their own (`people.tries`). For that reason, and since
the write lock must not be held while hashing, these functions end the transaction they
were called in (`database.release`): call them first in a request.

Unknown names cost the same work and get the same answer as wrong secrets.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from lms.kernel.clock import local_day
from lms.kernel.database import db, release
from lms.kernel.prepared import Prepared
from lms.kernel.settings import setting
from lms.people import badges, hashing, queries
from lms.people.models import Password, Person, Pin, PinKind, SignInOutcome
from lms.people.rules import BadgeEnded, NotRecognised, WrongSecret
from lms.people.tries import Try, a_try, note, one_at_a_time, refuse_if_throttled, slow_down

_pin = Prepared(select(Pin.hash, Pin.must_change).where(Pin.person_id == bindparam("person_id")))


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
    return Recognised(person.id, person.given_name, person.full_name, queries.pin_kind(person.id))


def _refuse_name(attempt: Try, outcome: SignInOutcome) -> None:
    refuse_if_throttled(attempt)
    release()
    note(attempt, outcome)


def check_pin(person_id: int | None, pin: str, origin: str, now: datetime) -> SignedIn:
    """Return the person whose PIN it is; `origin` is the kiosk (`terminal:<number>`).

    Raises WrongSecret, SignInThrottled, SignInShut or SignInBusy.
    """
    attempt = a_try(origin, "", person_id, now)
    with one_at_a_time(attempt.name_digest):
        refuse_if_throttled(attempt)
        stored = _pin.rows({"person_id": person_id})
        hashed, must_change = stored[0] if stored else (None, False)
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
    with one_at_a_time(attempt.name_digest):
        refuse_if_throttled(attempt)
        release()
        right = hashing.verify_password(password, row.hash if row else None)
        return SignedIn(_concluded(attempt, right), bool(row and row.must_change))


def _named(badge_or_code: str, origin: str, now: datetime) -> queries.Identity | None:
    text = badge_or_code.strip()
    person_id = badges.holder(text, origin, now)
    found = queries.identity(person_id, local_day(now)) if person_id else None
    return found or queries.identity_of_code(text, local_day(now))


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

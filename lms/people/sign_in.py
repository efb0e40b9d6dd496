"""How people prove who they are, at a kiosk and at a desk.

A try that fails is stored in a transaction of its own: the refusal that follows rolls
the request's transaction back, and whoever guesses must not profit from that. For the
same reason, and since the write lock must not be held while hashing, these functions end
the transaction they were called in (`database.release`): call them first in a request.

Unknown names cost the same work and get the same answer as wrong secrets.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from sqlalchemy import insert, select

from lms.kernel.clock import local_day
from lms.kernel.database import db, release, writing
from lms.kernel.ids import keyed_digest
from lms.kernel.settings import setting
from lms.people import hashing, queries, throttle
from lms.people.models import Badge, Password, Person, Pin, SignInAttempt, SignInOutcome
from lms.people.proofs import is_personal_code, normal_badge
from lms.people.rules import NotRecognised, SignInThrottled, WrongSecret

FAILURES = (SignInOutcome.UNKNOWN, SignInOutcome.WRONG_SECRET, SignInOutcome.NOT_ALLOWED)


@dataclass(frozen=True)
class Recognised:
    """Whom a badge or a personal code names."""

    person_id: int
    given_name: str
    full_name: str
    has_pin: bool
    """Without one, somebody has to issue it first."""


@dataclass(frozen=True)
class SignedIn:
    """Someone who proved who they are."""

    person: queries.Identity
    must_change: bool
    """The PIN or password was made by somebody else: another is to be chosen now."""


@dataclass(frozen=True)
class _Try:
    origin: str
    name_digest: bytes
    person_id: int | None
    at: datetime


def recognise(badge_or_code: str, origin: str, now: datetime) -> Recognised:
    """Return whom a badge or a personal code names, among those who still work here.

    Raises NotRecognised, or SignInThrottled after too many failures at this origin.
    """
    person = _named(badge_or_code, now)
    attempt = _a_try(origin, badge_or_code, person.id if person else None, now)
    if person is None:
        _refuse_if_throttled(attempt)
        release()
        _note(attempt, SignInOutcome.UNKNOWN)
        raise NotRecognised()
    has_pin = db.session.get(Pin, person.id) is not None
    return Recognised(person.id, person.given_name, person.full_name, has_pin)


def check_pin(person_id: int | None, pin: str, origin: str, now: datetime) -> SignedIn:
    """Return the person whose PIN it is; `origin` is the kiosk (`terminal:<number>`).

    Raises WrongSecret, SignInThrottled or SignInBusy.
    """
    attempt = _a_try(origin, "", person_id, now)
    with _one_at_a_time(attempt.name_digest):
        _refuse_if_throttled(attempt)
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
    attempt = _a_try(origin, email, row.person_id if row else None, now)
    with _one_at_a_time(attempt.name_digest):
        _refuse_if_throttled(attempt)
        release()
        right = hashing.verify_password(password, row.hash if row else None)
        return SignedIn(_concluded(attempt, right), bool(row and row.must_change))


def _named(badge_or_code: str, now: datetime) -> Person | None:
    text = badge_or_code.strip()
    digest = keyed_digest(setting("SECRET_KEY"), "badge", normal_badge(text))
    query = select(Person).where(queries.is_present(local_day(now)))
    by_badge = query.join(Badge, Badge.person_id == Person.id).where(Badge.digest == digest, Badge.revoked_at.is_(None))
    found = db.session.scalars(by_badge).one_or_none()
    if found is None and is_personal_code(text):
        found = db.session.scalars(query.where(Person.personal_code == text)).one_or_none()
    return found


def _a_try(origin: str, given: str, person_id: int | None, now: datetime) -> _Try:
    # A badge and a code of one person count as one name.
    name = f"person:{person_id}" if person_id else f"given:{given.strip().casefold()}"
    return _Try(origin, keyed_digest(setting("SECRET_KEY"), "name", name), person_id, now)


def _concluded(attempt: _Try, right: bool) -> queries.Identity:
    """Note how the try ended; return the person or raise WrongSecret."""
    person = queries.identity(attempt.person_id, local_day(attempt.at)) if attempt.person_id and right else None
    release()
    if person is None:
        outcome = SignInOutcome.NOT_ALLOWED if right else SignInOutcome.WRONG_SECRET
        _note(attempt, outcome if attempt.person_id else SignInOutcome.UNKNOWN)
        raise WrongSecret()
    _note(attempt, SignInOutcome.ACCEPTED)
    return person


def _refuse_if_throttled(attempt: _Try) -> None:
    wait = max(
        throttle.name_wait(_failures_of_name(attempt), attempt.at),
        throttle.origin_wait(_failures_of_origin(attempt), attempt.at),
    )
    if wait > timedelta(0):
        release()
        _note(attempt, SignInOutcome.THROTTLED)
        raise SignInThrottled(seconds=int(wait.total_seconds()) + 1)


def _failures_of_name(attempt: _Try) -> list[datetime]:
    """Return the failures of this name at this origin since its last success, oldest first."""
    rows = db.session.execute(
        select(SignInAttempt.at, SignInAttempt.outcome)
        .where(SignInAttempt.origin == attempt.origin, SignInAttempt.name_digest == attempt.name_digest)
        .where(SignInAttempt.at > attempt.at - throttle.MEMORY)
        .order_by(SignInAttempt.at, SignInAttempt.id)
    )
    failures: list[datetime] = []
    for at, outcome in rows:
        if outcome is SignInOutcome.ACCEPTED:
            failures.clear()
        elif outcome in FAILURES:
            failures.append(at)
    return failures


def _failures_of_origin(attempt: _Try) -> list[datetime]:
    query = (
        select(SignInAttempt.at)
        .where(SignInAttempt.origin == attempt.origin, SignInAttempt.outcome.in_(FAILURES))
        .where(SignInAttempt.at > attempt.at - throttle.BUCKET_MEMORY)
        .order_by(SignInAttempt.at, SignInAttempt.id)
    )
    return list(db.session.scalars(query))


def _note(attempt: _Try, outcome: SignInOutcome) -> None:
    with writing(), db.engine.begin() as connection:
        connection.execute(
            insert(SignInAttempt).values(
                at=attempt.at,
                origin=attempt.origin,
                name_digest=attempt.name_digest,
                person_id=attempt.person_id,
                outcome=outcome,
            )
        )


_turns = tuple(Lock() for _ in range(64))


@contextmanager
def _one_at_a_time(name_digest: bytes) -> Iterator[None]:
    """Let one name be tried once at a time, or many tries sent together would all be free."""
    release()
    with _turns[name_digest[0] % len(_turns)]:
        yield

"""Whom a badge or a personal code named at a moment that is over: read at a kiosk that could ask nobody."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from lms.kernel.clock import local_day
from lms.kernel.database import db
from lms.people import queries, tries
from lms.people.badges import badge_digest
from lms.people.models import Badge, Person, SignInOutcome
from lms.people.proofs import is_personal_code
from lms.people.rules import BadgeEnded, NotRecognised


@dataclass(frozen=True)
class Named:
    """Whose badge or personal code it was."""

    person_id: int
    badge_id: int | None
    """None for a personal code."""


def named_then(badge_or_code: str, at: datetime) -> Named:
    """Return whom a badge or a personal code named then, among those who worked here.

    Raises NotRecognised, or BadgeEnded with the `person_id` of whoever had it last before.
    """
    text = badge_or_code.strip()
    given = select(Badge).where(Badge.digest == badge_digest(text), Badge.issued_at <= at)
    badge = db.session.scalars(given.order_by(Badge.issued_at.desc(), Badge.id.desc())).first()
    if badge is not None and badge.revoked_at is not None and badge.revoked_at <= at:
        raise BadgeEnded(ended_as=badge.ended_as, person_id=badge.person_id)
    if badge is not None:
        return Named(_present(Person.id == badge.person_id, at), badge.id)
    if not is_personal_code(text):
        raise NotRecognised()
    return Named(_present(Person.personal_code == text, at), None)


def count_code(code: str, origin: str, at: datetime) -> bool:
    """Return whether a personal code that was typed then was nobody's; it then counts among the failures there."""
    try:
        named_then(code, at)
        return False
    except (NotRecognised, BadgeEnded) as refusal:
        outcome = SignInOutcome.NOT_ALLOWED if isinstance(refusal, BadgeEnded) else SignInOutcome.UNKNOWN
        tries.keep_late(tries.a_try(origin, code, None, at), outcome)
        return True


def _present(condition: ColumnElement[bool], at: datetime) -> int:
    found = db.session.scalar(select(Person.id).where(condition, queries.is_present(local_day(at))))
    if found is None:
        raise NotRecognised()
    return found

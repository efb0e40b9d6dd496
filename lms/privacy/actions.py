"""What people ask of their own data, what they are answered, and their erasure."""

from datetime import datetime

from sqlalchemy import delete, select

from lms.kernel import sessions
from lms.kernel.clock import local_day
from lms.kernel.database import db
from lms.kernel.ids import new_token
from lms.kernel.personal import Term
from lms.kernel.refusals import NotFound
from lms.people import actions as people
from lms.people.models import Badge, BadgeEnd, Password, Person, Pin, RoleGrant
from lms.people.permissions import Role
from lms.people.second_factor.models import AuthenticatorApp, Passkey, RecoveryCode
from lms.privacy import others_words, rules
from lms.privacy.models import Answer, Outcome, Request, RequestKind, TermSet
from lms.proof import issuing
from lms.reports import kept


def ask(person_id: int, kind: RequestKind, words: str, *, by: int | None, now: datetime) -> Request:
    """Write down what somebody asks of their own data; raises NotFound, WordsMissing or AskedAlready."""
    if db.session.get(Person, person_id) is None:
        raise NotFound()
    said = words.strip()[:2000]
    if kind is not RequestKind.ACCESS and not said:
        raise rules.WordsMissing()
    if _waiting(person_id, kind, said) is not None:
        raise rules.AskedAlready()
    made = Request(person_id=person_id, kind=kind, words=said, at=now, by_id=by)
    db.session.add(made)
    db.session.flush()
    return made


def hand_out(person_id: int, *, by: int | None, now: datetime) -> None:
    """Write down that somebody was given all that is kept of them: it answers whoever asked for it."""
    asked = _waiting(person_id, RequestKind.ACCESS, "") or ask(person_id, RequestKind.ACCESS, "", by=by, now=now)
    _answer(asked.id, Outcome.DONE, "", by, now)


def answer(request_id: int, outcome: Outcome, words: str, *, by: int | None, now: datetime) -> Request:
    """Answer a request and return it; an erasure that is granted is done at once.

    Raises NotFound, AlreadyAnswered, AnswerMissing or, of an erasure, StillWorksHere.
    """
    found = db.session.get(Request, request_id)
    if found is None:
        raise NotFound()
    if db.session.get(Answer, request_id) is not None:
        raise rules.AlreadyAnswered()
    if outcome is Outcome.DECLINED and not words.strip():
        raise rules.AnswerMissing()
    if found.kind is RequestKind.ERASURE and outcome is Outcome.DONE:
        erase(found.person_id, now=now)
    _answer(request_id, outcome, words, by, now)
    return found


def erase(person_id: int, *, now: datetime) -> None:
    """Empty what names somebody who has left, and what proves who they are; their number stays in what was counted.

    Raises NotFound or StillWorksHere.
    """
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound()
    rules.check_erasable(person.left_on, local_day(now))
    others_words.take_names_out(person, now)
    person.given_name, person.family_name = "", f"#{person_id}"
    person.registration = f"#{person_id}"
    person.personal_code = people.new_personal_codes(1)[0]
    person.email = person.language = person.hired_on = person.age_band = person.workstation_id = None
    for table in (Password, Pin, AuthenticatorApp, Passkey, RecoveryCode):
        db.session.execute(delete(table).where(table.person_id == person_id))
    db.session.execute(delete(RoleGrant).where(RoleGrant.person_id == person_id, RoleGrant.role != Role.OPERATOR))
    _forget_badges(person_id, now)
    issuing.forget_holder(person_id)
    kept.forget_proofs()
    sessions.end_all_of(person_id)
    db.session.flush()


def set_term(term: Term, months: int, *, by: int | None, now: datetime) -> None:
    """Let something be kept so many months from now on; raises TermOutOfRange."""
    rules.check_months(term, months)
    db.session.add(TermSet(term=term, months=months, at=now, by_id=by))
    db.session.flush()


def _waiting(person_id: int, kind: RequestKind, words: str) -> Request | None:
    """Return what somebody asked in these words and has no answer to yet."""
    query = (
        select(Request)
        .outerjoin(Answer, Answer.request_id == Request.id)
        .where(Request.person_id == person_id, Request.kind == kind, Request.words == words)
        .where(Answer.request_id.is_(None))
    )
    return db.session.scalars(query.limit(1)).first()


def _forget_badges(person_id: int, now: datetime) -> None:
    """Leave of badges that there were some: no number can be told from what stays."""
    for badge in db.session.scalars(select(Badge).where(Badge.person_id == person_id)):
        badge.digest = new_token().encode()
        badge.revoked_at = badge.revoked_at or now
        badge.ended_as = badge.ended_as or BadgeEnd.WITHDRAWN


def _answer(request_id: int, outcome: Outcome, words: str, by: int | None, now: datetime) -> None:
    db.session.add(Answer(request_id=request_id, outcome=outcome, words=words.strip()[:2000], at=now, by_id=by))
    db.session.flush()

"""Questions about requests, terms and purges."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, literal, select, union_all
from sqlalchemy.orm import aliased

from lms.kernel.database import db
from lms.kernel.personal import Term
from lms.kernel.prepared import Prepared
from lms.people.models import Person
from lms.privacy.models import Answer, Purge, Request, RequestKind, TermSet
from lms.privacy.rules import LENGTHS
from lms.skills.models import Contest, ContestAnswer


@dataclass(frozen=True)
class Asked:
    """A request, with its answer if there is one."""

    request: Request
    answer: Answer | None
    name: str
    written_by: str
    answered_by: str


def requests(person_id: int | None = None, *, answered: bool | None = None, limit: int = 200) -> list[Asked]:
    """Return what people asked, newest first: one person or everybody, answered, open or both."""
    writer, answerer = aliased(Person), aliased(Person)
    query = (
        select(Request, Answer, Person, writer, answerer)
        .join(Person, Person.id == Request.person_id)
        .outerjoin(Answer, Answer.request_id == Request.id)
        .outerjoin(writer, writer.id == Request.by_id)
        .outerjoin(answerer, answerer.id == Answer.by_id)
        .order_by(Request.at.desc(), Request.id.desc())
        .limit(limit)
    )
    if person_id is not None:
        query = query.where(Request.person_id == person_id)
    if answered is not None:
        query = query.where(Answer.request_id.is_not(None) if answered else Answer.request_id.is_(None))
    return [
        Asked(asked, answer, person.full_name, one.full_name if one else "", other.full_name if other else "")
        for asked, answer, person, one, other in db.session.execute(query)
    ]


def told_lately(person_id: int, now: datetime) -> frozenset[str]:
    """Return of what somebody got an answer of another's in the last two weeks: `request`, `contest`; one statement."""
    return frozenset(row.what for row in _told.rows({"person": person_id, "since": now - TOLD_FOR}))


TOLD_FOR = timedelta(days=14)
_told = Prepared(
    union_all(
        select(literal("request").label("what"))
        .select_from(Answer)
        .join(Request, Request.id == Answer.request_id)
        .where(Request.person_id == bindparam("person"), Answer.at >= bindparam("since"))
        .where(Answer.by_id.is_distinct_from(bindparam("person"))),
        select(literal("contest"))
        .select_from(ContestAnswer)
        .join(Contest, Contest.id == ContestAnswer.contest_id)
        .where(Contest.person_id == bindparam("person"), ContestAnswer.at >= bindparam("since")),
    )
)


def request_counts() -> list[tuple[RequestKind, int, int]]:
    """Return how many requests of each kind there were, and how many are answered."""
    query = (
        select(Request.kind, func.count(), func.count(Answer.request_id))
        .outerjoin(Answer, Answer.request_id == Request.id)
        .group_by(Request.kind)
        .order_by(Request.kind)
    )
    return [(kind, count, answered) for kind, count, answered in db.session.execute(query)]


def waiting() -> int:
    """Return how many requests have no answer yet."""
    query = select(func.count()).select_from(Request).outerjoin(Answer, Answer.request_id == Request.id)
    return db.session.scalar(query.where(Answer.request_id.is_(None))) or 0


def terms() -> dict[Term, int]:
    """Return how many months each thing is kept that goes after a time."""
    newest = select(func.max(TermSet.id)).group_by(TermSet.term)
    said = {row.term: row.months for row in db.session.scalars(select(TermSet).where(TermSet.id.in_(newest)))}
    return {term: said.get(term, length.months) for term, length in LENGTHS.items()}


def terms_set() -> list[tuple[TermSet, str]]:
    """Return every change of a term, newest first, with who made it."""
    query = select(TermSet, Person).outerjoin(Person, Person.id == TermSet.by_id).order_by(TermSet.id.desc())
    return [(row, person.full_name if person else "") for row, person in db.session.execute(query)]


def purges() -> Sequence[Purge]:
    """Return what went, newest first."""
    return db.session.scalars(select(Purge).order_by(Purge.id.desc())).all()

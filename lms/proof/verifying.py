"""Questions about documents: what was issued, whether a number is genuine, whether the whole register is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, select

from lms.catalogue import queries as catalogue
from lms.catalogue.models import Impact
from lms.kernel.clock import local_day
from lms.kernel.database import db
from lms.kernel.refusals import NotFound
from lms.proof import papers
from lms.proof.issuing import content_of, keyed
from lms.proof.models import Document, DocumentVoid, Holder
from lms.proof.papers import Paper, Verdict


@dataclass(frozen=True)
class Issued:
    """A document, the name on it unless that was erased, and why it is withdrawn if it is."""

    row: Document
    holder: Holder | None
    void: DocumentVoid | None

    @property
    def name(self) -> str:
        """The name as the paper bears it, empty once it was erased."""
        return f"{self.holder.given_name} {self.holder.family_name}".strip() if self.holder else ""

    @property
    def short_name(self) -> str:
        """The first letter of the given name, and the family name: enough to compare with the paper at hand."""
        if self.holder is None:
            return ""
        return f"{self.holder.given_name[:1]}. {self.holder.family_name}"


@dataclass(frozen=True)
class Checked:
    """What is to be said of a number."""

    verdict: Verdict
    issued: Issued | None = None
    asked_again_on: date | None = None
    """Since when an edition asks for the training anew: it says nothing of the person."""


def document(number: str) -> Issued:
    """Return the document of a number; raises NotFound."""
    found = _one(Document.number == papers.tidy(number))
    if found is None:
        raise NotFound()
    return found


def documents_of(person_id: int) -> list[Issued]:
    """Return what was issued to somebody, the newest first."""
    rows = db.session.execute(_whole().where(Document.person_id == person_id).order_by(Document.sequence.desc()))
    return [Issued(*row) for row in rows]


def documents(conditions: Sequence[ColumnElement[bool]]) -> list[Issued]:
    """Return the documents that answer these conditions, in the order of their numbers."""
    return [Issued(*row) for row in db.session.execute(_whole().where(*conditions).order_by(Document.sequence))]


def count() -> int:
    """Return how many documents there are."""
    return db.session.scalar(select(func.count()).select_from(Document)) or 0


def check(number: str, now: datetime) -> Checked:
    """Say what a number is worth now."""
    asked = papers.tidy(number)
    found = _one(Document.number == asked)
    if found is None:
        lost = papers.was_given(asked, keyed) and not _is_there(papers.sequence_of(asked))
        return Checked(Verdict.MISSING if lost else Verdict.UNKNOWN)
    if not _is_whole(found, _seal_before(found.row.sequence)):
        return Checked(Verdict.ALTERED)
    if found.void is not None:
        return Checked(Verdict.WITHDRAWN, found)
    return Checked(Verdict.GENUINE, found, _asked_again_on(found.row, now))


def _is_there(sequence: int) -> bool:
    """Whether the register has an entry of that sequence: a number that says otherwise was mistyped or altered."""
    return db.session.scalar(select(Document.sequence).where(Document.sequence == sequence)) is not None


def faults() -> list[tuple[int, Verdict]]:
    """Return where the register is not what was written: sequences that are missing or altered, in order.

    What was taken from its end leaves no trace here: only papers that bear a later number tell of it.
    """
    found: list[tuple[int, Verdict]] = []
    before: str | None = papers.FIRST_SEAL
    expected = 1
    for row in db.session.execute(_whole().order_by(Document.sequence)):
        one = Issued(*row)
        for sequence in range(expected, one.row.sequence):
            found.append((sequence, Verdict.MISSING))
            before = None
        if not _is_whole(one, before):
            found.append((one.row.sequence, Verdict.ALTERED))
        before, expected = one.row.seal, one.row.sequence + 1
    return found


def _is_whole(one: Issued, before: str | None) -> bool:
    """Whether number, name and seal are those of the content; `before` is None where the row before is gone."""
    holder = one.holder
    chained = before is None or one.row.seal == papers.seal(content_of(one.row), before, keyed)
    named = holder is None or one.row.holder_digest == papers.holder_digest(
        holder.given_name, holder.family_name, holder.registration, holder.salt
    )
    return chained and named and one.row.number == papers.number(content_of(one.row), keyed)


def _seal_before(sequence: int) -> str | None:
    """Return the seal of the document before, None when that is gone: its own number says so."""
    if sequence == 1:
        return papers.FIRST_SEAL
    return db.session.scalar(select(Document.seal).where(Document.sequence == sequence - 1))


def _asked_again_on(row: Document, now: datetime) -> date | None:
    if row.paper is not Paper.CERTIFICATE or row.module_id is None:
        return None
    steps = catalogue.steps().get(row.module_id, [])
    anew = [
        step.published_at
        for step in steps
        if step.number > row.stated["edition"] and step.impact is Impact.RETRAINING and step.published_at <= now
    ]
    return local_day(min(anew)) if anew else None


def _whole() -> Select[Document, Holder, DocumentVoid]:
    return (
        select(Document, Holder, DocumentVoid)
        .outerjoin(Holder, Holder.sequence == Document.sequence)
        .outerjoin(DocumentVoid, DocumentVoid.sequence == Document.sequence)
    )


def _one(condition: ColumnElement[bool]) -> Issued | None:
    row = db.session.execute(_whole().where(condition)).one_or_none()
    return Issued(*row) if row else None

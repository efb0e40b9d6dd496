"""Questions about reviews of drafts and remarks on them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from lms.authoring.drafts import Document
from lms.authoring.models import Draft
from lms.authoring.reviewing import rules
from lms.authoring.reviewing.models import (
    Act,
    DraftRemark,
    DraftRemarkEntry,
    DraftReview,
    DraftReviewEnd,
    Ending,
)
from lms.authoring.reviewing.rules import Since, Standing, Verdict
from lms.catalogue.models import Module
from lms.kernel.clock import today
from lms.kernel.database import db
from lms.kernel.refusals import NotFound
from lms.people import directory
from lms.people.models import Person
from lms.people.permissions import Permission


@dataclass(frozen=True)
class Asked:
    """A review that somebody has not ended yet."""

    id: int
    code: str
    title: Mapping[str, str]
    asked_id: int
    by_id: int | None
    at: datetime
    note: str


@dataclass(frozen=True)
class Entry:
    """One entry of a remark."""

    act: Act
    words: str
    by_id: int | None
    at: datetime


@dataclass(frozen=True)
class Thread:
    """A remark with all that followed."""

    id: int
    block_key: str | None
    block: Document | None
    """What the block said when it was remarked on."""
    since: Since
    entries: Sequence[Entry]

    @property
    def resolved(self) -> bool:
        """Whether it is settled."""
        return rules.is_resolved([entry.act for entry in self.entries])


@dataclass(frozen=True)
class Reviewed:
    """What colleagues say of a draft."""

    state: str
    standing: Standing
    asked: Sequence[Asked]
    verdicts: Sequence[Verdict]
    """Oldest first."""
    threads: Sequence[Thread]
    """Oldest first."""

    def on(self, key: str | None) -> list[Thread]:
        """Return the remarks on one block, or on the whole module for None; open ones first."""
        return sorted((one for one in self.threads if one.block_key == key), key=lambda one: one.resolved)

    @property
    def open(self) -> int:
        """How many remarks are not settled."""
        return sum(not one.resolved for one in self.threads)

    @property
    def gone(self) -> list[Thread]:
        """The remarks on blocks that are no longer there; open ones first."""
        return sorted((one for one in self.threads if one.since is Since.GONE), key=lambda one: one.resolved)

    @property
    def people(self) -> set[int]:
        """Everybody who is named in it."""
        named = [number for one in self.asked for number in (one.asked_id, one.by_id)]
        named += [one.by_id for one in self.verdicts]
        named += [entry.by_id for thread in self.threads for entry in thread.entries]
        return {number for number in named if number is not None}


def reviewed(code: str) -> Reviewed:
    """Return what colleagues say of the draft of a module, as it is now; raises NotFound."""
    draft = db.session.scalar(select(Draft).join(Draft.module).where(Module.code == code))
    if draft is None:
        raise NotFound()
    state, verdicts = rules.state_of(draft.content, draft.media), verdicts_on(draft.module_id)
    return Reviewed(
        state=state,
        standing=rules.standing(state, draft.updated_by, _that_hold(verdicts)),
        asked=_asked(DraftReview.module_id == draft.module_id),
        verdicts=verdicts,
        threads=_threads(draft),
    )


def standing(draft: Draft) -> Standing:
    """Return how a draft, as it is now, stands to its reviews."""
    state = rules.state_of(draft.content, draft.media)
    return rules.standing(state, draft.updated_by, _that_hold(verdicts_on(draft.module_id)))


def _that_hold(verdicts: list[Verdict]) -> list[Verdict]:
    """Leave out the wishes of those who write no modules here any more: nobody could ask them again."""
    if all(one.ending is Ending.APPROVED for one in verdicts):
        return verdicts
    here = {one.id for one in directory.allowed(Permission.WRITE_MODULES, today())}
    return [one for one in verdicts if one.ending is Ending.APPROVED or one.by_id in here]


def verdicts_on(module_id: int) -> list[Verdict]:
    """Return what was decided about the drafts of a module, oldest first."""
    query = (
        select(DraftReviewEnd)
        .join(DraftReview, DraftReview.id == DraftReviewEnd.review_id)
        .where(DraftReview.module_id == module_id, DraftReviewEnd.ending != Ending.CANCELLED)
        .order_by(DraftReviewEnd.at, DraftReviewEnd.review_id)
    )
    return [Verdict(one.by_id, one.at, one.ending, one.state, one.words) for one in db.session.scalars(query)]


def waiting_for(person_id: int) -> list[Asked]:
    """Return the reviews that wait for somebody, oldest first."""
    return _asked(DraftReview.asked_id == person_id)


def asked_by(person_id: int) -> list[Asked]:
    """Return the reviews that somebody asked for and that are still to be made, oldest first."""
    return _asked(DraftReview.by_id == person_id)


def how_many_wait(person_id: int) -> int:
    """Return how many reviews wait for somebody."""
    query = select(func.count()).select_from(DraftReview).outerjoin(DraftReviewEnd, _ENDED)
    return db.session.scalar(query.where(DraftReview.asked_id == person_id, _OPEN)) or 0


def colleagues(person_id: int | None, today: date) -> Sequence[Person]:
    """Return whom somebody can ask to look at a draft: everyone else here who writes modules, by name."""
    return [one for one in directory.allowed(Permission.WRITE_MODULES, today) if one.id != person_id]


_ENDED = DraftReviewEnd.review_id == DraftReview.id
_OPEN = DraftReviewEnd.review_id.is_(None)


def _asked(condition: ColumnElement[bool]) -> list[Asked]:
    query = (
        select(DraftReview, Module.code, Draft.content)
        .join(Module, Module.id == DraftReview.module_id)
        .join(Draft, Draft.module_id == Module.id)
        .outerjoin(DraftReviewEnd, _ENDED)
        .where(condition, _OPEN)
        .order_by(DraftReview.at, DraftReview.id)
    )
    return [
        Asked(one.id, code, _title(content, code), one.asked_id, one.by_id, one.at, one.note)
        for one, code, content in db.session.execute(query)
    ]


def _title(content: Document, code: str) -> Any:
    return content.get("title") or {content["languages"][0]: code}


def _threads(draft: Draft) -> list[Thread]:
    of_module = DraftRemark.module_id == draft.module_id
    entries: dict[int, list[Entry]] = defaultdict(list)
    query = select(DraftRemarkEntry).join(DraftRemark, DraftRemark.id == DraftRemarkEntry.remark_id).where(of_module)
    for one in db.session.scalars(query.order_by(DraftRemarkEntry.id)):
        entries[one.remark_id].append(Entry(one.act, one.words, one.by_id, one.at))
    remarks = db.session.scalars(select(DraftRemark).where(of_module).order_by(DraftRemark.id))
    return [
        Thread(one.id, one.block_key, one.block, rules.since(one.block_key, one.block, draft.content), entries[one.id])
        for one in remarks
    ]

"""What authors and their colleagues do about a draft: ask for a review, end it, remark, answer, settle."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from lms.authoring import editing
from lms.authoring.actions import DraftChanged
from lms.authoring.models import Draft
from lms.authoring.queries import draft as draft_of
from lms.authoring.reviewing import queries, rules
from lms.authoring.reviewing.models import (
    Act,
    DraftRemark,
    DraftRemarkEntry,
    DraftReview,
    DraftReviewEnd,
    Ending,
)
from lms.authoring.reviewing.rules import AskedAlready, OwnDraft, ReviewEnded, WordsWanted
from lms.kernel.clock import local_day
from lms.kernel.database import db
from lms.kernel.refusals import Forbidden, NotFound


def ask(code: str, asked_id: int, note: str, *, by: int, now: datetime) -> DraftReview:
    """Ask a colleague to look at a draft.

    Raises NotFound for somebody who is no colleague (`queries.colleagues`), AskedAlready while a review of theirs
    waits.
    """
    draft = draft_of(code)
    if asked_id not in {one.id for one in queries.colleagues(by, local_day(now))}:
        raise NotFound()
    if any(one.code == code for one in queries.waiting_for(asked_id)):
        raise AskedAlready()
    review = DraftReview(module_id=draft.module_id, asked_id=asked_id, by_id=by, at=now, note=note.strip())
    db.session.add(review)
    db.session.flush()
    return review


@dataclass(frozen=True)
class Decision:
    """How a colleague ends a review."""

    ending: Ending
    words: str
    state: str
    """Of the draft that they looked at (`rules.state_of`)."""


def decide(code: str, review_id: int, decision: Decision, *, by: int, now: datetime) -> None:
    """End a review that one was asked for.

    Raises NotFound, Forbidden for whoever was not asked, ReviewEnded; of an approval DraftChanged when the draft
    is not the one that was looked at and OwnDraft by whoever changed it last; WordsWanted for changes without words.
    """
    draft, review = draft_of(code), _open(code, review_id)
    if review.asked_id != by:
        raise Forbidden()
    if decision.ending is Ending.APPROVED:
        _check_approval(draft, decision.state, by)
    elif not decision.words.strip():
        raise WordsWanted()
    _end(review, decision, by, now)


def _check_approval(draft: Draft, state: str, by: int) -> None:
    if state != rules.state_of(draft.content, draft.media):
        raise DraftChanged(code=draft.module.code)
    if draft.updated_by == by:
        raise OwnDraft()


def cancel(code: str, review_id: int, *, by: int, now: datetime) -> None:
    """Ask no longer; raises NotFound or ReviewEnded."""
    draft = draft_of(code)
    state = rules.state_of(draft.content, draft.media)
    _end(_open(code, review_id), Decision(Ending.CANCELLED, "", state), by, now)


def remark(code: str, key: str | None, words: str, *, by: int, now: datetime) -> DraftRemark:
    """Remark something on a block as it is now, or on the whole module for None; raises NotFound or WordsWanted."""
    draft = draft_of(code)
    block = editing.block_with(draft.content, key) if key is not None else None
    made = DraftRemark(module_id=draft.module_id, block_key=key, block=block)
    db.session.add(made)
    db.session.flush()
    _add(made.id, Act.SAID, words, by, now)
    return made


def reply(code: str, remark_id: int, act: Act, words: str, *, by: int, now: datetime) -> DraftRemark:
    """Answer a remark, settle it or open it again; settled twice it is settled once.

    Raises NotFound, or WordsWanted for an answer that says nothing.
    """
    draft = draft_of(code)
    found = db.session.get(DraftRemark, remark_id)
    if found is None or found.module_id != draft.module_id or act is Act.SAID:
        raise NotFound()
    acts = select(DraftRemarkEntry.act).where(DraftRemarkEntry.remark_id == remark_id).order_by(DraftRemarkEntry.id)
    is_resolved = rules.is_resolved(db.session.scalars(acts).all())
    if act is Act.ANSWERED or is_resolved != (act is Act.RESOLVED):
        _add(remark_id, act, words, by, now)
    return found


def _open(code: str, review_id: int) -> DraftReview:
    found = db.session.get(DraftReview, review_id)
    if found is None or found.module_id != draft_of(code).module_id:
        raise NotFound()
    if db.session.get(DraftReviewEnd, review_id) is not None:
        raise ReviewEnded()
    return found


def _end(review: DraftReview, decision: Decision, by: int, now: datetime) -> None:
    ended = DraftReviewEnd(
        review_id=review.id,
        ending=decision.ending,
        state=decision.state,
        words=decision.words.strip(),
        by_id=by,
        at=now,
    )
    db.session.add(ended)
    db.session.flush()


def _add(remark_id: int, act: Act, words: str, by: int, now: datetime) -> None:
    if act in (Act.SAID, Act.ANSWERED) and not words.strip():
        raise WordsWanted()
    db.session.add(DraftRemarkEntry(remark_id=remark_id, act=act, words=words.strip(), by_id=by, at=now))
    db.session.flush()

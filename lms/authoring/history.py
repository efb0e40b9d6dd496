"""What became of a draft: its changes, the draft as it was after each, and going back.

Going back is a change like any other: it is told here too, and can be taken back.
"""

import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from lms.authoring import queries
from lms.authoring.changes import Delta, Step, applied, clashes, to_redo, to_undo
from lms.authoring.drafts import Document
from lms.authoring.models import Draft, DraftChange
from lms.authoring.putting import put
from lms.catalogue.models import Module
from lms.kernel.database import db
from lms.kernel.refusals import NotFound, Refusal

DEEPEST = 100
"""How many of one's own changes are looked through for one to take back."""
STILL_AT_IT = timedelta(minutes=5)
"""Whoever pauses for longer between two changes did something else."""
SHIFT = timedelta(hours=12)
"""What is older is not taken back by a key, but looked at first in the history."""


class NothingToUndo(Refusal):
    """The author has made no change of the draft that could be taken back, or done again."""


class ChangedSince(Refusal):
    """What the change left was changed again since, so that taking it back would lose that."""


@dataclass(frozen=True)
class Told:
    """One change of a draft."""

    version: int
    began_at: datetime
    saved_at: datetime
    by_id: int | None
    delta: Delta
    is_taken_back: bool
    takes_back: bool


@dataclass(frozen=True)
class State:
    """A draft as it was after a change."""

    document: Document
    media: dict[str, str]


@dataclass(frozen=True)
class Reach:
    """What one author may take back, and do again, at present; None: nothing."""

    undo: Delta | None
    redo: Delta | None


def changes(module_id: int, most: int) -> list[Told]:
    """Return the latest changes of a draft, the newest first."""
    rows = list(db.session.scalars(_of(module_id).limit(most)))
    undone = {row.undoes for row in rows if row.undoes is not None}
    return [
        Told(
            version=row.version,
            began_at=row.began_at,
            saved_at=row.saved_at,
            by_id=row.by_id,
            delta=Delta.read(row.delta),
            is_taken_back=row.id in undone,
            takes_back=row.undoes is not None,
        )
        for row in rows
    ]


def state(code: str, version: int) -> State:
    """Return a draft as it was after the change that led to a version, or before it was changed at all, as version 0.

    Raises NotFound for a version that no change led to, or that was let go.
    """
    work = queries.work(code)
    return _state(work.module_id, State(work.document, dict(work.media)), version)


def _state(module_id: int, present: State, version: int) -> State:
    document, media = present.document, dict(present.media)
    found = version == 0
    for row in db.session.scalars(_of(module_id).where(DraftChange.version >= version)):
        if row.version == version:
            found = True
            break
        document, media = applied(document, media, Delta.read(row.delta).inverse)
    if not found:
        raise NotFound()
    return State(document, media)


def restore(code: str, version: int, *, by: int | None, now: datetime) -> Draft:
    """Make a draft again what it was after a change; raises NotFound."""
    draft = queries.draft(code)
    found = _state(draft.module_id, State(draft.content, draft.media), version)
    put(draft, found.document, found.media, by=by, now=now, apart=True)
    return draft


def reach(module_id: int, by: int | None, now: datetime) -> Reach:
    """Return what an author may take back and do again."""
    rows = _own(module_id, by, now)
    undo, redo = (_chosen(rows, choose(_steps(rows))) for choose in (to_undo, to_redo))
    return Reach(Delta.read(undo.delta) if undo else None, Delta.read(redo.delta).inverse if redo else None)


def undo(code: str, *, by: int | None, now: datetime) -> Delta:
    """Take back the author's own last change; what others did stays. Return what that changed.

    Raises NothingToUndo, or ChangedSince when somebody changed the same again.
    """
    return _take_back(code, to_undo, by, now)


def redo(code: str, *, by: int | None, now: datetime) -> Delta:
    """Do again what the author took back last; raises NothingToUndo or ChangedSince."""
    return _take_back(code, to_redo, by, now)


def last_of(module_id: int, part: str) -> Told | None:
    """Return the latest change of a block, or of the module's own words for "", that is still told."""
    for told in changes(module_id, DEEPEST):
        if part in told.delta.blocks or (not part and told.delta.head):
            return told
    return None


def minutes(module_id: int, by: int) -> int:
    """Return how many minutes somebody wrote in a draft: from change to change, pauses of more than five left out."""
    query = select(DraftChange.began_at, DraftChange.saved_at).where(
        DraftChange.module_id == module_id, DraftChange.by_id == by
    )
    worked, until = timedelta(), None
    for began, saved in db.session.execute(query.order_by(DraftChange.began_at)):
        if until is None or began - until > STILL_AT_IT:
            until = began
        worked += max(saved - until, timedelta())
        until = max(saved, until)
    return math.ceil(worked / timedelta(minutes=1))


def keys(module_id: int) -> set[str]:
    """Return the key of every block that came or went, as far back as changes are kept."""
    rows = db.session.scalars(select(DraftChange.delta).where(DraftChange.module_id == module_id))
    return {key for delta in rows for key in Delta.read(delta).blocks}


def stood_behind(draft: Draft, key: str) -> str | None:
    """Return the key of the block behind which a block stood that was deleted; "" for the first, None if unknown."""
    for row in db.session.scalars(_of(draft.module_id)):
        delta = Delta.read(row.delta)
        if key in delta.removed and delta.order:
            order = delta.order[0]
            present = {block["key"] for block in draft.content["blocks"]}
            return next((one for one in reversed(order[: order.index(key)]) if one in present), "")
    return None


def _take_back(code: str, choose: Callable[[list[Step]], Step | None], by: int | None, now: datetime) -> Delta:
    """Take back the change that is next, and what the same act did in another module: a block that went there."""
    present = queries.current(code)
    row = _next(present.module_id, choose, by, now)
    there = _beside(row) if row else None
    other = db.session.get_one(Module, there.module_id).code if there else code
    # In the order of their codes, as blocks are sent: two who do so never wait for each other.
    found = {one: queries.draft(one) for one in sorted({code, other})}
    back = _taken_back(found[code], _next(present.module_id, choose, by, now), by, now)
    if there is not None:
        with suppress(ChangedSince):  # Written on there, the copy is that module's own by now.
            _taken_back(found[other], there, by, now)
    return back


def _next(
    module_id: int, choose: Callable[[list[Step]], Step | None], by: int | None, now: datetime
) -> DraftChange | None:
    rows = _own(module_id, by, now)
    return _chosen(rows, choose(_steps(rows)))


def _beside(row: DraftChange) -> DraftChange | None:
    """Return the change of another module by which a block that went came there, or the other way round."""
    query = select(DraftChange).where(
        DraftChange.by_id == row.by_id, DraftChange.saved_at == row.saved_at, DraftChange.module_id != row.module_id
    )
    came, went = _came_and_went(row)
    if came + went != 1:
        return None
    return next((one for one in db.session.scalars(query) if _came_and_went(one) == (went, came)), None)


def _came_and_went(row: DraftChange) -> tuple[int, int]:
    """Return how many blocks a change brought and took away."""
    delta = Delta.read(row.delta)
    return len(delta.added), len(delta.removed)


def _taken_back(draft: Draft, row: DraftChange | None, by: int | None, now: datetime) -> Delta:
    if row is None:
        raise NothingToUndo()
    back = Delta.read(row.delta).inverse
    if clashes(draft.content, draft.media, back):
        raise ChangedSince()
    document, media = applied(draft.content, draft.media, back)
    if put(draft, document, media, by=by, now=now, undoes=row.id) is None:
        raise ChangedSince()
    return back


def _own(module_id: int, by: int | None, now: datetime) -> list[DraftChange]:
    if by is None:
        return []
    return list(
        db.session.scalars(
            _of(module_id).where(DraftChange.by_id == by, DraftChange.saved_at > now - SHIFT).limit(DEEPEST)
        )
    )


def _steps(rows: list[DraftChange]) -> list[Step]:
    return [Step(row.id, row.undoes) for row in rows]


def _chosen(rows: list[DraftChange], step: Step | None) -> DraftChange | None:
    return next((row for row in rows if step and row.id == step.id), None)


def _of(module_id: int) -> Any:
    return select(DraftChange).where(DraftChange.module_id == module_id).order_by(DraftChange.version.desc())

"""The one place where a draft is changed, and where it is told what the change was."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from lms.authoring import drafts, editing
from lms.authoring.changes import Delta, between
from lms.authoring.drafts import Document
from lms.authoring.media import files
from lms.authoring.models import Draft, DraftChange
from lms.authoring.translating import keeping
from lms.kernel.database import db

PAUSE, LONGEST = timedelta(minutes=1), timedelta(minutes=5)
"""Texts that somebody goes on writing are one change until they pause, or have written so long."""
MOST_CHANGES = 500
"""Of a module; older ones are let go."""


def put(
    draft: Draft,
    document: Document,
    media: Mapping[str, str],
    *,
    by: int | None,
    now: datetime,
    undoes: int | None = None,
    apart: bool = False,
) -> DraftChange | None:
    """Give a draft another text, and keep the files of `media` that it names; return what changed, if anything.

    `undoes` says which change this takes back, `apart` that it goes on with no earlier one. What
    is given is written in the one way already (`drafts.normal`).
    """
    old, old_media = editing.keyed(draft.content), draft.media
    new = editing.keyed(document)
    new_media = drafts.used_media(new, {**files.known(draft.module_id), **media})
    delta = between(old, old_media, new, new_media)
    if not delta:
        return None
    keeping.carry(draft.module_id, old, new)
    draft.content, draft.media = new, new_media
    files.note(draft.module_id, new_media, by=by, now=now)
    draft.updated_at, draft.updated_by = now, by
    db.session.flush()
    last = None if undoes or apart else _continued(draft.module_id, delta, by, now)
    return _told_with(last, draft, now, delta) if last else _told(draft, delta, by, now, undoes)


def _told_with(last: DraftChange, draft: Draft, now: datetime, delta: Delta) -> DraftChange:
    last.delta = Delta.read(last.delta).followed_by(delta).plain
    last.version, last.saved_at = draft.version, now
    db.session.flush()
    return last


def _told(draft: Draft, delta: Delta, by: int | None, now: datetime, undoes: int | None) -> DraftChange:
    told = DraftChange(
        module_id=draft.module_id,
        version=draft.version,
        began_at=now,
        saved_at=now,
        by_id=by,
        delta=delta.plain,
        undoes=undoes,
    )
    db.session.add(told)
    db.session.flush()
    _let_go(draft.module_id)
    return told


def _continued(module_id: int, delta: Delta, by: int | None, now: datetime) -> DraftChange | None:
    """Return the change that this one goes on with: the author's last, of the same text, and nobody's else since."""
    if by is None or not delta.is_text:
        return None
    of_module = select(DraftChange).where(DraftChange.module_id == module_id).order_by(DraftChange.version.desc())
    last = db.session.scalar(of_module.where(DraftChange.by_id == by).limit(1))
    if last is None or last.undoes is not None or now - last.saved_at > PAUSE or now - last.began_at > LONGEST:
        return None
    known = Delta.read(last.delta)
    if not known.is_text or not known.concerns_the_same_as(delta):
        return None
    since = db.session.scalars(of_module.where(DraftChange.version > last.version))
    return last if all(known.is_apart_from(Delta.read(other.delta)) for other in since) else None


def _let_go(module_id: int) -> None:
    mine = DraftChange.module_id == module_id
    query = select(DraftChange.version).where(mine).order_by(DraftChange.version.desc())
    oldest = db.session.scalar(query.offset(MOST_CHANGES - 1).limit(1))
    if oldest is not None:
        db.session.execute(delete(DraftChange).where(mine, DraftChange.version < oldest))

"""Questions about modules, editions and their files."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Table, bindparam, event, func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import joinedload

from lms.catalogue import comparing, speaking
from lms.catalogue.content import ModuleContent
from lms.catalogue.models import Edition, Impact, Media, Module, Withdrawal
from lms.kernel import storage
from lms.kernel.database import db
from lms.kernel.prepared import Prepared
from lms.kernel.refusals import NotFound
from lms.kernel.speech import Speech


@dataclass(frozen=True)
class FrozenEdition:
    """A module as it was published; shared by all who ask, so change nothing in it."""

    id: int
    module_id: int
    code: str
    number: int
    content: ModuleContent
    player: dict[str, Any]
    media: dict[str, str]
    digest: str
    _speeches: dict[str, dict[str, Speech]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def questions(self) -> int:
        """How many questions it asks."""
        return len(self.content.questions)

    def speeches(self, language: str) -> dict[str, Speech]:
        """Return what has to be read aloud, by block, as `speaking.speeches` does; it is worked out once."""
        if language not in self._speeches:
            self._speeches[language] = speaking.speeches(self.player, language)
        return self._speeches[language]

    def every_speech(self) -> list[Speech]:
        """Return what has to be read aloud in all its languages, each text once."""
        return list(
            dict.fromkeys(one for language in self.player["languages"] for one in self.speeches(language).values())
        )

    def sounds(self, language: str) -> dict[str, str]:
        """Return the digest of what there is to listen to, by block."""
        return speaking.made_of(self.player, language, self.speeches(language))


@dataclass(frozen=True)
class StoredFile:
    """A file of modules, ready to be sent."""

    path: Path
    media_type: str


_kept: WeakKeyDictionary[Engine, dict[int, FrozenEdition]] = WeakKeyDictionary()
_UNSETTLED = "editions_of_this_transaction"


def frozen(edition_id: int) -> FrozenEdition:
    """Return an edition, kept in memory because it never changes; raises NotFound."""
    kept = _kept.setdefault(db.engine, {})
    if edition_id not in kept:
        found = _load(edition_id)
        if edition_id in db.session().info.get(_UNSETTLED, ()):
            return found
        kept[edition_id] = found
    return kept[edition_id]


_of_each = (
    select(Edition.id)
    .join(Module)
    .where(Edition.id.in_(select(func.max(Edition.id)).group_by(Edition.module_id)))
    .order_by(Module.code)
)
_newest = Prepared(_of_each)
_offered = Prepared(_of_each.where(Edition.id.not_in(select(Withdrawal.edition_id))))
_of_code = Prepared(
    select(Module.id, func.max(Edition.id).label("newest"))
    .outerjoin(Edition, Edition.module_id == Module.id)
    .where(Module.code == bindparam("code"))
    .group_by(Module.id)
)


def newest_editions() -> list[FrozenEdition]:
    """Return the newest edition of each module that has one, withdrawn or not, by code."""
    return [frozen(row.id) for row in _newest.rows({})]


def offered_editions() -> list[FrozenEdition]:
    """Return what kiosks offer, by code: the newest edition of each module, unless it was withdrawn."""
    return [frozen(row.id) for row in _offered.rows({})]


def newest_edition(module_id: int) -> FrozenEdition | None:
    """Return the newest edition of a module, or None before it is first published."""
    found = db.session.scalar(select(func.max(Edition.id)).where(Edition.module_id == module_id))
    return frozen(found) if found else None


def newest_edition_of(code: str) -> FrozenEdition | None:
    """Return the newest edition of the module of that code, or None before it is first published."""
    found = _of_code.rows({"code": code})
    return frozen(found[0].newest) if found and found[0].newest else None


def edition_numbered(module_id: int, number: int) -> FrozenEdition:
    """Return an edition of a module by its number; raises NotFound."""
    found = db.session.scalar(select(Edition.id).where(Edition.module_id == module_id, Edition.number == number))
    if found is None:
        raise NotFound()
    return frozen(found)


_withdrawals = cast(Table, Withdrawal.__table__)
_withdrawn_at = Prepared(select(_withdrawals.c.at).where(_withdrawals.c.edition_id == bindparam("edition_id")))


def withdrawn_at(edition_id: int) -> datetime | None:
    """Return when an edition was withdrawn, or None."""
    found = _withdrawn_at.rows({"edition_id": edition_id})
    return found[0].at if found else None


@dataclass(frozen=True)
class Published:
    """An edition as it stands in the history of its module."""

    id: int
    number: int
    note: str
    impact: Impact
    published_at: datetime
    published_by: int | None
    withdrawn_at: datetime | None
    withdrawn_by: int | None
    reason: str | None
    """Why it was withdrawn."""


def history(module_id: int) -> list[Published]:
    """Return the editions of a module, the newest first."""
    rows = db.session.execute(
        select(
            Edition.id,
            Edition.number,
            Edition.change_note,
            Edition.impact,
            Edition.published_at,
            Edition.published_by,
            Withdrawal.at,
            Withdrawal.by_id,
            Withdrawal.reason,
        )
        .outerjoin(Withdrawal, Withdrawal.edition_id == Edition.id)
        .where(Edition.module_id == module_id)
        .order_by(Edition.number.desc())
    )
    return [Published(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Step:
    """An edition, as far as it bears on what was completed before it."""

    edition_id: int
    module_id: int
    number: int
    impact: Impact
    published_at: datetime


_editions = cast(Table, Edition.__table__)
_steps = Prepared(
    select(
        _editions.c.id,
        _editions.c.module_id,
        _editions.c.number,
        _editions.c.impact,
        _editions.c.published_at,
    ).order_by(_editions.c.module_id, _editions.c.number)
)


def steps() -> dict[int, list[Step]]:
    """Return the editions of each module, in order."""
    found: dict[int, list[Step]] = defaultdict(list)
    for row in _steps.rows({}):
        found[row.module_id].append(Step(*row))
    return found


def to_be_seen(known: FrozenEdition, content: ModuleContent, media: Mapping[str, str]) -> list[str]:
    """Return the keys of what is new or otherwise in a module for who knows an edition of it, in order."""
    changes = comparing.changes(known.content.plain, known.media, content.plain, media)
    return [change.key for change in changes if change.key is not None and change.is_to_be_seen]


def module(code: str) -> Module:
    """Return the module of that code; raises NotFound."""
    found = db.session.scalar(select(Module).where(Module.code == code))
    if found is None:
        raise NotFound()
    return found


def stored_file(digest: str) -> StoredFile | None:
    """Return the file of that digest, or None when no module has brought it in."""
    media_type = db.session.scalar(select(Media.media_type).where(Media.digest == digest))
    return StoredFile(storage.path(digest), media_type) if media_type else None


def unsettled(edition: Edition) -> None:
    """Keep an edition out of memory until its transaction is committed: it may yet never have been."""
    db.session().info.setdefault(_UNSETTLED, set()).add(edition.id)


def _settle(session: Any) -> None:
    session.info.pop(_UNSETTLED, None)


event.listen(db.session, "after_commit", _settle)
event.listen(db.session, "after_rollback", _settle)


def _load(edition_id: int) -> FrozenEdition:
    edition = db.session.scalar(select(Edition).options(joinedload(Edition.module)).where(Edition.id == edition_id))
    if edition is None:
        raise NotFound()
    return FrozenEdition(
        id=edition.id,
        module_id=edition.module_id,
        code=edition.module.code,
        number=edition.number,
        content=ModuleContent.model_validate(edition.content),
        player=edition.player,
        media=edition.media,
        digest=edition.digest,
    )

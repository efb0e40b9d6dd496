"""Questions about modules, editions and their files."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import event, func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import joinedload

from lms.catalogue.content import ModuleContent
from lms.catalogue.models import Edition, Media, Module
from lms.kernel import storage
from lms.kernel.database import db
from lms.kernel.refusals import NotFound


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

    @property
    def questions(self) -> int:
        """How many questions it asks."""
        return len(self.content.questions)


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


def newest_editions() -> list[FrozenEdition]:
    """Return the newest edition of each module that has one, by code."""
    newest = select(func.max(Edition.id)).group_by(Edition.module_id)
    ids = db.session.scalars(select(Edition.id).join(Module).where(Edition.id.in_(newest)).order_by(Module.code))
    return [frozen(edition_id) for edition_id in ids]


def newest_edition(module_id: int) -> FrozenEdition | None:
    """Return the newest edition of a module, or None before it is first published."""
    found = db.session.scalar(select(func.max(Edition.id)).where(Edition.module_id == module_id))
    return frozen(found) if found else None


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

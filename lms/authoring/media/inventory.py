"""What files there are: where each is used, what is known of its origin, which are used by nothing."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, inspect, literal_column, select, table

from lms.authoring import drafts, queries
from lms.authoring.media.models import ModuleFile
from lms.catalogue.models import Edition, Media, MediaOrigin, Module, Rights
from lms.kernel.database import db

SAYS_ITS_ORIGIN = ("image/", "video/", "audio/")
"""Media types of what somebody made, and may have a right in."""


@dataclass(frozen=True)
class Origin:
    """Where a file comes from, as somebody said."""

    rights: Rights
    source: str


@dataclass(frozen=True)
class FileOfModule:
    """A file as one module knows it."""

    name: str
    digest: str
    media_type: str
    size: int
    origin: Origin | None
    blocks: tuple[tuple[str, int], ...]
    """Those of the draft that name it: key and number from 1."""
    editions: tuple[int, ...]
    is_planned: bool
    """Whether an edition that is to come out names it."""

    @property
    def is_used(self) -> bool:
        """Whether the draft or an edition names it."""
        return bool(self.blocks or self.editions or self.is_planned)

    @property
    def lacks_origin(self) -> bool:
        """Whether somebody should still say where it comes from."""
        return lacks_origin(self.media_type, self.origin)


@dataclass(frozen=True)
class FileOfSite:
    """A file through all modules."""

    digest: str
    media_type: str
    size: int
    origin: Origin | None
    names: tuple[tuple[str, str], ...]
    """Code of the module and name there."""
    is_used: bool

    @property
    def lacks_origin(self) -> bool:
        """Whether somebody should still say where it comes from."""
        return lacks_origin(self.media_type, self.origin)


def lacks_origin(media_type: str, origin: Origin | None) -> bool:
    """Whether a file of that kind needs an origin and has none. Pure."""
    return origin is None and media_type.startswith(SAYS_ITS_ORIGIN)


def of_module(code: str) -> list[FileOfModule]:
    """Return the files of a module, the newest first; raises NotFound."""
    draft = queries.draft(code)
    editions = _editions(draft.module_id)
    planned = queries.planned_edition(draft.module_id)
    to_come = set(planned.media.values()) if planned else set()
    rows = db.session.execute(
        select(ModuleFile.name, Media, MediaOrigin)
        .join(Media, Media.digest == ModuleFile.digest)
        .outerjoin(MediaOrigin, MediaOrigin.digest == Media.digest)
        .where(ModuleFile.module_id == draft.module_id)
        .order_by(ModuleFile.id.desc())
    )
    return [
        FileOfModule(
            name,
            media.digest,
            media.media_type,
            media.size,
            _origin(origin),
            tuple(_blocks(draft.content, name)),
            tuple(number for number, digests in editions if media.digest in digests),
            media.digest in to_come,
        )
        for name, media, origin in rows
    ]


def of_site() -> list[FileOfSite]:
    """Return every file that a module knows, the largest first."""
    names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    known = select(ModuleFile.digest, Module.code, ModuleFile.name).join(Module, Module.id == ModuleFile.module_id)
    for digest, code, name in db.session.execute(known.order_by(Module.code, ModuleFile.name)):
        names[digest].append((code, name))
    used = _named("media")
    rows = db.session.execute(
        select(Media, MediaOrigin)
        .outerjoin(MediaOrigin, MediaOrigin.digest == Media.digest)
        .order_by(Media.size.desc(), Media.digest)
    )
    return [
        FileOfSite(
            media.digest,
            media.media_type,
            media.size,
            _origin(origin),
            tuple(names[media.digest]),
            media.digest in used,
        )
        for media, origin in rows
        if media.digest in names or media.digest in used
    ]


def held() -> set[str]:
    """Return the digests that anything names: a module, an edition, a question of the bank, the history of a draft."""
    return set(db.session.scalars(select(ModuleFile.digest))) | _named("media") | _named("delta")


def _named(column: str) -> set[str]:
    """Return the texts in the columns of this name, of whatever table: all of what names files calls it `media`.

    The database is asked which tables there are, since a server loads a room's tables with the room.
    """
    found: set[str] = set()
    tables = inspect(db.session.connection())
    for name in tables.get_table_names():
        if any(one["name"] == column for one in tables.get_columns(name)):
            rows = select(literal_column(column, JSON)).select_from(table(name))
            for value in db.session.scalars(rows):
                found.update(_texts(value))
    return found


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def _editions(module_id: int) -> list[tuple[int, set[str]]]:
    query = select(Edition.number, Edition.media).where(Edition.module_id == module_id).order_by(Edition.number)
    return [(row.number, set(row.media.values())) for row in db.session.execute(query)]


def _blocks(document: drafts.Document, name: str) -> Iterator[tuple[str, int]]:
    for number, block in enumerate(document["blocks"], 1):
        if drafts.used_media(block, {name: name}):
            yield str(block.get("key", "")), number


def _origin(row: MediaOrigin | None) -> Origin | None:
    return Origin(row.rights, row.source) if row else None

"""What files a module knows by name."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import PurePath

from sqlalchemy import delete, select

from lms.authoring.media.models import ModuleFile
from lms.kernel.database import db

WAITS = timedelta(days=1)
"""How long a file waits for a block that names it."""
LONGEST_STEM = 60


def known(module_id: int) -> dict[str, str]:
    """Return the digest of each file of a module, by name."""
    query = select(ModuleFile.name, ModuleFile.digest).where(ModuleFile.module_id == module_id)
    return {row.name: row.digest for row in db.session.execute(query)}


def add(module_id: int, name: str, digest: str, *, by: int | None, now: datetime) -> str:
    """Let a module know a file; return its name there. The same bytes keep the name they have.

    `name` is what it was called where it came from; it is made one that a document can hold.
    """
    there = known(module_id)
    same = next((found for found, kept in there.items() if kept == digest), None)
    if same is not None:
        return same
    free = free_name(name, there)
    db.session.add(ModuleFile(module_id=module_id, name=free, digest=digest, came_at=now, came_by=by))
    db.session.flush()
    return free


def free_name(name: str, taken: Collection[str]) -> str:
    """Return a name for a document, made of a file's own, that is not taken: `media/Presse-2.jpg`. Pure."""
    bare = PurePath(name.replace("\\", "/")).name
    stem = re.sub(r"[^A-Za-z0-9]+", "-", PurePath(bare).stem).strip("-")[:LONGEST_STEM].strip("-") or "file"
    return next(one for one in _numbered(stem, PurePath(bare).suffix.lower()) if one not in taken)


def _numbered(stem: str, ending: str) -> Iterator[str]:
    yield f"media/{stem}{ending}"
    number = 2
    while True:
        yield f"media/{stem}-{number}{ending}"
        number += 1


def note(module_id: int, named: Mapping[str, str], *, by: int | None, now: datetime) -> None:
    """Remember that blocks of a module name these files: they stay until somebody removes them."""
    query = select(ModuleFile).where(ModuleFile.module_id == module_id, ModuleFile.name.in_(named))
    rows = {row.name: row for row in db.session.scalars(query)}
    for name, digest in named.items():
        row = rows.get(name) or ModuleFile(module_id=module_id, name=name, came_at=now, came_by=by)
        row.digest, row.named_at = digest, row.named_at or now
        db.session.add(row)
    db.session.flush()


def forget_unnamed(now: datetime) -> None:
    """Let go of what came in more than a day ago and was named by no block."""
    db.session.execute(delete(ModuleFile).where(ModuleFile.named_at.is_(None), ModuleFile.came_at < now - WAITS))

"""Say where files come from; remove those that nothing uses; let go of bytes that nobody names."""

import logging
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from lms.audit.keeping import AuditAttachment
from lms.authoring import queries
from lms.authoring.media import files, inventory
from lms.authoring.media.models import ModuleFile, PhonePicture
from lms.catalogue.models import Media, MediaOrigin, Rights
from lms.catalogue.room import GIGABYTE
from lms.kernel import enclosures, storage, waiting
from lms.kernel.clock import now as clock
from lms.kernel.database import db
from lms.kernel.enclosures import Enclosure
from lms.kernel.jobs import actions
from lms.kernel.jobs.kinds import Asked, Kind, Report, register
from lms.kernel.refusals import NotFound, Refusal
from lms.kernel.settings import setting
from lms.kernel.speech import Recording

DAY = timedelta(days=1)
_log = logging.getLogger(__name__)


class FileInUse(Refusal):
    """A draft or an edition uses the file: it is not removed."""


def say_origin(digest: str, rights: Rights, source: str, *, by: int | None, now: datetime) -> None:
    """Say where a file comes from; raises NotFound."""
    if db.session.get(Media, digest) is None:
        raise NotFound()
    row = db.session.get(MediaOrigin, digest) or MediaOrigin(digest=digest)
    row.rights, row.source, row.said_at, row.said_by = rights, source.strip(), now, by
    db.session.add(row)
    db.session.flush()


def say_own(code: str, *, by: int | None, now: datetime) -> int:
    """Say of every file of a module of which nothing was said that it was made here; return how many."""
    digests = {file.digest for file in inventory.of_module(code) if file.lacks_origin}
    for digest in digests:
        say_origin(digest, Rights.OWN, "", by=by, now=now)
    return len(digests)


def remove(code: str, name: str, *, by: int | None) -> None:
    """Remove a file from a module; raises NotFound, or FileInUse for what the draft or an edition uses."""
    file = next((one for one in inventory.of_module(code) if one.name == name), None)
    if file is None:
        raise NotFound()
    if file.is_used:
        raise FileInUse(name=name)
    _remove(code, [name], by)


def remove_unused(code: str, *, by: int | None) -> int:
    """Remove what neither the draft nor an edition of a module uses; return how many files."""
    names = [file.name for file in inventory.of_module(code) if not file.is_used]
    _remove(code, names, by)
    return len(names)


def _remove(code: str, names: Collection[str], by: int | None) -> None:
    module_id = queries.draft(code).module_id
    db.session.execute(delete(ModuleFile).where(ModuleFile.module_id == module_id, ModuleFile.name.in_(names)))
    _let_go()
    _log.info("person %s removed %s from %s", by, ", ".join(sorted(names)), code)


def _let_go() -> None:
    """Forget the files that nothing holds any longer; their bytes go with the next sweep."""
    held = inventory.held()
    free = [digest for digest in db.session.scalars(select(Media.digest)) if digest not in held]
    for table in (PhonePicture, MediaOrigin, Media):
        db.session.execute(delete(table).where(table.digest.in_(free)))
    db.session.flush()


def _sweep(asked: Asked, report: Report) -> int:
    """Remove bytes that no table names; what came within a day may belong to work that is not done yet."""
    named = {
        digest
        for table in (Media, AuditAttachment, Recording, Enclosure)
        for digest in db.session.scalars(select(table.digest))
    }
    named |= storage.named_elsewhere()
    loose = [digest for digest, _size in storage.kept_since(DAY.total_seconds()) if digest not in named]
    for number, digest in enumerate(loose):
        report(number, len(loose))
        storage.remove(digest)
    waiting.purge()
    storage.forget_copies(setting("S3_COPIES_GIGABYTES") * GIGABYTE)
    return len(loose)


def _keep(removed: int) -> dict[str, Any]:
    files.forget_unnamed(clock())
    enclosures.forget_unnamed()
    _let_go()
    return {"removed": removed}


def _due(moment: datetime) -> Iterator[tuple[str, dict[str, Any]]]:
    last = actions.newest("media-sweep", "all")
    if last is None or moment - last.asked_at >= DAY:
        yield "all", {}


SWEEP = register(Kind("media-sweep", work=_sweep, keep=_keep, due=_due))

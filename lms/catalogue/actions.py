"""What is done with modules and their files."""

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import SEEK_END, BytesIO
from typing import IO, Any

from lms.catalogue import queries, room
from lms.catalogue.content import ModuleContent
from lms.catalogue.media import CheckedFile
from lms.catalogue.models import Edition, Impact, Media, Module, Withdrawal
from lms.catalogue.queries import FrozenEdition
from lms.catalogue.rendering import player
from lms.kernel import storage
from lms.kernel.database import db, release
from lms.kernel.refusals import Refusal

_log = logging.getLogger(__name__)


class NothingChanged(Refusal):
    """A module is the same as its newest edition, so that there is nothing to publish."""


class NothingToAcknowledge(Refusal):
    """No card or question is new or otherwise than before, so that there is nothing to look at again."""


class WithdrawnAlready(Refusal):
    """The edition was withdrawn before."""


@dataclass(frozen=True)
class Stored:
    """Bytes that lie where files are kept, and of which the database does not know yet."""

    digest: str
    size: int
    media_type: str


def keep_file(file: CheckedFile, *, now: datetime) -> str:
    """Keep a file of a module; return its digest. The same bytes are kept once."""
    return record_file(store_bytes(BytesIO(file.data), file.media_type), now=now)


def store_bytes(stream: IO[bytes], media_type: str) -> Stored:
    """Put bytes where files are kept, without a word to the database: long work does it ahead of its end.

    Raises QuotaReached, DiskKept or NoRoom.
    """
    room.check(_size(stream))
    digest, size = storage.keep(stream)
    return Stored(digest, size, media_type)


def store_ahead(stream: IO[bytes], media_type: str) -> Stored:
    """Do as `store_bytes` before anything is written: the transaction ends, so that nobody waits for a slow store."""
    room.check(_size(stream))
    release()
    digest, size = storage.keep(stream)
    return Stored(digest, size, media_type)


def _size(stream: IO[bytes]) -> int:
    size = stream.seek(0, SEEK_END)
    stream.seek(0)
    return size


def record_file(stored: Stored, *, now: datetime) -> str:
    """Make stored bytes a file of modules; return its digest."""
    if db.session.get(Media, stored.digest) is None:
        media = Media(digest=stored.digest, media_type=stored.media_type, size=stored.size, stored_at=now)
        db.session.add(media)
        db.session.flush()
    return stored.digest


def add_edition(
    module: Module,
    content: ModuleContent,
    media: Mapping[str, str],
    *,
    note: str,
    by: int | None,
    now: datetime,
    impact: Impact = Impact.CORRECTION,
) -> Edition:
    """Freeze a module as its next edition; raises NothingChanged when it is as it was, or NothingToAcknowledge.

    What was withdrawn may be published again as it was. A first edition is a correction of nothing.
    """
    named = {name: media[name] for name in sorted(media)}
    digest = digest_of(content, named)
    newest = check_edition(module, content, named, impact)
    edition = Edition(
        module_id=module.id,
        number=newest.number + 1 if newest else 1,
        content=content.plain,
        player=player(content, named, digest),
        media=named,
        digest=digest,
        change_note=note,
        impact=impact if newest else Impact.CORRECTION,
        published_at=now,
        published_by=by,
    )
    db.session.add(edition)
    db.session.flush()
    queries.unsettled(edition)
    return edition


def check_edition(
    module: Module, content: ModuleContent, media: Mapping[str, str], impact: Impact
) -> FrozenEdition | None:
    """Return the newest edition of a module if another may follow it; raises NothingChanged or NothingToAcknowledge."""
    newest = queries.newest_edition(module.id)
    if newest is None:
        return None
    if newest.digest == digest_of(content, media) and queries.withdrawn_at(newest.id) is None:
        raise NothingChanged(code=module.code)
    if impact is Impact.ACKNOWLEDGEMENT and not queries.to_be_seen(newest, content, media):
        raise NothingToAcknowledge()
    return newest


def withdraw(edition_id: int, reason: str, *, by: int | None, now: datetime) -> None:
    """Take an edition back: from now on it is offered nowhere, and no edition before it comes in its place.

    Raises NotFound or WithdrawnAlready.
    """
    edition = queries.frozen(edition_id)
    if queries.withdrawn_at(edition_id) is not None:
        raise WithdrawnAlready(code=edition.code, number=edition.number)
    db.session.add(Withdrawal(edition_id=edition_id, reason=reason.strip(), at=now, by_id=by))
    db.session.flush()
    _log.warning("edition %s of %s withdrawn by person %s: %s", edition.number, edition.code, by, reason.strip())


def digest_of(content: ModuleContent, media: Mapping[str, str]) -> str:
    """Return the SHA-256 of a module's canonical content and media."""
    return digest_of_plain(content.plain, media)


def digest_of_plain(document: Mapping[str, Any], media: Mapping[str, str]) -> str:
    """Return the same of a document: that of a draft is its edition's where both say the same."""
    whole = {"content": document, "media": dict(media)}
    canonical = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()

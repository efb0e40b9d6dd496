"""Scanned papers kept as evidence: what may be one, kept once under its SHA-256.

Whoever keeps one names it by its digest; the sweep of loose files (`authoring.media.tidying`)
leaves alone what stands here. Rooms: `proof` (certificates from outside), `classroom` (signed attendance sheets).
What comes from elsewhere is made fit first (`catalogue.scans`).
"""

import io
from datetime import datetime

from sqlalchemy import String, delete, exists, not_
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel import storage
from lms.kernel.database import Base, db
from lms.kernel.refusals import Refusal

MOST_MEGABYTES = 10
STARTS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"RIFF": "image/webp",
}
"""What may be kept, by how its bytes begin."""
ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


class PaperOfAnotherKind(Refusal):
    """A scanned paper is a PDF, a PNG or a JPEG."""


class PaperTooLarge(Refusal):
    """A scanned paper has at most so many megabytes."""


class Enclosure(Base):
    """A scanned paper; never changed."""

    __tablename__ = "enclosures"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(60))
    size: Mapped[int]
    """In bytes."""
    kept_at: Mapped[datetime]

    @property
    def ending(self) -> str:
        """How the name of such a file ends."""
        return ENDINGS[self.media_type]


def keep(content: bytes, now: datetime) -> Enclosure:
    """Keep a scanned paper; raises PaperOfAnotherKind, PaperTooLarge or NoRoom."""
    if len(content) > MOST_MEGABYTES * 1_000_000:
        raise PaperTooLarge(limit=MOST_MEGABYTES)
    media_type = next((kind for start, kind in STARTS.items() if content.startswith(start)), None)
    if media_type is None:
        raise PaperOfAnotherKind()
    digest, size = storage.keep(io.BytesIO(content))
    found = db.session.get(Enclosure, digest)
    if found is None:
        found = Enclosure(digest=digest, media_type=media_type, size=size, kept_at=now)
        db.session.add(found)
        db.session.flush()
    return found


def forget_unnamed() -> int:
    """Forget the papers that no row names any longer; their bytes go with the next sweep. Return how many."""
    naming = [
        column for table in db.metadata.tables.values() for column in table.columns
        if any(key.column.table is Enclosure.__table__ for key in column.foreign_keys)
    ]  # fmt: skip
    unnamed = (not_(exists().where(column == Enclosure.digest)) for column in naming)
    done = db.session.execute(delete(Enclosure).where(*unnamed))
    return int(done.rowcount)  # type: ignore[attr-defined]


def find(digest: str) -> Enclosure | None:
    """Return the paper of that digest, or None."""
    return db.session.get(Enclosure, digest)

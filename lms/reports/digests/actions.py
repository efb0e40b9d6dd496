"""Choose how often, and keep what was sent."""

from datetime import datetime

from lms.kernel.database import db
from lms.reports.digests.models import Digest, DigestChoice
from lms.reports.digests.rules import Every


def choose(person_id: int, every: Every, *, now: datetime) -> None:
    """Let a leader be written to so often."""
    db.session.merge(DigestChoice(person_id=person_id, every=every, changed_at=now))


def keep(person_id: int, *, sent: bool, now: datetime) -> Digest:
    """Keep that a leader was written to, or that there was nothing to say."""
    digest = Digest(person_id=person_id, at=now, sent=sent)
    db.session.add(digest)
    db.session.flush()
    return digest

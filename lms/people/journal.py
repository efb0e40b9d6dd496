"""Who did what about whom: one line for each act, free of names, never changed."""

from datetime import datetime

from lms.kernel.database import db
from lms.people.models import Act, PersonEvent


def note(person_id: int, act: Act, by: int | None, now: datetime, detail: str = "") -> None:
    """Write down who did what about whom."""
    db.session.add(PersonEvent(at=now, by_id=by, person_id=person_id, act=act, detail=detail[:200]))

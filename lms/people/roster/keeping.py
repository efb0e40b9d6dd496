"""What became of rosters: noted, listed, found again."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from lms.kernel.database import db
from lms.kernel.refusals import NotFound
from lms.people.roster.comparison import Preview
from lms.people.roster.faults import Fault
from lms.people.roster.models import Fate, RosterImport, Way

MOST_FAULTS = 200
MOST_LISTED = 100


def report(shown: Preview) -> dict[str, Any]:
    """Return what is kept of a preview: counts and rules, no cell that could name someone."""
    return {
        "rows": shown.rows,
        "created": len(shown.created),
        "changed": len(shown.changed),
        "unchanged": shown.unchanged,
        "refused": shown.refused,
        "faults": [[fault.line, fault.column, fault.code] for fault in shown.faults[:MOST_FAULTS]],
        "missing": [place.text for place in shown.missing if not (shown.makes_places and place.can_be_made)],
        "emptied": [[one.team, one.people] for one in shown.losses.emptied],
        "leaving": shown.losses.leaving,
        "present": shown.losses.present,
    }


def note(
    way: Way, name: str, content: bytes, fate: Fate, told: Mapping[str, Any], by: int | None, now: datetime
) -> RosterImport:
    """Keep what became of a roster."""
    made = RosterImport(
        at=now, by_id=by, way=way, name=name[:200], digest=digest(content), fate=fate, report=dict(told)
    )
    db.session.add(made)
    db.session.flush()
    return made


def digest(content: bytes) -> str:
    """Return what tells one file from another."""
    return hashlib.sha256(content).hexdigest()


def newest() -> Sequence[RosterImport]:
    """Return the last rosters, newest first."""
    return db.session.scalars(select(RosterImport).order_by(RosterImport.id.desc()).limit(MOST_LISTED)).all()


def find(number: int) -> RosterImport:
    """Return one roster. Raises NotFound."""
    found = db.session.get(RosterImport, number)
    if found is None:
        raise NotFound()
    return found


def last_of(name: str) -> RosterImport | None:
    """Return the last roster of that file name that came by the folder."""
    query = select(RosterImport).where(RosterImport.way == Way.FOLDER, RosterImport.name == name)
    return db.session.scalars(query.order_by(RosterImport.id.desc()).limit(1)).first()


def is_settled(held: RosterImport) -> bool:
    """Whether somebody applied a roster that was held, or a newer file took its place."""
    later = select(RosterImport.id).where(RosterImport.id > held.id)
    same = (RosterImport.digest == held.digest) & (RosterImport.fate == Fate.APPLIED)
    newer = (RosterImport.name == held.name) & (RosterImport.way == held.way)
    return db.session.scalar(later.where(same | newer).limit(1)) is not None


def held() -> int | None:
    """Return the number of a roster that waits for somebody to look, or None."""
    query = select(RosterImport).where(RosterImport.fate == Fate.HELD).order_by(RosterImport.id.desc()).limit(5)
    return next((one.id for one in db.session.scalars(query) if not is_settled(one)), None)


def faults(kept: RosterImport) -> list[Fault]:
    """Return the refused lines of a roster, each with its reason, without what stood there."""
    return [Fault(line, column, "", code, _NOBODY) for line, column, code in kept.report.get("faults", [])]


class _Unsaid(dict[str, object]):
    """Facts that are kept nowhere: each is said as an ellipsis."""

    def __missing__(self, fact: str) -> str:
        return "…"


_NOBODY = _Unsaid()

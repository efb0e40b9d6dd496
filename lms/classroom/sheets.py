"""Sheets that people signed in a room, kept as proof: a scan or photo of the paper, its hash, who kept it and when.

Several may be kept of one session, of the whole of it or of a half-day. One kept by mistake is withdrawn with its
reason and stays in the history. A scan goes as other proof of a session does: once nobody on the list has a name here
any more (`models`).
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from lms.catalogue.scans import Scan
from lms.classroom import queries, rules
from lms.classroom.models import HalfDay, Invitation, Session, SheetWithdrawal, SignedSheet
from lms.kernel import enclosures
from lms.kernel.clock import local_day
from lms.kernel.database import db
from lms.kernel.enclosures import Enclosure
from lms.kernel.refusals import NotFound


@dataclass(frozen=True)
class Sheet:
    """A signed sheet, and what became of it."""

    row: SignedSheet
    session: Session
    half_day: HalfDay | None
    """None for the whole session."""
    paper: Enclosure | None
    """None once its time was over."""
    withdrawal: SheetWithdrawal | None

    @property
    def counts(self) -> bool:
        """Whether it proves something: it was not withdrawn, and the scan is there."""
        return self.withdrawal is None and self.paper is not None

    @property
    def name(self) -> str:
        """What its file is called: the session, the half-day, the beginning of its hash."""
        of = (self.half_day.held_on.isoformat(), self.half_day.part.value) if self.half_day else ()
        return "-".join([self.session.code, *of, self.row.sha256[:8]]) + (f".{self.paper.ending}" if self.paper else "")


def keep(code: str, half_day_id: int | None, scans: Sequence[Scan], by: int | None, now: datetime) -> None:
    """Keep signed sheets of a session, or of one half-day of it: all of them or none.

    Raises NotFound, SessionCancelled, HeldInFuture, SheetKeptAlready or what `enclosures.keep` raises.
    """
    session = queries.session(code)
    if session.cancelled_at is not None:
        raise rules.SessionCancelled()
    half_day = next((one for one in session.half_days if one.id == half_day_id), None)
    if half_day is None and half_day_id is not None:
        raise NotFound()
    held_on = (half_day or session.half_days[0]).held_on
    if held_on > local_day(now):
        raise rules.HeldInFuture(held_on=held_on)
    known = {one.row.sha256 for one in of_session(session.id) if one.withdrawal is None}
    for place, scan in enumerate(scans):
        digest = hashlib.sha256(scan.content).hexdigest()
        if digest in known:
            raise rules.SheetKeptAlready(place=place)
        known.add(digest)
    papers = [enclosures.keep(scan.content, now) for scan in scans]
    for scan, paper in zip(scans, papers, strict=True):
        made = SignedSheet(session_id=session.id, half_day_id=half_day_id, paper=paper.digest, sha256=paper.digest)
        made.pages, made.kept_at, made.kept_by = scan.pages, now, by
        db.session.add(made)
    db.session.flush()


def withdraw(code: str, sheet_id: int, reason: str, by: int | None, now: datetime) -> None:
    """Say that a sheet was kept by mistake. Raises NotFound, ReasonMissing or SheetWithdrawnAlready."""
    sheet = find(code, sheet_id)
    if not reason.strip():
        raise rules.ReasonMissing()
    if sheet.withdrawal is not None:
        raise rules.SheetWithdrawnAlready()
    db.session.add(SheetWithdrawal(sheet_id=sheet_id, reason=reason.strip(), withdrawn_at=now, withdrawn_by=by))
    db.session.flush()


def find(code: str, sheet_id: int) -> Sheet:
    """Return a sheet of a session; raises NotFound."""
    for sheet in of_session(queries.session(code).id):
        if sheet.row.id == sheet_id:
            return sheet
    raise NotFound()


def of_session(session_id: int) -> list[Sheet]:
    """Return every sheet of a session in the order in which they were kept, withdrawn ones too."""
    return of_sessions([session_id]).get(session_id, [])


def of_sessions(session_ids: Collection[int]) -> dict[int, list[Sheet]]:
    """Return the sheets of sessions by session, in the order in which they were kept; one statement."""
    query = (
        select(SignedSheet, Session, HalfDay, Enclosure, SheetWithdrawal)
        .join(Session, Session.id == SignedSheet.session_id)
        .outerjoin(HalfDay, HalfDay.id == SignedSheet.half_day_id)
        .outerjoin(Enclosure, Enclosure.digest == SignedSheet.paper)
        .outerjoin(SheetWithdrawal, SheetWithdrawal.sheet_id == SignedSheet.id)
        .order_by(SignedSheet.id)
    )
    if len(session_ids) <= queries.FEW:
        query = query.where(SignedSheet.session_id.in_(session_ids))
    found: dict[int, list[Sheet]] = {}
    for row in db.session.execute(query):
        if row[0].session_id in session_ids:
            found.setdefault(row[0].session_id, []).append(Sheet(*row))
    return found


def of_person(person_id: int) -> list[Sheet]:
    """Return the sheets of the sessions on whose list somebody is."""
    listed = set(db.session.scalars(select(Invitation.session_id).where(Invitation.person_id == person_id)))
    return [one for sheets in of_sessions(listed).values() for one in sheets] if listed else []


def covering(half_day_id: int, sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets that prove something of a half-day: its own and those of the whole session."""
    return [one for one in sheets if one.counts and one.row.half_day_id in (None, half_day_id)]


def lacking(half_days: Sequence[HalfDay], sheets: Mapping[int, list[Sheet]]) -> list[HalfDay]:
    """Return the half-days of which no signed sheet is kept; `sheets` as `of_sessions` returns them."""
    return [one for one in half_days if not covering(one.id, sheets.get(one.session_id, []))]

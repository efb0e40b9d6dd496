"""What is done about sessions: plan, change, cancel, invite, take attendance.

`by` is the person number of who does it, None for the command line.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select

from lms.classroom import queries, rules, sheets
from lms.classroom.models import Attendance, HalfDay, Invitation, Session
from lms.classroom.rules import Attended, Part
from lms.kernel.clock import local_day
from lms.kernel.database import db
from lms.kernel.refusals import NotFound
from lms.people.models import Person


@dataclass(frozen=True)
class SessionEntry:
    """What is said of a session; the same for one that is new and one that is changed."""

    title: str
    trainer: str
    half_days: Sequence[rules.HalfDay]
    module_id: int | None = None
    place: str = ""
    site_id: int | None = None
    mandatory: bool = False
    capacity: int | None = None


@dataclass(frozen=True)
class Mark:
    """What is said of one person and half-day."""

    half_day_id: int
    person_id: int
    seen: Attended


def plan_session(code: str, entry: SessionEntry, by: int | None, now: datetime) -> Session:
    """Plan a session.

    Raises SessionCodeMalformed, SessionCodeTaken, NoHalfDay, HalfDayTwice or HalfDayTooLong.
    """
    if not re.fullmatch(r"[A-Za-z0-9-]{1,40}", code):
        raise rules.SessionCodeMalformed()
    if db.session.scalar(select(Session.id).where(Session.code == code)) is not None:
        raise rules.SessionCodeTaken(code=code)
    made = Session(code=code, created_at=now, created_by=by, half_days=[])
    _fill(made, entry)
    db.session.add(made)
    db.session.flush()
    return made


def change_session(code: str, entry: SessionEntry) -> None:
    """Correct what is said of a session; half-days with attendance stay.

    Raises NotFound, HalfDayAttended, SheetKept, SessionFull and what `plan_session` raises of half-days.
    """
    found = queries.session(code)
    rules.check_places(len(queries.invited(found.id)), entry.capacity)
    wanted = {(one.held_on, one.part): one.minutes for one in entry.half_days}
    marked = {half_day for half_day, _person in queries.attendance(found.id)}
    signed = {one.row.half_day_id for one in sheets.of_session(found.id)}
    for half_day in found.half_days:
        kept = wanted.get((half_day.held_on, half_day.part))
        if half_day.id in marked and kept != half_day.minutes:
            raise rules.HalfDayAttended(held_on=half_day.held_on)
        if half_day.id in signed and kept is None:
            raise rules.SheetKept()
    _fill(found, entry)
    db.session.flush()


def cancel_session(code: str, reason: str, now: datetime) -> None:
    """Cancel a session nobody has attended. Raises NotFound, ReasonMissing, HalfDayAttended or SheetKept."""
    found = queries.session(code)
    if not reason.strip():
        raise rules.ReasonMissing()
    if any(seen.present for seen in queries.attendance(found.id).values()):
        raise rules.HalfDayAttended(held_on=found.half_days[0].held_on)
    if any(one.withdrawal is None for one in sheets.of_session(found.id)):
        raise rules.SheetKept()
    found.cancelled_at, found.cancelled_because = now, reason.strip()
    db.session.flush()


def invite(code: str, person_ids: Collection[int], by: int | None, now: datetime) -> int:
    """Put people on the list of a session; return how many are new.

    Raises NotFound, SessionCancelled, SessionFull, NotHiredYet or LeftBefore.
    """
    found = _open(code)
    known = set(queries.invited(found.id))
    fresh = sorted(set(person_ids) - known)
    rules.check_places(len(known) + len(fresh), found.capacity)
    for person_id in fresh:
        _check_employed(person_id, found.half_days[0].held_on)
        db.session.add(Invitation(session_id=found.id, person_id=person_id, invited_at=now, invited_by=by))
    db.session.flush()
    return len(fresh)


def uninvite(code: str, person_id: int) -> None:
    """Take somebody off the list. Raises NotFound, or AttendanceRecorded once there is an entry about them."""
    found = queries.session(code)
    if any(person == person_id for _half_day, person in queries.attendance(found.id)):
        raise rules.AttendanceRecorded()
    db.session.execute(delete(Invitation).where(Invitation.session_id == found.id, Invitation.person_id == person_id))


def take_attendance(
    code: str, marks: Collection[Mark], reason: str, by: int | None, now: datetime, source: str = ""
) -> int:
    """Enter who attended; return how many entries that made: what is known already makes none.

    What differs from an entry before it is a correction and needs a reason. Whoever came without
    being invited is put on the list, beyond its places too: they were there. Raises NotFound,
    SessionCancelled, HeldInFuture, TooManyMinutes, NotHiredYet, LeftBefore or ReasonMissing.
    """
    found = _open(code)
    known = queries.attendance(found.id)
    days = {half_day.id: half_day for half_day in found.half_days}
    listed = set(queries.invited(found.id))
    made = 0
    for mark in marks:
        before = known.get((mark.half_day_id, mark.person_id))
        if before is not None and same(before, mark.seen):
            continue
        _check(mark, days.get(mark.half_day_id), local_day(now))
        said = mark.seen.reason.strip() or reason.strip()
        if before is not None and not said:
            raise rules.ReasonMissing()
        if mark.person_id not in listed:
            listed.add(mark.person_id)
            db.session.add(Invitation(session_id=found.id, person_id=mark.person_id, invited_at=now, invited_by=by))
        db.session.add(_entry(mark, said if before is not None or not mark.seen.present else "", by, now, source))
        made += 1
    db.session.flush()
    return made


def _entry(mark: Mark, reason: str, by: int | None, now: datetime, source: str) -> Attendance:
    return Attendance(
        half_day_id=mark.half_day_id,
        person_id=mark.person_id,
        present=mark.seen.present,
        minutes=mark.seen.minutes,
        signed=mark.seen.signed,
        reason=reason,
        source=source,
        recorded_by=by,
        recorded_at=now,
    )


def same(before: Attended, after: Attended) -> bool:
    """Whether two entries say the same, whatever their reasons."""
    return (before.present, before.minutes, before.signed) == (after.present, after.minutes, after.signed)


def _check(mark: Mark, half_day: HalfDay | None, today: date) -> None:
    if half_day is None:
        raise NotFound()
    if half_day.held_on > today:
        raise rules.HeldInFuture(held_on=half_day.held_on)
    rules.check_minutes(mark.seen.present, mark.seen.minutes, half_day.minutes)
    if mark.seen.present:
        _check_employed(mark.person_id, half_day.held_on)


def _check_employed(person_id: int, on: date) -> None:
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound()
    try:
        rules.check_employed(on, person.hired_on, person.left_on)
    except (rules.NotHiredYet, rules.LeftBefore) as refusal:
        refusal.facts["name"] = person.full_name
        raise


def _open(code: str) -> Session:
    found = queries.session(code)
    if found.cancelled_at is not None:
        raise rules.SessionCancelled()
    return found


def _fill(made: Session, entry: SessionEntry) -> None:
    rules.check_half_days(entry.half_days)
    made.title, made.trainer, made.place = entry.title.strip(), entry.trainer.strip(), entry.place.strip()
    made.module_id, made.site_id = entry.module_id, entry.site_id
    made.mandatory, made.capacity = entry.mandatory, entry.capacity
    wanted = {(one.held_on, one.part): one.minutes for one in entry.half_days}
    kept = [half_day for half_day in made.half_days if (half_day.held_on, half_day.part) in wanted]
    for half_day in kept:
        half_day.minutes = wanted.pop((half_day.held_on, half_day.part))
    parts = list(Part)
    fresh = [
        HalfDay(held_on=held_on, part=part, rank=parts.index(part), minutes=minutes)
        for (held_on, part), minutes in wanted.items()
    ]
    made.half_days = sorted([*kept, *fresh], key=lambda one: (one.held_on, one.rank))

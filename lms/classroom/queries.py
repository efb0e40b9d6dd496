"""Questions about sessions and who attended them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Integer, Select, Subquery, cast, func, literal_column, select
from sqlalchemy.orm import selectinload

from lms.classroom.models import Attendance, HalfDay, Invitation, Session
from lms.classroom.rules import Attended, Part
from lms.kernel.database import among, db
from lms.kernel.prepared import each
from lms.kernel.refusals import NotFound
from lms.people.models import Person

FEW = 1_000
"""Beyond so many names in one statement the whole list is read instead."""


@dataclass(frozen=True)
class Presence:
    """What one person attended on one half-day."""

    person_id: int
    session_code: str
    title: str
    module_id: int | None
    held_on: date
    minutes: int
    mandatory: bool
    """L6321-2 of the Code du travail."""
    signed: bool
    planned: int
    """Minutes that the half-day was to last."""
    part: Part
    half_day_id: int


def session(code: str) -> Session:
    """Return the session of that code with its half-days; raises NotFound."""
    found = db.session.scalars(_whole().where(Session.code == code)).one_or_none()
    if found is None:
        raise NotFound()
    return found


def sessions(first_day: date | None = None, last_day: date | None = None) -> Sequence[Session]:
    """Return the sessions with a half-day from first to last, by their first half-day; all of them without days."""
    begins = select(HalfDay.session_id, func.min(HalfDay.held_on).label("first")).group_by(HalfDay.session_id)
    if first_day is not None:
        begins = begins.where(HalfDay.held_on >= first_day)
    if last_day is not None:
        begins = begins.where(HalfDay.held_on <= last_day)
    one = begins.subquery()
    return db.session.scalars(
        _whole().join(one, one.c.session_id == Session.id).order_by(one.c.first, Session.code)
    ).all()


def invited(session_id: int) -> list[int]:
    """Return who is on the list of a session."""
    return lists([session_id]).get(session_id, [])


def lists(session_ids: Collection[int]) -> dict[int, list[int]]:
    """Return who is on the list of each of some sessions; one statement."""
    query = select(Invitation.session_id, Invitation.person_id).order_by(Invitation.person_id)
    if len(session_ids) <= FEW:
        query = query.where(Invitation.session_id.in_(session_ids))
    found: dict[int, list[int]] = {}
    for session_id, person_id in db.session.execute(query):
        found.setdefault(session_id, []).append(person_id)
    return found


def in_class(person_ids: Collection[int], first_day: date, last_day: date) -> set[tuple[int, date]]:
    """Return who of these people is on the list of a session on which of these days, whatever part of it."""
    query = (
        select(Invitation.person_id, HalfDay.held_on)
        .join(HalfDay, HalfDay.session_id == Invitation.session_id)
        .join(Session, Session.id == Invitation.session_id)
        .where(Session.cancelled_at.is_(None), HalfDay.held_on.between(first_day, last_day))
    )
    return {(person, day) for person, day in each(among(query, Invitation.person_id, person_ids))}


def places_taken() -> dict[int, int]:
    """Return how many are on the list of each session."""
    query = select(Invitation.session_id, func.count().label("taken")).group_by(Invitation.session_id)
    return {row.session_id: row.taken for row in db.session.execute(query)}


def attendance(session_id: int) -> dict[tuple[int, int], Attended]:
    """Return what is in force of a session, by half-day and person."""
    query = _in_force().join(HalfDay, HalfDay.id == Attendance.half_day_id).where(HalfDay.session_id == session_id)
    return {
        (row.half_day_id, row.person_id): Attended(row.present, row.minutes, row.signed, row.reason)
        for row in db.session.scalars(query)
    }


def entries(session_id: int) -> Sequence[Attendance]:
    """Return every entry of attendance of a session, corrections too, newest first."""
    return db.session.scalars(
        select(Attendance)
        .join(HalfDay, HalfDay.id == Attendance.half_day_id)
        .where(HalfDay.session_id == session_id)
        .order_by(Attendance.id.desc())
    ).all()


def attended(as_of: date | None = None, person_ids: Collection[int] | None = None) -> list[Presence]:
    """Return who was there, half-day by half-day, up to a day (to this one when None), by day and person.

    What counts is the last entry of each half-day and person; those who were absent are left out.
    """
    newest = _newest(person_ids)
    query = (
        select(
            Attendance.person_id,
            Session.code,
            Session.title,
            Session.module_id,
            HalfDay.held_on,
            Attendance.minutes,
            Session.mandatory,
            Attendance.signed,
            HalfDay.minutes,
            HalfDay.part,
            HalfDay.id,
        )
        .join(newest, newest.c.id == Attendance.id)
        .join(HalfDay, HalfDay.id == Attendance.half_day_id)
        .join(Session, Session.id == HalfDay.session_id)
        .where(Attendance.present)
        .order_by(HalfDay.held_on, HalfDay.rank, Attendance.person_id)
    )
    if as_of is not None:
        query = query.where(HalfDay.held_on <= as_of)
    rows: Sequence[Any] = db.session.execute(query).all()
    return [Presence(*row) for row in rows]


def minutes_attended(
    first_day: date | None, last_day: date, person_ids: Collection[int] | None = None
) -> Sequence[tuple[int, int, int, int, int]]:
    """Return (person, module, half-days, minutes planned, minutes attended) of the half-days from first to last.

    The sums of what `attended` lists, for figures over many people; module 0 for sessions that belong to none.
    """
    newest = _newest(person_ids)
    # PostgreSQL groups by what it reads as the same words: a bound value would be another each time.
    module_id = func.coalesce(Session.module_id, literal_column("0"))
    query = (
        select(
            Attendance.person_id,
            module_id,
            func.count(),
            cast(func.sum(HalfDay.minutes), Integer),
            cast(func.sum(Attendance.minutes), Integer),
        )
        .join(newest, newest.c.id == Attendance.id)
        .join(HalfDay, HalfDay.id == Attendance.half_day_id)
        .join(Session, Session.id == HalfDay.session_id)
        .where(Attendance.present, HalfDay.held_on.between(first_day or date.min, last_day))
        .group_by(Attendance.person_id, module_id)
        .order_by(Attendance.person_id, module_id)
    )
    return [tuple(row) for row in db.session.execute(query)]  # type: ignore[misc]


def of_person(person_id: int) -> Sequence[Session]:
    """Return the sessions on whose list somebody is, by their code."""
    invited_to = select(Invitation.session_id).where(Invitation.person_id == person_id)
    return db.session.scalars(_whole().where(Session.id.in_(invited_to)).order_by(Session.code)).all()


def people_registered(registrations: Collection[str]) -> dict[str, Person]:
    """Return the people who have these registration numbers, by them."""
    query = select(Person)
    if len(registrations) <= FEW:
        query = query.where(Person.registration.in_(registrations))
    return {one.registration: one for one in db.session.scalars(query) if one.registration in registrations}


def _whole() -> Select[Session]:
    return select(Session).options(selectinload(Session.half_days))


def _newest(person_ids: Collection[int] | None = None) -> Subquery:
    query = select(func.max(Attendance.id).label("id")).group_by(Attendance.half_day_id, Attendance.person_id)
    if person_ids is not None:
        query = query.where(Attendance.person_id.in_(person_ids))
    return query.subquery()


def _in_force() -> Select[Attendance]:
    newest = _newest()
    return select(Attendance).join(newest, newest.c.id == Attendance.id)

"""Badges: handed out, ended, printed, read; whose a found one was.

One badge read at two kiosks within a shorter time than one walks between them may have
been copied: an alarm is kept and shown, nobody is shut out (a badge is a name, the PIN proves).
"""

import logging
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import ColumnElement, Table, bindparam, select, update
from sqlalchemy.orm import aliased

from lms.kernel import sessions
from lms.kernel.clock import local_day
from lms.kernel.database import db, release
from lms.kernel.group_commit import durably
from lms.kernel.ids import keyed_digest
from lms.kernel.prepared import Prepared
from lms.kernel.refusals import NotFound
from lms.kernel.settings import setting
from lms.people import journal, proofs, queries, rules
from lms.people.models import Act, Badge, BadgeAlarm, BadgeEnd, BadgeKind, Person

PRINTED_DIGITS = 24
"""80 bits, which nobody guesses, in the smallest square code; digits alone, which every keyboard layout types alike."""
SHOWN_FOR = timedelta(days=30)

_log = logging.getLogger(__name__)
_table = cast(Table, Badge.__table__)
_of_badge = _table.c.id == bindparam("badge")
_by_digest = Prepared(
    select(_table.c.id, _table.c.person_id, _table.c.ended_as)
    .where(_table.c.digest == bindparam("digest"))
    .order_by(_table.c.revoked_at.is_(None).desc(), _table.c.id.desc())
)
_last_read = Prepared(select(_table.c.read_at, _table.c.read_at_origin).where(_of_badge).with_for_update())
_read = Prepared(update(_table).where(_of_badge).values(read_at=bindparam("at"), read_at_origin=bindparam("origin")))


@dataclass(frozen=True)
class Held:
    """A badge and what became of it."""

    id: int
    person_id: int
    name: str
    kind: BadgeKind
    issued_at: datetime
    issued_by: str | None
    ended_at: datetime | None
    ended_by: str | None
    ended_as: BadgeEnd | None
    read_at: datetime | None
    read_at_origin: str | None


@dataclass(frozen=True)
class Alarm:
    """One badge at two kiosks within walking time."""

    at: datetime
    person_id: int
    name: str
    origin: str
    before_origin: str
    seconds: int


def issue(person_id: int, number: str, by: int | None, now: datetime) -> None:
    """Hand someone a badge. Raises NotFound or BadgeTaken.

    A badge is nobody else's while it is in use, and after any end but being given back.
    """
    if db.session.get(Person, person_id) is None:
        raise NotFound()
    digest = badge_digest(number)
    if any(
        ended is not BadgeEnd.RETURNED
        for ended in db.session.scalars(select(Badge.ended_as).where(Badge.digest == digest))
    ):
        raise rules.BadgeTaken()
    _hand_out(person_id, digest, BadgeKind.READER, by, now)


def end(badge_id: int, as_: BadgeEnd, by: int | None, now: datetime) -> None:
    """End a badge and the sessions of its holder. Raises NotFound."""
    badge = db.session.get(Badge, badge_id)
    if badge is None or badge.revoked_at is not None:
        raise NotFound()
    _end(badge, as_, by, now)
    sessions.end_all_of(badge.person_id)


def replace(person_id: int, digest: bytes, by: int | None, now: datetime) -> None:
    """Hand someone a badge in place of those a reader reads; `digest` belongs to nobody else."""
    _replace(person_id, BadgeKind.READER, by, now)
    _hand_out(person_id, digest, BadgeKind.READER, by, now)


def new_numbers(person_ids: Collection[int]) -> dict[int, str]:
    """Return a secret number for the printed badge of each; nothing is kept of it yet.

    Ends the transaction it is called in: a sheet is drawn next, which takes a while.
    """
    release()
    return {person_id: f"{secrets.randbelow(10**PRINTED_DIGITS):0{PRINTED_DIGITS}}" for person_id in person_ids}


def hand_out_printed(numbers: Mapping[int, str], by: int | None, now: datetime) -> None:
    """Hand out printed badges of these numbers, by person, in place of those printed before."""
    for person_id, number in numbers.items():
        _replace(person_id, BadgeKind.PRINTED, by, now)
        _hand_out(person_id, badge_digest(number), BadgeKind.PRINTED, by, now)


def _replace(person_id: int, kind: BadgeKind, by: int | None, now: datetime) -> None:
    mine = select(Badge).where(Badge.person_id == person_id, Badge.kind == kind, Badge.revoked_at.is_(None))
    for badge in db.session.scalars(mine):
        _end(badge, BadgeEnd.REPLACED, by, now)


def _hand_out(person_id: int, digest: bytes, kind: BadgeKind, by: int | None, now: datetime) -> None:
    db.session.flush()
    db.session.add(Badge(person_id=person_id, digest=digest, kind=kind, issued_at=now, issued_by=by))
    journal.note(person_id, Act.BADGE_ISSUED, by, now)


def _end(badge: Badge, as_: BadgeEnd, by: int | None, now: datetime) -> None:
    badge.revoked_at, badge.revoked_by, badge.ended_as = now, by, as_
    journal.note(badge.person_id, Act.BADGE_REVOKED, by, now)


def badge_digest(number: str) -> bytes:
    """Return what is kept of a badge's number."""
    return keyed_digest(setting("SECRET_KEY"), "badge", proofs.normal_badge(number))


def holder(number: str, origin: str, now: datetime) -> int | None:
    """Return whose badge is read at a kiosk, or None; that it was read is noted.

    It is noted in a transaction of its own: the one it is called in is ended. Raises BadgeEnded
    for one that is good no longer.
    """
    found = _by_digest.rows({"digest": badge_digest(number)})
    if not found:
        return None
    badge = found[0]
    if badge.ended_as is not None:
        raise rules.BadgeEnded(ended_as=badge.ended_as)
    durably(lambda: _note_read(badge.id, origin, now))
    return badge.person_id


def _note_read(badge_id: int, origin: str, now: datetime) -> None:
    badge = _last_read.rows({"badge": badge_id})[0]
    before_at, before = badge.read_at, badge.read_at_origin
    if before_at and before and rules.cannot_have_walked(before, before_at, origin, now, setting("WALKING_SECONDS")):
        db.session.add(BadgeAlarm(badge_id=badge_id, at=now, origin=origin, before_at=before_at, before_origin=before))
        _log.warning("badge %s read at %s %s after %s: copied?", badge_id, origin, now - before_at, before)
    _read.run({"badge": badge_id, "at": now, "origin": origin})


def found(number: str) -> list[Held]:
    """Return who had this badge, the newest first: empty for one that nobody here ever had."""
    return _held(Badge.digest == badge_digest(number))


def of_person(person_id: int) -> list[Held]:
    """Return every badge someone had, the newest first."""
    return _held(Badge.person_id == person_id)


def alarms(team_ids: Collection[int] | None, now: datetime) -> list[Alarm]:
    """Return the alarms of the last `SHOWN_FOR` about people of these teams (None: of all), newest first."""
    today = local_day(now)
    query = (
        select(BadgeAlarm, Person)
        .join(Badge, Badge.id == BadgeAlarm.badge_id)
        .join(Person, Person.id == Badge.person_id)
        .where(BadgeAlarm.at > now - SHOWN_FOR)
        .order_by(BadgeAlarm.id.desc())
    )
    if team_ids is not None:
        query = query.where(Person.id.in_({stay.person_id for stay in queries.memberships(team_ids, today, today)}))
    return [
        Alarm(
            made.at,
            person.id,
            person.full_name,
            made.origin,
            made.before_origin,
            int((made.at - made.before_at).total_seconds()),
        )
        for made, person in db.session.execute(query)
    ]


def without_printed(person_ids: Collection[int]) -> list[int]:
    """Return who of these people has no printed badge in use."""
    printed = select(Badge.person_id).where(Badge.kind == BadgeKind.PRINTED, Badge.revoked_at.is_(None))
    have = set(db.session.scalars(printed))
    return [person_id for person_id in person_ids if person_id not in have]


def _held(condition: ColumnElement[bool]) -> list[Held]:
    giver, ender = aliased(Person), aliased(Person)
    rows = db.session.execute(
        select(Badge, Person, giver, ender)
        .join(Person, Person.id == Badge.person_id)
        .outerjoin(giver, giver.id == Badge.issued_by)
        .outerjoin(ender, ender.id == Badge.revoked_by)
        .where(condition)
        .order_by(Badge.id.desc())
    )
    return [
        Held(
            id=badge.id,
            person_id=person.id,
            name=person.full_name,
            kind=badge.kind,
            issued_at=badge.issued_at,
            issued_by=issued_by.full_name if issued_by else None,
            ended_at=badge.revoked_at,
            ended_by=ended_by.full_name if ended_by else None,
            ended_as=badge.ended_as,
            read_at=badge.read_at,
            read_at_origin=badge.read_at_origin,
        )
        for badge, person, issued_by, ended_by in rows
    ]

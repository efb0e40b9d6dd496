"""The log of who looked at whom, in what capacity and what for: written by pages, read by the people seen."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from lms.kernel.database import db, insert_unless
from lms.people.models import Person
from lms.people.permissions import Role
from lms.people.privacy import numbers
from lms.people.privacy.models import Look, LookedAt, Purpose

ONE_LOOK = timedelta(minutes=15)
"""Who opens the same page about the same people again within this time has looked once."""


@dataclass(frozen=True)
class Looked:
    """Somebody saw others by name."""

    by_id: int
    roles: Collection[Role]
    """As what they were let in."""
    purpose: Purpose
    page: str
    people: Collection[int]
    """Person numbers; to see oneself is no look at others."""

    @property
    def others(self) -> frozenset[int]:
        """Everyone seen but the one who looked."""
        return frozenset(self.people) - {self.by_id}


@dataclass(frozen=True)
class Seen:
    """A look, as the person who was seen reads it."""

    at: datetime
    by: str
    """The name of who looked, empty once it was erased."""
    roles: tuple[Role, ...]
    purpose: Purpose
    page: str
    together: int
    """How many people were seen at once."""


def is_noted(look: Looked, now: datetime) -> bool:
    """Whether nothing is to be written: nobody else was seen, or this look goes on."""
    if not look.others:
        return True
    same = select(Look.id).where(
        Look.by_id == look.by_id,
        Look.at > now - ONE_LOOK,
        Look.page == look.page,
        Look.purpose == look.purpose,
        Look.looked_at == _digest(numbers.packed(look.others)),
    )
    return db.session.scalar(same.limit(1)) is not None


def note(look: Looked, now: datetime) -> None:
    """Keep that somebody saw others (again within a quarter of an hour: nothing happens)."""
    if is_noted(look, now):
        return
    packed = numbers.packed(look.others)
    insert = insert_unless(LookedAt, db.engine.dialect.name)
    people = {
        "digest": _digest(packed),
        "lowest": min(look.others),
        "highest": max(look.others),
        "numbers": packed,
    }
    db.session.execute(insert.values(people).on_conflict_do_nothing())
    db.session.add(
        Look(
            at=now,
            by_id=look.by_id,
            roles=" ".join(sorted(look.roles)),
            purpose=look.purpose,
            page=look.page,
            looked_at=people["digest"],
        )
    )
    db.session.flush()


def of_person(person_id: int, most: int | None = None) -> Sequence[Seen]:
    """Return who looked at somebody, newest first, all of it or so many."""
    near = select(LookedAt.digest, LookedAt.numbers).where(LookedAt.lowest <= person_id, LookedAt.highest >= person_id)
    sets = {digest: text for digest, text in db.session.execute(near) if numbers.holds(text, person_id)}
    query = (
        select(Look, Person.given_name, Person.family_name)
        .join(Person, Person.id == Look.by_id)
        .where(Look.looked_at.in_(sets))
        .order_by(Look.at.desc(), Look.id.desc())
        .limit(most)
    )
    return [
        Seen(
            look.at,
            f"{given} {family}".strip(),
            tuple(Role(role) for role in look.roles.split()),
            look.purpose,
            look.page,
            len(numbers.unpacked(sets[look.looked_at])),
        )
        for look, given, family in db.session.execute(query)
    ]


def usage(since: datetime) -> list[tuple[str, Purpose, int, int]]:
    """Return how often each capacity looked for each purpose since then, and how many readers: nobody's name."""
    query = (
        select(Look.roles, Look.purpose, func.count(), func.count(Look.by_id.distinct()))
        .where(Look.at >= since)
        .group_by(Look.roles, Look.purpose)
        .order_by(Look.roles, Look.purpose)
    )
    return [tuple(row) for row in db.session.execute(query)]  # type: ignore[misc]


def _digest(packed: str) -> bytes:
    return hashlib.sha256(packed.encode()).digest()[:16]

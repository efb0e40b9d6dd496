"""The log of who looked at whom, in what capacity and what for: written by pages, read by the people seen."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, cast, func, select

from lms.kernel.database import db, insert_unless
from lms.people.models import Person
from lms.people.permissions import Role
from lms.people.privacy import numbers
from lms.people.privacy.models import Look, LookedAt, ProgramLook, Purpose
from lms.people.tokens.models import Token

ONE_LOOK = timedelta(minutes=15)
"""Who opens the same page about the same people again within this time has looked once."""

ONE_READING = timedelta(days=1)
"""A program that reads the same people at the same address again within this time has read them once.

Directories compare what they hold with what is here all day long.
"""


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
class Read:
    """A program read people by name."""

    token_id: int
    purpose: Purpose
    page: str
    people: Collection[int]


@dataclass(frozen=True)
class Seen:
    """A look, as the person who was seen reads it."""

    at: datetime
    by: str
    """The name of who looked, empty once it was erased; of a program, what it is called."""
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
    db.session.add(
        Look(
            at=now,
            by_id=look.by_id,
            roles=" ".join(sorted(look.roles)),
            purpose=look.purpose,
            page=look.page,
            looked_at=_kept(look.others),
        )
    )
    db.session.flush()


def is_read(read: Read, now: datetime) -> bool:
    """Whether nothing is to be written: nobody was read, or this program has read them today."""
    if not read.people:
        return True
    same = select(ProgramLook.id).where(
        ProgramLook.looked_at == _digest(numbers.packed(read.people)),
        ProgramLook.at > now - ONE_READING,
        ProgramLook.token_id == read.token_id,
        ProgramLook.page == read.page,
    )
    return db.session.scalar(same.limit(1)) is not None


def note_read(read: Read, now: datetime) -> None:
    """Keep that a program read people (the same again within a day: nothing happens)."""
    if is_read(read, now):
        return
    db.session.add(
        ProgramLook(at=now, token_id=read.token_id, purpose=read.purpose, page=read.page, looked_at=_kept(read.people))
    )
    db.session.flush()


def _kept(people: Collection[int]) -> bytes:
    """Keep a set of people, once; return its digest."""
    packed = numbers.packed(people)
    insert = insert_unless(LookedAt, db.engine.dialect.name)
    told = {"digest": _digest(packed), "lowest": min(people), "highest": max(people), "numbers": packed}
    db.session.execute(insert.values(told).on_conflict_do_nothing())
    return _digest(packed)


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
    programs = (
        select(ProgramLook, Token.name, Token.role)
        .join(Token, Token.id == ProgramLook.token_id)
        .where(ProgramLook.looked_at.in_(sets))
        .order_by(ProgramLook.at.desc(), ProgramLook.id.desc())
        .limit(most)
    )
    found: list[tuple[Look | ProgramLook, str, tuple[Role, ...]]] = [
        *(
            (look, f"{given} {family}".strip(), tuple(Role(role) for role in look.roles.split()))
            for look, given, family in db.session.execute(query)
        ),
        *((look, name, (role,)) for look, name, role in db.session.execute(programs)),
    ]
    found.sort(key=lambda one: one[0].at, reverse=True)
    return [
        Seen(look.at, by, roles, look.purpose, look.page, len(numbers.unpacked(sets[look.looked_at])))
        for look, by, roles in found[:most]
    ]


def usage(since: datetime) -> list[tuple[str, Purpose, int, int]]:
    """Return how often each capacity looked for each purpose since then, and how many readers: nobody's name.

    A program is a reader in the capacity of its token's role.
    """
    found: dict[tuple[str, Purpose], list[int]] = defaultdict(lambda: [0, 0])
    people = select(Look.roles, Look.purpose, func.count(), func.count(Look.by_id.distinct()))
    programs = select(
        cast(Token.role, String), ProgramLook.purpose, func.count(), func.count(ProgramLook.token_id.distinct())
    ).join(Token, Token.id == ProgramLook.token_id)
    for query in (
        people.where(Look.at >= since).group_by(Look.roles, Look.purpose),
        programs.where(ProgramLook.at >= since).group_by(Token.role, ProgramLook.purpose),
    ):
        for roles, purpose, count, readers in db.session.execute(query):
            told = found[roles, purpose]
            told[:] = told[0] + count, told[1] + readers
    return [(*key, *told) for key, told in sorted(found.items())]  # type: ignore[misc]


def _digest(packed: str) -> bytes:
    return hashlib.sha256(packed.encode()).digest()[:16]

"""Sign-offs that would raise a level and still wait for somebody's signature: one of them, or all in one reading."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased

from lms.kernel.database import among, db
from lms.kernel.settings import setting
from lms.skills import authority, rules, signers
from lms.skills.authority import Signer
from lms.skills.models import LevelChange, Signature, SignOff, Task
from lms.skills.rules import Change, Level, Outcome

Pair = tuple[int, int]
"""The numbers of a person and a task."""


class Seen(NamedTuple):
    """A sign-off as it is stored; there are tens of thousands of them."""

    id: int
    person_id: int
    task_id: int
    observer_id: int
    observed_on: date
    aim: Level
    situation: str
    source: str


@dataclass(frozen=True)
class Waiting:
    """A sign-off that would raise a level and still waits for somebody's signature."""

    sign_off: Seen
    task: Task
    signers: list[Signer]
    wanted: authority.Signatures

    def waits_for(self, signer: Signer) -> bool:
        """Whether somebody's signature takes it further."""
        return signer.person_id != self.sign_off.person_id and authority.brings(signer, self.signers, self.wanted)


def waiting(person_ids: Collection[int] | None = None) -> list[Waiting]:
    """Return every sign-off of some people, of all when None, that waits for a signature, the oldest first.

    The number of statements is the same however many there are.
    """
    raised = select(LevelChange.sign_off_id).where(LevelChange.sign_off_id.is_not(None))
    query = _newest().where(SignOff.id.not_in(raised))
    if person_ids is None:
        return _read(query)
    found = _read(among(query, SignOff.person_id, person_ids))
    return [one for one in found if one.sign_off.person_id in person_ids]


def waiting_for(found: SignOff) -> Waiting | None:
    """Return what a sign-off waits for; None where it raises nothing (any more, or not yet).

    It must be the newest of its kind, the level still the one before, nobody may have
    declined it, and someone is to work alone only after enough practice was seen.
    """
    read = _read(_newest().where(SignOff.id == found.id))
    return read[0] if read else None


def _read(chosen: Select[SignOff]) -> list[Waiting]:
    columns = [getattr(SignOff, name) for name in Seen._fields]
    rows = db.session.execute(chosen.with_only_columns(*columns).order_by(SignOff.observed_on, SignOff.id))
    newest = [Seen(*row) for row in rows]
    if not newest:
        return []
    pairs = chosen.with_only_columns(SignOff.person_id, SignOff.task_id).distinct().subquery()
    changes, practice = _changes(pairs), _practice(pairs)
    found = [one for one in newest if _raises(one, changes[one.person_id, one.task_id], practice)]
    signed, tasks = _signed(found), {task.id: task for task in db.session.scalars(select(Task))}
    return [
        Waiting(one, task, signed[one.id], authority.signatures(one.aim, critical=task.safety_critical))
        for one in found
        for task in (tasks[one.task_id],)
    ]


def _newest() -> Select[SignOff]:
    """Return what was acquired, may lead to a level, was not declined, and has no newer one of its kind."""
    newer = aliased(SignOff)
    later = or_(
        newer.observed_on > SignOff.observed_on, and_(newer.observed_on == SignOff.observed_on, newer.id > SignOff.id)
    )
    alike = (
        newer.person_id == SignOff.person_id,
        newer.task_id == SignOff.task_id,
        newer.aim == SignOff.aim,
        newer.outcome == Outcome.ACQUIRED,
    )
    return select(SignOff).where(
        SignOff.outcome == Outcome.ACQUIRED,
        SignOff.aim.is_not(None),
        ~_declined(SignOff.id),
        ~select(newer.id).where(*alike, later, ~_declined(newer.id)).exists(),
    )


def _declined(sign_off_id: Any) -> ColumnElement[bool]:
    no = select(Signature.id).where(Signature.sign_off_id == sign_off_id, Signature.confirmed.is_(False))
    return no.correlate_except(Signature).exists()


def _changes(pairs: Any) -> dict[Pair, list[Change]]:
    """Return what was recorded of levels, of these people and tasks."""
    told = LevelChange
    rows = db.session.execute(
        select(told.person_id, told.task_id, told.on, told.id, told.kind, told.after).join(
            pairs, and_(pairs.c.person_id == told.person_id, pairs.c.task_id == told.task_id)
        )
    )
    found = defaultdict(list)
    for person_id, task_id, on, sequence, kind, after in rows:
        found[person_id, task_id].append(Change(on, sequence, kind, after))
    return found


def _practice(pairs: Any) -> dict[Pair, list[tuple[date, int]]]:
    """Return the cycles seen on the way to working alone, of these people and tasks, each with its day."""
    rows = db.session.execute(
        select(SignOff.person_id, SignOff.task_id, SignOff.observed_on, SignOff.cycles)
        .join(pairs, and_(pairs.c.person_id == SignOff.person_id, pairs.c.task_id == SignOff.task_id))
        .where(SignOff.aim == Level.AUTONOMOUS, SignOff.outcome == Outcome.ACQUIRED, ~_declined(SignOff.id))
    )
    found = defaultdict(list)
    for person_id, task_id, on, cycles in rows:
        found[person_id, task_id].append((on, cycles))
    return found


def _raises(found: Seen, changes: Sequence[Change], practice: Mapping[Pair, list[tuple[date, int]]]) -> bool:
    moves = rules.history(changes)
    level, since = (moves[-1].after, moves[-1].on) if moves else (Level.NONE, date.min)
    if level.rank != found.aim.rank - 1 or found.observed_on < since:
        return False
    seen = practice[found.person_id, found.task_id]
    return found.aim is not Level.AUTONOMOUS or authority.has_practised(
        [one for one in seen if one[0] >= since], setting("SKILL_CYCLES"), setting("SKILL_DAYS")
    )


def _signed(found: Sequence[Seen]) -> dict[int, list[Signer]]:
    numbers = {one.id: [one.observer_id] for one in found}
    query = select(Signature.sign_off_id, Signature.signer_id).where(Signature.confirmed).order_by(Signature.id)
    for sign_off_id, signer_id in db.session.execute(among(query, Signature.sign_off_id, numbers)):
        if sign_off_id in numbers:
            numbers[sign_off_id].append(signer_id)
    return signers.signers(numbers)

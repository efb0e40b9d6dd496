"""Levels that the system proposes to lower, and that a human decides on, with words; nothing lowers by itself."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select

from lms.kernel.clock import local_day
from lms.kernel.database import among, db
from lms.kernel.settings import setting
from lms.progress import queries as progress
from lms.progress.holding import Hold
from lms.skills import actions, authority, queries, rules, signers
from lms.skills.models import LevelChange, LevelKept, ProcedureChange, SignOff, Task, task_modules
from lms.skills.rules import Cause, Level, Outcome

_COVERED = LevelChange.after.in_([level for level in Level if level.covers])
LAPSED = (Hold.LAPSED, Hold.OVERTAKEN)


@dataclass(frozen=True)
class Proposal:
    """A level to look at again, and why."""

    person_id: int
    task: Task
    level: Level
    cause: Cause
    since: date


def proposals(now: datetime, person_ids: Collection[int]) -> list[Proposal]:
    """Return the levels of these people that are proposed to be lowered, the longest first.

    The number of statements is the same however many people and tasks there are.
    """
    today, months = local_day(now), setting("SKILL_IDLE_MONTHS")
    tasks = {task.id: task for task in queries.tasks()}
    seen, changed, kept = _last_seen(person_ids), _changed(), _kept(person_ids)
    holdings = progress.holdings_in(_prepared_for(person_ids), now)
    found = []
    for (person, task), changes in queries.recorded(today, now, person_ids, having=_COVERED).items():
        moves = rules.history(changes)
        if not moves or not moves[-1].after.covers:
            continue
        lapsed = [
            local_day(held.good_until or held.since or now)
            for module in tasks[task].modules
            if (held := holdings.get(person, {}).get(module.id)) and held.hold in LAPSED
        ]
        found += [
            Proposal(person, tasks[task], moves[-1].after, cause, since)
            for cause, since in rules.causes(
                moves[-1].after,
                max(moves[-1].on, seen.get((person, task), date.min)),
                changed_on=changed.get(task),
                lapsed_on=min(lapsed, default=None),
                kept_on=kept[person, task],
                today=today,
                months=months,
            )
        ]
    return sorted(found, key=lambda one: (one.since, one.person_id, one.task.id))


def keep(person_id: int, task_id: int, cause: Cause, reason: str, by: int, now: datetime) -> None:
    """Decide that a level stays, with the reason. Raises SelfSignOff, EvidenceMissing or NothingProposed."""
    if by == person_id:
        raise authority.SelfSignOff()
    if not reason.strip():
        raise authority.EvidenceMissing()
    _find(person_id, task_id, cause, now)
    db.session.add(
        LevelKept(
            person_id=person_id,
            task_id=task_id,
            cause=cause,
            reason=reason.strip(),
            by_id=by,
            for_id=signers.signatory(by, local_day(now)).of(person_id).stands_for,
            on=local_day(now),
            at=now,
        )
    )
    db.session.flush()


def lower(person_id: int, task_id: int, cause: Cause, reason: str, by: int, now: datetime) -> None:
    """Decide to lower a level as proposed. Raises NothingProposed and what `actions.lower` raises."""
    _find(person_id, task_id, cause, now)
    actions.lower(person_id, task_id, reason, by, now)


def change_procedure(task_id: int, on: date, what: str, by: int | None, now: datetime) -> None:
    """Say that the procedure of a task changed on a day. Raises EvidenceMissing or ObservedInFuture."""
    if not what.strip():
        raise authority.EvidenceMissing()
    if on > local_day(now):
        raise authority.ObservedInFuture()
    if db.session.get(ProcedureChange, (task_id, on)) is None:
        db.session.add(ProcedureChange(task_id=task_id, changed_on=on, what=what.strip(), by_id=by, at=now))
        db.session.flush()


def _find(person_id: int, task_id: int, cause: Cause, now: datetime) -> None:
    found = proposals(now, [person_id])
    if not any(one.task.id == task_id and one.cause is cause for one in found):
        raise rules.NothingProposed()


def _prepared_for(person_ids: Collection[int]) -> Select[Any]:
    """Return what names the modules that prepare for tasks which these people master, or did once."""
    query = (
        select(LevelChange.person_id, task_modules.c.module_id)
        .join(task_modules, task_modules.c.task_id == LevelChange.task_id)
        .where(_COVERED)
        .distinct()
    )
    return among(query, LevelChange.person_id, person_ids)  # type: ignore[no-any-return]


def _last_seen(person_ids: Collection[int]) -> dict[tuple[int, int], date]:
    query = (
        select(SignOff.person_id, SignOff.task_id, func.max(SignOff.observed_on))
        .where(SignOff.outcome == Outcome.ACQUIRED)
        .group_by(SignOff.person_id, SignOff.task_id)
    )
    rows = db.session.execute(among(query, SignOff.person_id, person_ids))
    return {(person, task): on for person, task, on in rows}


def _changed() -> dict[int, date]:
    rows = db.session.execute(
        select(ProcedureChange.task_id, func.max(ProcedureChange.changed_on)).group_by(ProcedureChange.task_id)
    )
    return dict(rows.all())


def _kept(person_ids: Collection[int]) -> defaultdict[tuple[int, int], dict[Cause, date]]:
    found: defaultdict[tuple[int, int], dict[Cause, date]] = defaultdict(dict)
    query = select(LevelKept.person_id, LevelKept.task_id, LevelKept.cause, LevelKept.on).order_by(LevelKept.id)
    for person, task, cause, on in db.session.execute(among(query, LevelKept.person_id, person_ids)):
        found[person, task][cause] = on
    return found

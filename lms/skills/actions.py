"""What is done about skills: tasks, sign-offs, signatures, levels.

`by` is the person number of who does it, None for the command line. Whoever signs is named.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from lms.catalogue.models import Module
from lms.kernel.clock import local_day
from lms.kernel.database import db
from lms.kernel.refusals import NotFound
from lms.people.models import Person
from lms.skills import authority, completions, queries, rules, signers, waiting
from lms.skills.authority import Signer
from lms.skills.models import LevelChange, Signature, SignOff, Task
from lms.skills.rules import Kind, Level, Outcome


@dataclass(frozen=True)
class TaskEntry:
    """What is said of a task; the same for one that is new and one that is changed."""

    title: dict[str, str]
    workstation_id: int
    safety_critical: bool = False
    required: int = 2
    module_ids: Sequence[int] = ()


@dataclass(frozen=True)
class Observation:
    """What an observer saw of someone's practice."""

    person_id: int
    task_id: int
    observer_id: int
    observed_on: date
    outcome: Outcome
    situation: str = ""
    cycles: int = 1
    safety_respected: bool = True
    coaching: bool = False
    """They were seen coaching somebody: what leads from U to O."""
    quality_reached: bool = True
    trained_to_teach_on: date | None = None
    """Day of the training of trainers, where somebody is to teach."""
    teaching_practice: str = ""
    """What they have written or signed off."""


def add_task(code: str, entry: TaskEntry, now: datetime) -> Task:
    """Enter a task of a post. Raises TaskCodeMalformed, TaskCodeTaken or NotFound."""
    if not re.fullmatch(r"[A-Za-z0-9-]{1,40}", code):
        raise rules.TaskCodeMalformed()
    if db.session.scalar(select(Task.id).where(Task.code == code)) is not None:
        raise rules.TaskCodeTaken(code=code)
    task = Task(code=code, created_at=now, modules=[])
    _fill(task, entry)
    db.session.add(task)
    db.session.flush()
    return task


def change_task(code: str, entry: TaskEntry) -> None:
    """Correct what is said of a task. Raises NotFound."""
    _fill(queries.task(code), entry)
    db.session.flush()


def sign_off(seen: Observation, by: int | None, now: datetime, source: str = "") -> SignOff:
    """Record what an observer saw; raise the level where nobody else needs to sign.

    The same observation again is the one that is stored. `source` names the list that it comes from: of
    what is past, nobody asks any more whether the observer still works here. Raises what `check` raises.
    """
    catch_up(now, person_id=seen.person_id)
    known = same(seen)
    if known is not None:
        return known
    task, aim, signer = check(seen, now, source)
    made = SignOff(
        person_id=seen.person_id,
        task_id=task.id,
        observer_id=seen.observer_id,
        observed_on=seen.observed_on,
        outcome=seen.outcome,
        aim=aim,
        cycles=seen.cycles if seen.outcome is Outcome.ACQUIRED else 0,
        safety_respected=seen.safety_respected,
        situation=seen.situation.strip(),
        source=source,
        recorded_by_id=by,
        recorded_at=now,
    )
    db.session.add(made)
    db.session.flush()
    if signer is not None:
        signers.keep(signer, made)
    _raise_level(made, task, now)
    return made


def check(seen: Observation, now: datetime, source: str = "") -> tuple[Task, Level | None, Signer | None]:
    """Return the task of an observation, the level that it may lead to, and as what the observer signs.

    The last is None where a list tells of what is past. Raises SelfSignOff, ObserverLevelTooLow, ObserverWithdrawn,
    StoodInNoLonger, SignedInTheirName, BeforeHiring, EvidenceMissing, SafetyNotRespected, QualityNotReached,
    TeachingUnproven, ObservedInFuture, NothingLearntYet or NotFound.
    """
    if seen.observed_on > local_day(now):
        raise authority.ObservedInFuture()
    if not (seen.situation.strip() or source or seen.outcome is Outcome.NOT_DONE):
        raise authority.EvidenceMissing()
    if seen.outcome is Outcome.ACQUIRED and not seen.safety_respected:
        raise authority.SafetyNotRespected()
    task = queries.task_of(seen.task_id)
    aim = _aim(seen, task, queries.changes_of(seen.person_id, task.id), source)
    level = authority.observer_level(queries.changes_of(seen.observer_id, task.id), seen.observed_on)
    authority.check_observer(seen.person_id, seen.observer_id, level, aim)
    signer = _check_people(seen, source, local_day(now))
    if seen.outcome is Outcome.ACQUIRED:
        authority.check_quality(aim, reached=seen.quality_reached)
        authority.check_teaching(aim, seen.trained_to_teach_on, seen.teaching_practice, seen.observed_on)
    return task, aim, signer


def same(seen: Observation) -> SignOff | None:
    """Return the sign-off of the very same observation, if it is recorded."""
    return db.session.scalars(
        select(SignOff).where(
            SignOff.person_id == seen.person_id,
            SignOff.task_id == seen.task_id,
            SignOff.observed_on == seen.observed_on,
            SignOff.observer_id == seen.observer_id,
            SignOff.outcome == seen.outcome,
        )
    ).one_or_none()


def countersign(sign_off_id: int, signer_id: int, *, confirmed: bool, note: str, now: datetime) -> None:
    """Sign a sign-off that waits for it, or decline with a reason, which ends it.

    Raises NotFound, SelfSignOff, SignatureNotAwaited or EvidenceMissing.
    """
    found = db.session.get(SignOff, sign_off_id)
    if found is None:
        raise NotFound()
    if found.person_id == signer_id:
        raise authority.SelfSignOff()
    awaited, signer = waiting.waiting_for(found), signers.signatory(signer_id, local_day(now)).of(found.person_id)
    if awaited is None or not authority.brings(signer, awaited.signers, awaited.wanted):
        raise authority.SignatureNotAwaited()
    if not confirmed and not note.strip():
        raise authority.EvidenceMissing()
    db.session.add(
        Signature(sign_off_id=sign_off_id, signer_id=signer_id, confirmed=confirmed, note=note.strip(), recorded_at=now)
    )
    db.session.flush()
    signers.keep(signer, found)
    if confirmed:
        _raise_level(found, queries.task_of(found.task_id), now)


def lower(person_id: int, task_id: int, reason: str, by: int, now: datetime) -> None:
    """Lower someone by one level, which a person decides, with a reason; a failed quiz never does.

    Nobody is lowered below I: what was learnt stays learnt. Raises SelfSignOff,
    EvidenceMissing or NothingToLower.
    """
    if person_id == by:
        raise authority.SelfSignOff()
    if not reason.strip():
        raise authority.EvidenceMissing()
    level = rules.level_of(queries.changes_of(person_id, task_id))
    if level.rank < Level.ACCOMPANIED.rank:
        raise rules.NothingToLower()
    lowered = _change(
        person_id,
        task_id,
        level,
        list(Level)[level.rank - 1],
        local_day(now),
        Kind.LOWERED,
        now,
        reason=reason.strip(),
        signed_by_id=by,
    )
    signers.keep(signers.signatory(by, local_day(now)).of(person_id), lowered)


def state_level(
    person_id: int, task_id: int, level: Level, on: date, *, source: str, signed_by: int | None, now: datetime
) -> None:
    """Take over a level from the plant's own matrix; `importing.preview` has checked that it may."""
    before = rules.level_of(queries.changes_of(person_id, task_id), on)
    _change(person_id, task_id, before, level, on, Kind.STATED, now, source=source, signed_by_id=signed_by)


def note_completion(person_id: int, edition_id: int, task_id: int, completed_on: date, now: datetime) -> None:
    """Take someone to I, who completed all that prepares for a task; `edition_id` is the last they completed.

    Nothing happens to someone who has a level already.
    """
    if not queries.changes_of(person_id, task_id):
        _change(
            person_id,
            task_id,
            Level.NONE,
            Level.TRAINED,
            completed_on,
            Kind.AUTOMATIC,
            now,
            edition_id=edition_id,
        )


def catch_up(now: datetime, person_id: int | None = None) -> int:
    """Take to I whoever completed what prepares for a task and has no level on it; return how many moves."""
    found = completions.missing(now, person_id)
    for one in found:
        note_completion(one.person_id, one.edition_id, one.task_id, one.completed_on, now)
    return len(found)


def _fill(task: Task, entry: TaskEntry) -> None:
    modules = list(db.session.scalars(select(Module).where(Module.id.in_(entry.module_ids)).order_by(Module.code)))
    if len(modules) != len(set(entry.module_ids)):
        raise NotFound()
    task.title, task.workstation_id = entry.title, entry.workstation_id
    task.safety_critical, task.required = entry.safety_critical, entry.required
    task.modules = modules


def _aim(seen: Observation, task: Task, changes: Sequence[rules.Change], source: str) -> Level | None:
    try:
        return rules.aim(changes, seen.observed_on, prepared=bool(task.modules), coaching=seen.coaching)
    except rules.NothingLearntYet:
        # A list tells of practice seen before anything here was known: a fact that raises nothing.
        if source:
            return None
        raise


def _check_people(seen: Observation, source: str, today: date) -> Signer | None:
    """Return as what the observer signs; refuse an observation of or by somebody who was not there to see it."""
    person, observer = db.session.get(Person, seen.person_id), db.session.get(Person, seen.observer_id)
    if person is None or observer is None:
        raise NotFound()
    authority.check_presence(person.hired_on, person.left_on, seen.observed_on)
    if source:
        return None
    signer = signers.check(seen.person_id, seen.observer_id, seen.observed_on, today)
    authority.check_withdrawn(signer, observer.hired_on, observer.left_on, seen.observed_on, today)
    return signer


def _raise_level(found: SignOff, task: Task, now: datetime) -> None:
    """Raise the level once the practice seen is enough and everybody has signed."""
    awaited = waiting.waiting_for(found)
    if awaited is None or not authority.are_complete(awaited.signers, awaited.wanted):
        return
    others = [signer.person_id for signer in awaited.signers if signer.person_id != found.observer_id]
    aim = found.aim or Level.NONE
    _change(
        found.person_id,
        task.id,
        list(Level)[aim.rank - 1],
        aim,
        local_day(now) if others else found.observed_on,
        Kind.SIGNED,
        now,
        sign_off_id=found.id,
        signed_by_id=found.observer_id,
        countersigned_by_id=others[0] if others else None,
    )


def _change(
    person_id: int,
    task_id: int,
    before: Level,
    after: Level,
    on: date,
    kind: Kind,
    now: datetime,
    **evidence: object,
) -> LevelChange:
    made = LevelChange(
        person_id=person_id,
        task_id=task_id,
        before=before,
        after=after,
        on=on,
        kind=kind,
        recorded_at=now,
        **evidence,
    )
    db.session.add(made)
    db.session.flush()
    return made

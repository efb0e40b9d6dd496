"""Questions about skills, answered as of a day and as far as was known at a moment.

`until` leaves out what happened later, `known_at` what was recorded later: so anyone can
work out again what an evaluation saw. Who was in which team is asked of today's roster.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, select, tuple_, type_coerce
from sqlalchemy.orm import joinedload, selectinload

from lms.catalogue.models import Module
from lms.kernel.database import among, db
from lms.kernel.prepared import Prepared as Statement
from lms.kernel.refusals import NotFound
from lms.people import queries as people
from lms.people.models import Workstation
from lms.skills import authority, rules
from lms.skills.models import LevelChange, SignOff, Task, task_modules
from lms.skills.rules import Change, Cover, Kind, Level, Outcome


@dataclass(frozen=True)
class Observed:
    """One sign-off; `attempt_number` counts from 1 what was seen of a person and task, None where nothing was."""

    person_id: int
    task: str
    observed_on: date
    outcome: Outcome
    observer_id: int
    attempt_number: int | None


@dataclass(frozen=True)
class Moved:
    """One change of level that took effect."""

    person_id: int
    task: str
    before: Level
    after: Level
    on: date
    kind: Kind


@dataclass(frozen=True)
class Coverage:
    """How many people of a shift are at U or O on a task, and how many it needs."""

    task: str
    shift: str
    persons: int
    required: int
    members: int
    """How many people the shift has."""

    @property
    def state(self) -> Cover:
        """How far they cover it."""
        return rules.cover(self.persons, self.required)


@dataclass(frozen=True)
class Held:
    """A task on which someone has a level."""

    title: dict[str, str]
    level: Level
    lowered: bool = False
    """Whether it was ever lowered: only then is there something to be told."""


@dataclass(frozen=True)
class Prepared:
    """A task that a module prepares for, as it will stand once someone has completed that module."""

    title: dict[str, str]
    level: Level
    """What the person has already; none before every module that prepares for it is completed."""
    still_to_learn: int
    """Other modules that prepare for it and are not completed."""
    people: int
    """How many must sign, a trainer among them, before the next level is reached."""


def tasks() -> Sequence[Task]:
    """Return every task with its post, workshop and modules, by post and code."""
    whole = select(Task).options(
        joinedload(Task.workstation).joinedload(Workstation.workshop), selectinload(Task.modules)
    )
    return db.session.scalars(whole.order_by(Task.workstation_id, Task.code)).all()


def task(code: str) -> Task:
    """Return the task of that code with its modules; raises NotFound."""
    return _one_task(Task.code == code)


def task_of(task_id: int) -> Task:
    """Return the task of that number with its modules; raises NotFound."""
    return _one_task(Task.id == task_id)


def sign_offs(until: date, known_at: datetime) -> list[Observed]:
    """Return the sign-offs, in the order in which they happened."""
    rows = db.session.execute(
        select(SignOff.person_id, Task.code, SignOff.observed_on, SignOff.outcome, SignOff.observer_id)
        .join(Task, Task.id == SignOff.task_id)
        .where(SignOff.observed_on <= until, SignOff.recorded_at <= known_at)
        .order_by(SignOff.observed_on, SignOff.id)
    )
    seen: dict[tuple[int, str], int] = defaultdict(int)
    found = []
    for person_id, code, observed_on, outcome, observer_id in rows:
        number = None
        if outcome is not Outcome.NOT_DONE:
            seen[person_id, code] += 1
            number = seen[person_id, code]
        found.append(Observed(person_id, code, observed_on, outcome, observer_id, number))
    return found


def level_changes(until: date, known_at: datetime) -> list[Moved]:
    """Return the changes of level that took effect, in the order in which they happened.

    A first level that the plant's own matrix states is one of them (`kind` stated, before none).
    """
    codes = dict(db.session.execute(select(Task.id, Task.code)).all())
    found = [
        Moved(person_id, codes[task_id], move.before, move.after, move.on, move.kind)
        for (person_id, task_id), changes in recorded(until, known_at).items()
        for move in rules.history(changes)
    ]
    return sorted(found, key=lambda moved: (moved.on, moved.person_id, moved.task))


def levels(until: date, known_at: datetime, person_ids: Collection[int] | None = None) -> dict[tuple[int, int], Level]:
    """Return the level of each person (or of these people) and task, by their numbers; none is left out."""
    found = {key: rules.level_of(changes) for key, changes in recorded(until, known_at, person_ids).items()}
    return {key: level for key, level in found.items() if level is not Level.NONE}


def recorded(
    until: date,
    known_at: datetime,
    person_ids: Collection[int] | None = None,
    *,
    having: ColumnElement[bool] | None = None,
) -> dict[tuple[int, int], list[Change]]:
    """Return what was recorded of levels, of everybody or of these people, by the numbers of person and task.

    `having` leaves out of whom and which task no change meets a condition.
    """
    found: dict[tuple[int, int], list[Change]] = defaultdict(list)
    query = _recorded().where(LevelChange.on <= until, LevelChange.recorded_at <= known_at)
    if person_ids is not None:
        query = among(query, LevelChange.person_id, person_ids)
    if having is not None:
        met = select(LevelChange.person_id, LevelChange.task_id).where(having)
        query = query.where(tuple_(LevelChange.person_id, LevelChange.task_id).in_(met))
    for person_id, task_id, on, sequence, kind, after in db.session.execute(query):
        if person_ids is None or person_id in person_ids:
            found[person_id, task_id].append(_change(on, sequence, kind, after))
    return found


def moves_of(person_id: int, until: date, known_at: datetime) -> dict[int, rules.Move]:
    """Return the last move of one person on each task that they have a level on."""
    query = _recorded().where(
        LevelChange.person_id == person_id, LevelChange.on <= until, LevelChange.recorded_at <= known_at
    )
    changes: dict[int, list[Change]] = defaultdict(list)
    for _person, task_id, on, sequence, kind, after in db.session.execute(query):
        changes[task_id].append(_change(on, sequence, kind, after))
    return {task_id: rules.history(told)[-1] for task_id, told in changes.items()}


def held_by(person_id: int, on: date) -> list[Held]:
    """Return the tasks on which one person has a level, the highest first."""
    rows = _held.rows({"person": person_id, "until": on})
    changes: dict[str, list[Change]] = defaultdict(list)
    titles: dict[str, dict[str, str]] = {}
    for _person, _task, on, sequence, kind, after, code, title in rows:
        changes[code].append(_change(on, sequence, kind, after))
        titles[code] = title
    found = [(code, rules.level_of(told)) for code, told in changes.items()]
    ordered = sorted(found, key=lambda one: (-one[1].rank, one[0]))
    return [
        Held(titles[code], level, any(told.kind is Kind.LOWERED for told in changes[code]))
        for code, level in ordered
        if level is not Level.NONE
    ]


def prepared_by(module_id: int, person_id: int, completed: Collection[int]) -> list[Prepared]:
    """Return the tasks that a module prepares for, by code; `completed` are the modules behind the person."""
    behind = {*completed, module_id}
    tasks = db.session.scalars(
        select(Task).options(selectinload(Task.modules)).where(Task.modules.any(id=module_id)).order_by(Task.code)
    ).all()
    found = []
    for one in tasks:
        level = rules.level_of(changes_of(person_id, one.id))
        wanted = authority.signatures(Level.ACCOMPANIED, critical=one.safety_critical)
        to_learn = sum(module.id not in behind for module in one.modules)
        found.append(Prepared(one.title, level, to_learn, wanted.least))
    return found


def critical_modules() -> frozenset[str]:
    """Return the codes of the modules that prepare for a task where a mistake endangers somebody."""
    query = select(Module.code).join(task_modules).join(Task).where(Task.safety_critical)
    return frozenset(db.session.scalars(query))


def coverage(until: date, known_at: datetime) -> list[Coverage]:
    """Return each task and shift with the people of that shift who master it, by code (indicator T6).

    A task concerns the shifts of its workshop's teams, or every shift that has a team.
    """
    every = tasks()
    masters = rules.reached(levels(until, known_at), Level.AUTONOMOUS)
    return coverage_of(every, masters, members_by_shift(until), needed_now(every, shifts_of(every)))


def needed_now(every: Sequence[Task], shifts: Mapping[int, list[str]]) -> dict[tuple[int, str], int]:
    """Return how many people each task needs on each shift that it concerns."""
    return {(one.id, shift): one.required for one in every for shift in shifts[one.id]}


def coverage_of(
    every: Sequence[Task],
    masters: rules.Reached,
    members: Mapping[str, set[int]],
    needed: Mapping[tuple[int, str], int],
) -> list[Coverage]:
    """Return how each task is covered, by people at U or O, in each shift for which `needed` says how many."""
    codes = {one.id: one.code for one in every}
    return sorted(
        (
            Coverage(codes[number], shift, rules.depth(masters, number, own), required, len(own))
            for (number, shift), required in needed.items()
            for own in (members.get(shift, set()),)
        ),
        key=lambda found: (found.task, found.shift),
    )


def members_by_shift(on: date) -> dict[str, set[int]]:
    """Return who is in a team of each shift on a day, by the shift's code."""
    shift_of = {team.id: team.shift.code for team in people.teams() if team.shift}
    found: dict[str, set[int]] = defaultdict(set)
    for stay in people.memberships(list(shift_of), on, on):
        found[shift_of[stay.team_id]].add(stay.person_id)
    return found


def shifts_of(every: Sequence[Task]) -> dict[int, list[str]]:
    """Return by task the codes of the shifts that it concerns, in the order of the day."""
    order = [shift.code for shift in people.shifts()]
    worked = [(team.workshop_id, team.shift.code) for team in people.teams() if team.shift]
    found = {}
    for one in every:
        own = {shift for workshop_id, shift in worked if workshop_id == one.workstation.workshop_id}
        found[one.id] = [code for code in order if code in (own or {shift for _, shift in worked})]
    return found


def changes_of(person_id: int, task_id: int) -> list[Change]:
    """Return what was recorded of someone's level on a task."""
    rows = db.session.execute(_recorded().where(LevelChange.person_id == person_id, LevelChange.task_id == task_id))
    return [_change(on, number, kind, after) for _person, _task, on, number, kind, after in rows]


def sign_off_of(sign_off_id: int) -> SignOff:
    """Return a sign-off with its task; raises NotFound."""
    found = db.session.scalars(
        select(SignOff).options(joinedload(SignOff.task)).where(SignOff.id == sign_off_id)
    ).one_or_none()
    if found is None:
        raise NotFound()
    return found


def entries_of(person_id: int, task_id: int) -> tuple[Sequence[LevelChange], Sequence[SignOff]]:
    """Return everything recorded of someone and a task, the newest first."""
    changes = db.session.scalars(
        select(LevelChange)
        .where(LevelChange.person_id == person_id, LevelChange.task_id == task_id)
        .order_by(LevelChange.on.desc(), LevelChange.id.desc())
    ).all()
    seen = db.session.scalars(
        select(SignOff)
        .where(SignOff.person_id == person_id, SignOff.task_id == task_id)
        .order_by(SignOff.observed_on.desc(), SignOff.id.desc())
    ).all()
    return changes, seen


def _one_task(condition: Any) -> Task:
    found = db.session.scalars(select(Task).options(selectinload(Task.modules)).where(condition)).one_or_none()
    if found is None:
        raise NotFound()
    return found


def _recorded() -> Any:
    return select(
        LevelChange.person_id,
        LevelChange.task_id,
        LevelChange.on,
        LevelChange.id,
        type_coerce(LevelChange.kind, String).label("kind"),
        type_coerce(LevelChange.after, String).label("after"),
    )


def _change(on: date, sequence: int, kind: str, after: str) -> Change:
    return Change(on, sequence, KINDS[kind], LEVELS[after])


# Of tens of thousands of changes, to ask an enumeration for its member takes longer than to read them.
KINDS, LEVELS = {kind.value: kind for kind in Kind}, {level.value: level for level in Level}


_held = Statement(
    _recorded()
    .add_columns(Task.code, Task.title)
    .join(Task, Task.id == LevelChange.task_id)
    .where(LevelChange.person_id == bindparam("person"), LevelChange.on <= bindparam("until"))
)

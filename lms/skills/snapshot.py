"""What is known of people, tasks and skills before an import, read in a few queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from lms.kernel.cells import folded
from lms.kernel.database import db
from lms.people.models import Person
from lms.skills import completions
from lms.skills.models import LevelChange, SignOff, Task, task_modules
from lms.skills.rules import Change, Kind, Level, Outcome


@dataclass(frozen=True)
class KnownPerson:
    """Someone who may be named by a registration number."""

    id: int
    name: str
    hired_on: date | None = None
    left_on: date | None = None


@dataclass(frozen=True)
class KnownTask:
    """A task that may be named by its code or title."""

    id: int
    code: str
    prepared: bool
    """Whether modules prepare for it."""


@dataclass(frozen=True)
class Known:
    """What is known before an import; a comparison adds to it what its lines would add."""

    people: dict[str, KnownPerson]
    """By registration number."""
    tasks: dict[str, KnownTask]
    """By folded code and title."""
    changes: defaultdict[tuple[int, int], list[Change]]
    """By person and task."""
    observed: set[tuple[int, int, date, int | None, Outcome | None]]
    """Person, task, day, observer and outcome of each sign-off."""
    last: int
    """The highest number of a change."""


def known(at: datetime) -> Known:
    """Return what is known at a moment, the present one."""
    changes: defaultdict[tuple[int, int], list[Change]] = defaultdict(list)
    rows = db.session.execute(
        select(
            LevelChange.person_id,
            LevelChange.task_id,
            LevelChange.on,
            LevelChange.id,
            LevelChange.kind,
            LevelChange.after,
        )
    )
    for person_id, task_id, on, number, kind, after in rows:
        changes[person_id, task_id].append(Change(on, number, kind, after))
    last = db.session.scalar(select(func.max(LevelChange.id))) or 0
    # What a completed module gives is derived daily: it counts as known although it is not recorded yet.
    for number, one in enumerate(completions.missing(at), start=last + 1):
        changes[one.person_id, one.task_id].append(Change(one.completed_on, number, Kind.AUTOMATIC, Level.TRAINED))
        last = number
    return Known(_people(), _tasks(), changes, _observed(), last)


def _people() -> dict[str, KnownPerson]:
    rows = db.session.execute(
        select(Person.registration, Person.id, Person.given_name, Person.family_name, Person.hired_on, Person.left_on)
    )
    return {
        registration: KnownPerson(number, f"{given} {family}".strip(), hired_on, left_on)
        for registration, number, given, family, hired_on, left_on in rows
    }


def _tasks() -> dict[str, KnownTask]:
    found: dict[str, KnownTask] = {}
    prepared = set(db.session.scalars(select(task_modules.c.task_id)))
    rows = db.session.execute(select(Task.id, Task.code, Task.title).order_by(Task.id.desc())).all()
    for number, code, title in rows:
        found |= {folded(text): KnownTask(number, code, number in prepared) for text in title.values()}
    return found | {folded(code): KnownTask(number, code, number in prepared) for number, code, _ in rows}


def _observed() -> set[tuple[int, int, date, int | None, Outcome | None]]:
    rows = db.session.execute(
        select(SignOff.person_id, SignOff.task_id, SignOff.observed_on, SignOff.observer_id, SignOff.outcome)
    )
    return {(person, task, on, observer, outcome) for person, task, on, observer, outcome in rows}

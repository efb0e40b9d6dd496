"""Who completed all the modules that prepare for a task and has no level on it yet."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from lms.catalogue.models import Edition
from lms.kernel.clock import local_day
from lms.kernel.database import db
from lms.progress.models import Standing
from lms.skills.models import LevelChange, task_modules


@dataclass(frozen=True)
class Completion:
    """What someone completed of what prepares for a task; the edition is the last of it."""

    person_id: int
    task_id: int
    edition_id: int
    completed_on: date


def missing(until: datetime, person_id: int | None = None) -> list[Completion]:
    """Return whoever, or one person, is to be taken to I for what they completed by then, by day, person and task."""
    modules = _modules()
    done = _done({module for wanted in modules.values() for module in wanted}, until, person_id)
    have = _have_a_level(person_id)
    found = [
        _completion(person, task, [of_person[module] for module in wanted])
        for person, of_person in done.items()
        for task, wanted in modules.items()
        if (person, task) not in have and wanted <= of_person.keys()
    ]
    return sorted(found, key=lambda one: (one.completed_on, one.person_id, one.task_id))


def _completion(person_id: int, task_id: int, parts: list[tuple[datetime, int]]) -> Completion:
    completed_at, edition_id = max(parts)
    return Completion(person_id, task_id, edition_id, local_day(completed_at))


def _modules() -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for task, module in db.session.execute(select(task_modules.c.task_id, task_modules.c.module_id)):
        found[task].add(module)
    return found


def _done(modules: set[int], until: datetime, person_id: int | None) -> dict[int, dict[int, tuple[datetime, int]]]:
    """Return by person and module the first completion, and of which edition."""
    query = (
        select(Standing.person_id, Edition.module_id, Standing.completed_at, Edition.id)
        .join(Edition, Edition.id == Standing.edition_id)
        .where(Edition.module_id.in_(modules), Standing.completed_at <= until)
        .order_by(Standing.completed_at)
    )
    if person_id is not None:
        query = query.where(Standing.person_id == person_id)
    found: dict[int, dict[int, tuple[datetime, int]]] = defaultdict(dict)
    for person, module, completed_at, edition_id in db.session.execute(query):
        if completed_at is not None:
            found[person].setdefault(module, (completed_at, edition_id))
    return found


def _have_a_level(person_id: int | None) -> set[tuple[int, int]]:
    query = select(LevelChange.person_id, LevelChange.task_id).distinct()
    if person_id is not None:
        query = query.where(LevelChange.person_id == person_id)
    return {(person, task) for person, task in db.session.execute(query)}

"""How many completed what: by module, team, shift, site or otherwise; groups too small to be shown are not in it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from lms.kernel.database import db
from lms.kernel.later import Later
from lms.people.models import Person
from lms.plans import queries as plans
from lms.plans.models import Plan
from lms.progress.asked import Column
from lms.progress.grouping import By, Sum, hired, leaves, months, posts, sums
from lms.progress.rules import State
from lms.progress.sheet import STATES, Sheet, of_each

numpy = Later("numpy")


@dataclass(frozen=True)
class Question:
    """Which people count, and by what."""

    by: By = By.MODULE
    module_id: int | None = None
    recommendation_id: int | None = None
    due_from: date | None = None
    """By the due day that the plan gave."""
    due_until: date | None = None


@dataclass(frozen=True)
class Cell:
    """Figures of a group: people, each once for each module that is asked of them."""

    hidden: bool = False
    """Too small to be shown, or it would give away one that is; then all numbers are 0."""
    people: int = 0
    """Everyone who was asked, and is or was there: whoever left counts still."""
    left: int = 0
    """Of these, who no longer work here."""
    completed: int = 0
    in_time: int = 0
    """By the day that the plan gave at first, and good still."""
    under_way: int = 0
    not_started: int = 0
    late: int = 0
    held_back: int = 0
    """Modules that are not in it, because too few people of the group were asked them."""

    @property
    def share(self) -> float | None:
        """Completed over all, 0 to 1; None for nobody."""
        return self.completed / self.people if self.people else None


NUMBERS = ("people", "left", "completed", "in_time", "under_way", "not_started", "late")
"""The numbers of a cell, in the order in which they are counted and shown."""


@dataclass(frozen=True)
class Figures:
    """A table of figures."""

    rows: dict[int, Cell]
    """By what tells the groups apart (`grouping.Sums.rows`)."""
    total: Cell


def completion(told: Sheet, question: Question, least: int) -> Figures:
    """Return the figures of each group and of all together, as of the day of the sheet.

    Whoever is asked a module by two plans counts once, with the earlier due day; by
    recommendation once for each recommendation.
    """
    kept = told.of(wanted_rows(told, question))
    kept = kept.of(kept.counted(kept.asked.recommendation if question.by is By.RECOMMENDATION else None))
    found = leaves(kept.asked.module, kept.asked.team, _parts(kept, question.by), _told(kept))
    table = sums(question.by, found, least)
    return Figures({group: _cell(one) for group, one in table.rows.items()}, _cell(table.total))


def _cell(one: Sum) -> Cell:
    if one.numbers is None:
        return Cell(hidden=True)
    told: dict[str, Any] = dict(zip(NUMBERS, one.numbers or (0,) * len(NUMBERS), strict=True))
    return Cell(**told, held_back=one.held_back)


def wanted_rows(told: Sheet, question: Question) -> Column:
    """Return which rows a question is about."""
    given = told.asked
    mask = numpy.ones(len(told), bool)
    if question.module_id is not None:
        mask &= given.module == question.module_id
    if question.recommendation_id is not None:
        mask &= given.recommendation == question.recommendation_id
    if question.due_from is not None:
        mask &= given.due_on >= question.due_from.toordinal()
    if question.due_until is not None:
        mask &= given.due_on <= question.due_until.toordinal()
    return mask


def _told(told: Sheet) -> list[Column]:
    of = {state: told.state == place for place, state in enumerate(STATES)}
    return [
        numpy.ones(len(told), bool),
        _has_left(told),
        of[State.COMPLETED],
        told.in_time,
        of[State.UNDER_WAY],
        of[State.NOT_STARTED],
        of[State.LATE],
    ]


def _has_left(told: Sheet) -> Column:
    rows = db.session.execute(select(Person.id).where(Person.left_on < told.as_of))
    return numpy.isin(told.asked.person, [person_id for (person_id,) in rows])


def _parts(told: Sheet, by: By) -> Column:
    """Return what parts the people of a team further, for each row."""
    if by is By.RECOMMENDATION:
        return told.asked.recommendation
    if by is By.EDITION:
        return told.number
    if by is By.BEGAN:
        return months(told.asked.assigned_on)
    if by is By.DUE:
        return months(told.asked.due_on)
    if by is By.POST:
        return of_each(told.asked.person, posts())
    if by is By.HIRED:
        return of_each(told.asked.person, hired())
    return numpy.zeros(len(told), numpy.int64)


def exempt(as_of: date, module_id: int | None = None) -> int:
    """Return how many people plans would concern who are exempt on a day, each once for each module."""
    modules = dict(db.session.execute(select(Plan.id, Plan.module_id)).all())  # type: ignore[arg-type]
    found = {(modules[one.plan_id], one.person_id) for one in plans.exemptions(as_of)}
    return sum(module_id in (None, module) for module, _ in found)

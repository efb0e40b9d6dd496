"""Who is asked what as of a day, in columns of whole numbers: of 400,000 rows a list of objects would take seconds.

`plans.queries.assignments` says who is concerned, here as everywhere; what it said of a day is
held in memory for as long as nothing that it reads has changed.
"""

import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from lms.kernel.database import db
from lms.kernel.later import Later
from lms.kernel.prepared import Prepared
from lms.people.models import Act, Person, PersonEvent, PostStay, RoleGrant, Team, TeamMembership
from lms.plans import queries as plans
from lms.plans.models import Exemption, Named, Plan, PlanVersion, plan_teams

numpy = Later("numpy")

Column = Any
"""An array of whole numbers, one for each row."""


@dataclass(frozen=True)
class Asked:
    """One row for each person and plan, in the order of the plans' codes; several read it at once, nobody changes it.

    Numbers take four bytes: whoever shifts or multiplies them makes them of eight first.
    """

    plan: Column
    recommendation: Column
    """0 for none."""
    module: Column
    person: Column
    team: Column
    assigned_on: Column
    """Days are `date.toordinal`."""
    due_on: Column

    def __len__(self) -> int:
        return len(self.plan)


HELD = 2
"""Days of which the rows are held in memory: those last asked for, mostly today and the last Sunday. Of 400,000 rows
that is 11 MB a day."""

_GIVEN = or_(PersonEvent.act == Act.ROLE_GRANTED, PersonEvent.act == Act.ROLE_REVOKED)
_SOURCES = [
    *(
        Prepared(select(*columns))
        for columns in (
            Plan.__table__.columns,
            plan_teams.columns,
            TeamMembership.__table__.columns,
            (Team.id, Team.shift_id),
            (Person.id, Person.hired_on),
            RoleGrant.__table__.columns,
            Named.__table__.columns,
            PostStay.__table__.columns,
        )
    ),
    # What is only ever added to has changed when there is more of it.
    Prepared(select(func.max(PlanVersion.id).label("last"))),
    Prepared(select(func.max(Exemption.id).label("last"))),
    Prepared(select(func.max(PersonEvent.id).label("last")).where(_GIVEN)),
]
"""All that `assignments` reads."""

_held: OrderedDict[Hashable, tuple[int, Asked]] = OrderedDict()
_one_at_a_time = threading.Lock()


def asked(as_of: date) -> Asked:
    """Return who is, or was, asked what as of a day."""
    key = str(db.engine.url), as_of
    stand = hash(tuple(hash(tuple(source.bare({}))) for source in _SOURCES))
    with _one_at_a_time:
        if key in _held and _held[key][0] == stand:
            _held.move_to_end(key)
            return _held[key][1]
    found = _read(as_of)
    for field in fields(Asked):
        getattr(found, field.name).setflags(write=False)
    with _one_at_a_time:
        _held[key] = stand, found
        _held.move_to_end(key)
        while len(_held) > HELD:
            _held.popitem(last=False)
    return found


def _read(as_of: date) -> Asked:
    found = []
    known: dict[int, tuple[list[plans.Concerned], list[Column]]] = {}
    for plan, terms, concerned in plans.concerning(as_of):
        # Plans of the same people and days share one list.
        if id(concerned) not in known:
            known[id(concerned)] = [concerned], _turns(concerned)
        person, team, assigned_on, due_on = known[id(concerned)][1]
        of_plan = (
            numpy.full(len(person), one, numpy.int32)
            for one in (plan.id, terms.recommendation_id or 0, terms.module_id)
        )
        found.append([*of_plan, person, team, assigned_on, due_on])
    if not found:
        return Asked(*(numpy.zeros(0, numpy.int32) for _ in fields(Asked)))
    return Asked(*(numpy.concatenate(column) for column in zip(*found, strict=True)))


def _turns(concerned: plans.Concerned) -> list[Column]:
    flat = (
        value
        for person_id, team_id, turn in concerned
        for value in (person_id, team_id, turn.assigned_on.toordinal(), turn.due_on.toordinal())
    )
    return _parted(flat, len(concerned), 4, numpy.int32)


def columns(rows: Sequence[tuple[Any, ...]], number: int) -> list[Column]:
    """Return rows of whole numbers as columns."""
    return _parted((value for row in rows for value in row), len(rows), number, numpy.int64)


def _parted(flat: Iterable[int], rows: int, number: int, kind: Any) -> list[Column]:
    return list(numpy.fromiter(flat, kind, rows * number).reshape(-1, number).T)

"""What training costs, for programs."""

import math
from datetime import date, timedelta
from typing import Annotated

from flask import current_app
from pydantic import BaseModel, Field

from lms.costs.balance import Line as Costed
from lms.costs.balance import Scenario as Reckoned
from lms.costs.balance import balance
from lms.kernel.clock import last_sunday, now, today
from lms.kernel.refusals import Problem
from lms.people.permissions import Permission
from lms.web.api.asking import Day, QueryRefused, Question, asks
from lms.web.shared.bearer import bears, may
from lms.web.shared.looking import names_nobody


class CostsAsked(Question):
    """Costs of a stretch of days."""

    first: Annotated[
        Day | None,
        Field(description="First day; 52 weeks before the last without it, and for roles that see no names."),
    ] = None
    last: Annotated[
        Day | None, Field(description="Last day; yesterday without it; for roles that see no names a Sunday.")
    ] = None

    @property
    def days(self) -> tuple[date, date]:
        """The days that are asked about; raises QueryRefused where the last comes before the first."""
        if not may(Permission.FOLLOW_EVERYONE):
            return _year_up_to(last_sunday()), last_sunday()
        last = min(self.last or today() - timedelta(days=1), today())
        first = self.first or _year_up_to(last)
        if first > last:
            raise QueryRefused([Problem("api.days", path="last")])
        return first, last


def _year_up_to(last: date) -> date:
    return max(last, date.min + timedelta(weeks=52)) - timedelta(weeks=52) + timedelta(days=1)


class Scenario(BaseModel):
    """One set of assumptions; null where an input lacks."""

    total: float | None
    per_hour: Annotated[float | None, Field(description="Of digital training, per hour completed (E1).")]
    per_skill: Annotated[float | None, Field(description="Per sign-off acquired (E2).")]
    per_head: Annotated[float | None, Field(description="Per person who completed something.")]
    classroom_per_hour: float | None
    break_even_hours: Annotated[
        float | None, Field(description="Hours completed from which on digital costs less (E5); null also for never.")
    ]
    never_breaks_even: bool


class Line(BaseModel):
    """A module or a skill; null where too few people are behind it."""

    name: str
    people: Annotated[int | None, Field(description="People of a module; sign-offs acquired of a skill.")]
    hours: Annotated[float | None, Field(description="Completed, by the time that it is meant to take.")]
    cost: float | None
    each: Annotated[float | None, Field(description="Per completion, or per sign-off acquired.")]
    classroom_hours: Annotated[float | None, Field(description="Attended; of modules alone.")]
    classroom_cost: float | None


class Costs(BaseModel):
    """What training costs."""

    first: date
    last: date
    completed_hours: float
    actual_hours: float
    classroom_hours: float
    classroom_hours_are: Annotated[str, Field(description="`attended`, or `entered` among the readings.")]
    learners: Annotated[int | None, Field(description="Who completed something; null where they are too few.")]
    heads: Annotated[float, Field(description="People present, on average.")]
    hours_per_head: Annotated[float | None, Field(description="E3.")]
    payroll_percent: Annotated[float | None, Field(description="Training over payroll (E4).")]
    payroll_percent_published: float | None
    low: Scenario
    central: Scenario
    high: Scenario
    modules: list[Line]
    skills: list[Line]
    missing: Annotated[list[str], Field(description="Inputs without which no cost can be told.")]


@bears(Permission.READ_EVALUATION)
@asks("What training costs", CostsAsked, Costs)
@names_nobody("hours and euros of groups")
def costs(asked: CostsAsked) -> Costs:
    """Say what training costs in three scenarios, by module and skill, beside a classroom."""
    found = balance(*asked.days, current_app.config["SMALLEST_GROUP"], now())
    scenarios = {name: _scenario(one) for name, one in found.scenarios.items()}
    return Costs(
        first=found.stretch.first or found.stretch.last,
        last=found.stretch.last,
        completed_hours=found.hours.theoretical_minutes / 60,
        actual_hours=found.hours.actual_seconds / 3600,
        classroom_hours=found.classroom_hours,
        classroom_hours_are="attended" if found.attended else "entered",
        learners=found.learners,
        heads=found.heads,
        hours_per_head=found.hours_per_head,
        payroll_percent=found.share.percent if found.share else None,
        payroll_percent_published=found.share.published if found.share else None,
        **scenarios,
        modules=[_line(one) for one in found.modules],
        skills=[_line(one) for one in found.tasks],
        missing=list(found.missing),
    )


def _scenario(one: Reckoned) -> Scenario:
    never = one.break_even_hours is not None and math.isinf(one.break_even_hours)
    return Scenario(
        total=one.total,
        per_hour=one.per_hour,
        per_skill=one.per_skill,
        per_head=one.per_head,
        classroom_per_hour=one.classroom_per_hour,
        break_even_hours=None if never else one.break_even_hours,
        never_breaks_even=never,
    )


def _line(one: Costed) -> Line:
    return Line(
        name=one.name,
        people=one.people,
        hours=one.hours,
        cost=one.cost,
        each=one.each,
        classroom_hours=one.room_hours,
        classroom_cost=one.room_cost,
    )

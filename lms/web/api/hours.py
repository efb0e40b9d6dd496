"""How long people learnt, for programs."""

from datetime import date
from operator import attrgetter
from typing import Annotated

from flask import current_app
from pydantic import BaseModel, Field

from lms.kernel.refusals import Problem
from lms.people.permissions import Permission
from lms.progress.grouping import By
from lms.progress.hours import GROUPED, Hours, Learnt, Stretch
from lms.progress.hours import hours as hours_of
from lms.progress.naming import codes_of_modules, names
from lms.web.api.asking import Day, Page, QueryRefused, asks, paged
from lms.web.api.views import AsOf, check_groups, code_of_group, number_of_module
from lms.web.shared.bearer import bears, may
from lms.web.shared.looking import names_nobody


class HoursAsked(AsOf):
    """Hours of a stretch of days."""

    since: Annotated[
        Day | None, Field(description="First day; all days without it, and for roles that see no names.")
    ] = None
    by: Annotated[
        By,
        Field(
            description="What the rows are; groups not made of whole teams for roles that see names.",
            json_schema_extra={"enum": [by.value for by in GROUPED]},
        ),
    ] = By.MODULE
    module: Annotated[str | None, Field(max_length=80, description="The code of one module only.")] = None

    @property
    def stretch(self) -> Stretch:
        """The days that are asked about."""
        return Stretch(self.since if may(Permission.FOLLOW_EVERYONE) else None, self.day)


class Way(BaseModel):
    """What was learnt in one way."""

    people: Annotated[int, Field(description="Each once for each module.")]
    times: Annotated[int, Field(description="Completions, or half-days attended.")]
    theoretical_minutes: int
    actual_seconds: int


class Time(BaseModel):
    """Theoretical beside actual time."""

    group: Annotated[
        str, Field(description="The code of the module (empty: of none), or the number of what the rows are.")
    ]
    name: str
    digital: Annotated[Way | None, Field(description="At kiosks; null where too few people are behind it.")]
    classroom: Annotated[Way | None, Field(description="In classrooms; null where too few people are behind it.")]
    theoretical_minutes: Annotated[int | None, Field(description="Of both; null where one of them is.")]
    actual_seconds: Annotated[int | None, Field(description="Of both; null where one of them is.")]
    held_back: Annotated[int, Field(description="Modules left out of one of the ways, since too few people are in it.")]


class Times(Page[Time]):
    """Groups, in the order of their codes."""

    since: date | None
    until: date


@bears(Permission.FOLLOW_EVERYONE, Permission.FOLLOW_AGGREGATES)
@asks("How long people learnt", HoursAsked, Times)
@names_nobody("numbers of people")
def hours(asked: HoursAsked) -> Times:
    """Say how long people learnt at kiosks and in classrooms, by module or otherwise."""
    check_groups(asked.by)
    if asked.by not in GROUPED:
        raise QueryRefused([Problem("api.by", path="by")])
    codes, stretch = codes_of_modules(), asked.stretch
    module_id = number_of_module(asked.module, codes)
    table = hours_of(asked.by, stretch, current_app.config["SMALLEST_GROUP"], module_id)
    known = names(asked.by)
    found = [
        _time(code_of_group(group, asked.by, codes), known.get(group, ""), one) for group, one in table.rows.items()
    ]
    rows, following = paged(sorted(found, key=attrgetter("group")), attrgetter("group"), asked)
    return Times(items=list(rows), next=following, since=stretch.first, until=stretch.last)


def _time(code: str, name: str, one: Learnt) -> Time:
    return Time(
        group=code,
        name=name,
        digital=_way(one.digital),
        classroom=_way(one.rooms),
        theoretical_minutes=one.theoretical_minutes,
        actual_seconds=one.actual_seconds,
        held_back=one.digital.held_back + one.rooms.held_back,
    )


def _way(one: Hours) -> Way | None:
    if one.hidden:
        return None
    return Way(
        people=one.people,
        times=one.times,
        theoretical_minutes=one.theoretical_minutes,
        actual_seconds=one.actual_seconds,
    )

"""Who is to learn what by when, by name, for programs that may know."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from lms.kernel.refusals import Problem
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.progress.following import Followed, Place, Wanted, numbered
from lms.progress.naming import codes_of_modules
from lms.progress.rules import State
from lms.progress.sheet import sheet
from lms.web.api.asking import Page, QueryRefused, asks, cursor, read_cursor
from lms.web.api.views import AsOf, number_of_module
from lms.web.shared.bearer import bears
from lms.web.shared.looking import looked_at, looks


class PeopleAsked(AsOf):
    """People as of a day."""

    state: Annotated[State | None, Field(description="Only who is so far.")] = None
    team: Annotated[
        int | None, Field(ge=1, le=2**31 - 1, description="The number of one team only, as `by=team` gives it.")
    ] = None
    module: Annotated[str | None, Field(max_length=80, description="The code of one module only.")] = None


class Person(BaseModel):
    """A person who is, or was, to complete a module by a day."""

    registration: str
    given_name: str
    family_name: str
    left: Annotated[bool, Field(description="No longer works here.")]
    team: str
    shift: str
    module: str
    plan: Annotated[str, Field(description="The code of the plan that asks it.")]
    due_on: Annotated[date, Field(description="By when it is to be done, or done again.")]
    state: State
    completed_on: Annotated[date | None, Field(description="Of the completion that is good.")]
    in_time: bool
    good_until: Annotated[date | None, Field(description="Its last day; null for good.")]


class People(Page[Person]):
    """People, in the order of their numbers in the database: it stays whatever becomes of them."""

    as_of: date


@bears(Permission.FOLLOW_EVERYONE)
@asks("Who is to learn what by when", PeopleAsked, People)
@looks(Purpose.FOLLOW_UP)
def people(asked: PeopleAsked) -> People:
    """Say by name who is to learn what, by when, and how far they are; who was named reads that a program did."""
    wanted = Wanted(
        team_id=asked.team,
        module_id=number_of_module(asked.module, codes_of_modules()),
        states=(asked.state,) if asked.state else tuple(State),
    )
    found = numbered(sheet(asked.day), wanted, _after(asked.cursor))
    rows = found.rows(0, asked.limit)
    looked_at(row.person_id for row in rows)
    more = len(found) > len(rows)
    following = cursor(" ".join(map(str, found.place(len(rows) - 1)))) if more else None
    return People(items=[_person(row) for row in rows], next=following, as_of=asked.day)


def _after(text: str) -> Place | None:
    key = read_cursor(text)
    if key is None:
        return None
    numbers = [int(part) for part in key.split(" ") if part.isascii() and part.isdigit() and len(part) < 19]
    if len(numbers) != len(key.split(" ")) or len(numbers) != len(("person", "module", "plan")):
        raise QueryRefused([Problem("api.cursor", path="cursor")])
    return numbers[0], numbers[1], numbers[2]


def _person(row: Followed) -> Person:
    return Person(
        registration=row.registration,
        given_name=row.given_name,
        family_name=row.family_name,
        left=row.left,
        team=row.team,
        shift=row.shift,
        module=row.module,
        plan=row.plan_code,
        due_on=row.due_on,
        state=row.state,
        completed_on=row.completed_on,
        in_time=row.in_time,
        good_until=row.good_until,
    )

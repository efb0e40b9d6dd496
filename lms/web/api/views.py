"""What programs may ask."""

from datetime import date
from operator import attrgetter
from typing import Annotated

from flask import current_app
from pydantic import BaseModel, Field

from lms.kernel.clock import last_sunday, today
from lms.kernel.refusals import Forbidden, Problem
from lms.people.permissions import Permission
from lms.progress.completion import NUMBERS, Cell, Question
from lms.progress.completion import completion as figures_of
from lms.progress.grouping import NESTED, By
from lms.progress.naming import codes_of_modules, month_of, names
from lms.progress.sheet import sheet
from lms.web.api.asking import Day, Page, Paged, QueryRefused, asks, paged
from lms.web.shared.bearer import bears, may
from lms.web.shared.looking import names_nobody


class AsOf(Paged):
    """Figures as of a day."""

    as_of: Annotated[Day | None, Field(description="Today without it; for roles that see no names a Sunday.")] = None

    @property
    def day(self) -> date:
        """The day that is asked about."""
        if not may(Permission.FOLLOW_EVERYONE):
            return last_sunday()
        return min(self.as_of or today(), today())


class Group(BaseModel):
    """People by how far they are; null where the group is too small to be shown."""

    group: Annotated[str, Field(description="The code of the module, or the number of what the rows are.")]
    name: str
    people: int | None
    left: int | None
    completed: int | None
    in_time: int | None
    under_way: int | None
    not_started: int | None
    late: int | None
    held_back: Annotated[int, Field(description="Modules that are in no number, since too few people are in them.")]


class Groups(Page[Group]):
    """Groups, in the order of their codes."""

    as_of: date


class CompletionAsked(AsOf):
    """Completion as of a day."""

    by: Annotated[
        By, Field(description="What the rows are; groups not made of whole teams for roles that see names.")
    ] = By.MODULE
    module: Annotated[str | None, Field(max_length=80, description="The code of one module only.")] = None


@bears(Permission.FOLLOW_EVERYONE, Permission.FOLLOW_AGGREGATES)
@asks("How many completed what", CompletionAsked, Groups)
@names_nobody("numbers of people")
def completion(asked: CompletionAsked) -> Groups:
    """Say how many completed what, by module or otherwise."""
    check_groups(asked.by)
    codes = codes_of_modules()
    question = Question(asked.by, number_of_module(asked.module, codes))
    table = figures_of(sheet(asked.day), question, current_app.config["SMALLEST_GROUP"])
    known = names(asked.by)
    found = [
        _group(code_of_group(group, asked.by, codes), known.get(group, ""), cell) for group, cell in table.rows.items()
    ]
    rows, following_cursor = paged(sorted(found, key=attrgetter("group")), attrgetter("group"), asked)
    return Groups(items=list(rows), next=following_cursor, as_of=asked.day)


def check_groups(by: By) -> None:
    """Raise Forbidden where a role that sees no names asks for groups not made of whole teams."""
    if by not in NESTED and not may(Permission.FOLLOW_EVERYONE):
        raise Forbidden()


def number_of_module(code: str | None, codes: dict[int, str]) -> int | None:
    """Return the number of the module that is asked for, None for all; raises QueryRefused."""
    if code is None:
        return None
    found = next((number for number, one in codes.items() if one == code), None)
    if found is None:
        raise QueryRefused([Problem("api.module", path="module")])
    return found


def code_of_group(group: int, by: By, codes: dict[int, str]) -> str:
    """Return what stands for a group in answers: each its own, and in order."""
    month = month_of(by, group)
    if month is not None:
        return month.isoformat()[:7]
    return codes.get(group, "") if by is By.MODULE else f"{group:09}"


def _group(code: str, name: str, cell: Cell) -> Group:
    numbers = {number: None if cell.hidden else getattr(cell, number) for number in NUMBERS}
    return Group(group=code, name=name, **numbers, held_back=cell.held_back)

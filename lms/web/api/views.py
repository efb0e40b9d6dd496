"""What programs may ask."""

from datetime import date
from operator import attrgetter
from typing import Annotated

from flask import current_app
from pydantic import BaseModel, Field

from lms.kernel.clock import last_sunday, today
from lms.people.permissions import Permission
from lms.progress.completion import Cell, ModuleCompletion
from lms.progress.completion import completion as figures_of
from lms.progress.following import following
from lms.web.api.asking import Page, Paged, asks, paged
from lms.web.shared.bearer import bears, may


class AsOf(Paged):
    """Figures as of a day."""

    as_of: Annotated[date | None, Field(description="Today without it; for roles that see no names a Sunday.")] = None

    @property
    def day(self) -> date:
        """The day that is asked about."""
        if not may(Permission.FOLLOW_EVERYONE):
            return last_sunday()
        return min(self.as_of or today(), today())


class Figures(BaseModel):
    """People by how far they are; null where the group is too small to be shown."""

    people: int | None
    completed: int | None
    in_time: int | None
    under_way: int | None
    not_started: int | None
    late: int | None


class ModuleFigures(Figures):
    """A module."""

    module: str
    title: dict[str, str]


class ModulePage(Page[ModuleFigures]):
    """Modules, by code."""

    as_of: date


@bears(Permission.FOLLOW_EVERYONE, Permission.FOLLOW_AGGREGATES)
@asks("How many completed each planned module", AsOf, ModulePage)
def completion(asked: AsOf) -> ModulePage:
    """Say how many completed each module."""
    found = figures_of(following(asked.day), current_app.config["SMALLEST_GROUP"])
    rows, following_cursor = paged(sorted(found, key=attrgetter("module")), attrgetter("module"), asked)
    return ModulePage(items=[_module(one) for one in rows], next=following_cursor, as_of=asked.day)


def _module(one: ModuleCompletion) -> ModuleFigures:
    return ModuleFigures(module=one.module, title=one.title, **_numbers(one.total))


def _numbers(cell: Cell) -> dict[str, int | None]:
    return {name: None if cell.hidden else getattr(cell, name) for name in Figures.model_fields}

"""How long people learnt: the time that training is meant to take beside the time that it took.

The one function for pages, files, programs, certificates and costs. At kiosks:

- theoretical: the minutes that an edition says it takes, each time that somebody completed it;
- actual: the seconds between what somebody did, a pause counting 120 s at most
  (`rules.active_seconds`, evaluation reference, base sets), completed or not.

In classrooms, of each half-day that somebody attended, by the last entry about it:

- theoretical: the minutes that it was planned to last;
- actual: the minutes that they attended.

All of a stretch of days: by the day on which it happened, whenever it was recorded. Who is too few
to be shown is weighed for each of the two ways by itself: of eight at kiosks one alone may have been in a classroom.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, literal_column, select

from lms.catalogue.models import Edition
from lms.classroom import queries as classroom
from lms.kernel.database import db
from lms.kernel.later import Later
from lms.people.models import TeamMembership
from lms.progress.asked import Column, columns
from lms.progress.grouping import By, Sum, Sums, hired, leaves, posts, sums
from lms.progress.models import ActiveDay, Completion
from lms.progress.sheet import of_each
from lms.progress.wholes import Wholes

numpy = Later("numpy")


@dataclass(frozen=True)
class Stretch:
    """Days, the first and the last included; None for no first one."""

    first: date | None
    last: date


@dataclass(frozen=True)
class Worked:
    """What one person worked on one edition of a module."""

    person_id: int
    module_id: int
    edition_id: int
    completions: int
    theoretical_minutes: int
    """Of its completions."""
    actual_seconds: int


@dataclass(frozen=True)
class Hours:
    """What a group learnt in one way."""

    hidden: bool = False
    """Too small to be shown, or it would give away one that is; then all numbers are 0."""
    people: int = 0
    """Those who learnt something, each once for each module."""
    times: int = 0
    """Completions, or half-days attended."""
    theoretical_minutes: int = 0
    actual_seconds: int = 0
    held_back: int = 0
    """Modules that are not in it, because too few people of the group learnt them."""


@dataclass(frozen=True)
class Learnt:
    """What a group learnt in both ways."""

    digital: Hours = Hours()
    rooms: Hours = Hours()

    @property
    def theoretical_minutes(self) -> int | None:
        """Of both together; None where one of them is not shown."""
        return None if self.hidden else self.digital.theoretical_minutes + self.rooms.theoretical_minutes

    @property
    def actual_seconds(self) -> int | None:
        """Of both together; None where one of them is not shown."""
        return None if self.hidden else self.digital.actual_seconds + self.rooms.actual_seconds

    @property
    def hidden(self) -> bool:
        """Whether one of the two is not shown, so that their sum is not either."""
        return self.digital.hidden or self.rooms.hidden


NUMBERS = ("people", "times", "theoretical_minutes", "actual_seconds")
GROUPED = (By.MODULE, By.TEAM, By.SHIFT, By.SITE, By.POST, By.EDITION, By.HIRED)


@dataclass(frozen=True)
class HoursTable:
    """Hours by group, as `completion.Figures`; module 0 has the sessions that belong to none."""

    rows: dict[int, Learnt]
    total: Learnt


def worked(stretch: Stretch, person_ids: Collection[int] | None = None) -> list[Worked]:
    """Return what each person worked, by person and edition; of some people or of all."""
    found: dict[tuple[int, int, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    for person, module, edition, *told in zip(*(one.tolist() for one in _worked(stretch, person_ids)), strict=True):
        own = found[person, module, edition]
        own[:] = map(sum, zip(own, told, strict=True))
    return [Worked(*key, *told) for key, told in sorted(found.items())]


def people_who_completed(stretch: Stretch, module_ids: Collection[int]) -> int:
    """Return how many people completed one of these modules at least, at a kiosk."""
    person, module, _edition, _one = _read("done", stretch, None)
    return len(numpy.unique(person[numpy.isin(module, list(module_ids))]))


def learnt_by_each(stretch: Stretch, person_ids: Collection[int] | None = None) -> dict[int, Learnt]:
    """Return what each person learnt who learnt something, by person; of some people or of all."""
    ways = [_by_person_alone(rows) for rows in (_worked(stretch, person_ids), _attended(stretch, person_ids))]
    return {one: Learnt(*(way.get(one, Hours()) for way in ways)) for one in sorted({*ways[0], *ways[1]})}


def _by_person_alone(rows: list[Column]) -> dict[int, Hours]:
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for person, _module, _edition, *told in zip(*(one.tolist() for one in rows), strict=True):
        found[person][:] = map(sum, zip(found[person], told, strict=True))
    return {person: Hours(False, 1, *told) for person, told in found.items()}


def hours(by: By, stretch: Stretch, least: int, module_id: int | None = None) -> HoursTable:
    """Return what each group learnt, and all together; people count for the team in which they were last."""
    teams = _last_teams(stretch.last)
    digital, rooms = (
        _table(by, rows, teams, least, module_id) for rows in (_worked(stretch, None), _attended(stretch, None))
    )
    groups = {*digital.rows, *rooms.rows}
    rows = {group: Learnt(*(_hours(one.rows.get(group, Sum(()))) for one in (digital, rooms))) for group in groups}
    return HoursTable(rows, Learnt(_hours(digital.total), _hours(rooms.total)))


def _table(by: By, rows: list[Column], teams: dict[int, int], least: int, module_id: int | None) -> Sums:
    if module_id is not None:
        own = rows[1] == module_id
        rows = [one[own] for one in rows]
    person, module, edition, *told = rows
    first = _first_of_each(person, module)
    found = leaves(module, of_each(person, teams), _parts(by, person, edition), [first, *told])
    return sums(by, found, least)


def _hours(one: Sum) -> Hours:
    if one.numbers is None:
        return Hours(hidden=True)
    told: dict[str, Any] = dict(zip(NUMBERS, one.numbers or (0,) * len(NUMBERS), strict=True))
    return Hours(**told, held_back=one.held_back)


def _attended(stretch: Stretch, person_ids: Collection[int] | None) -> list[Column]:
    """Return person, module, 0 for no edition, half-days, theoretical minutes and actual seconds."""
    rows = classroom.minutes_attended(stretch.first, stretch.last, person_ids)
    person, module, times, planned, minutes = columns(rows, 5)
    return [person, module, numpy.zeros(len(person), numpy.int64), times, planned, minutes * 60]


def _worked(stretch: Stretch, person_ids: Collection[int] | None) -> list[Column]:
    """Return person, module, edition, completions, theoretical minutes and actual seconds.

    Each completion, and each day on which somebody worked on something, is a row: whoever asks makes sums of them.
    """
    minutes = _minutes()
    done = _read("done", stretch, person_ids)
    active = _read("active", stretch, person_ids)
    whole = of_each(done[2], minutes) * done[3]
    none, nothing = numpy.zeros(len(done[0]), numpy.int32), numpy.zeros(len(active[0]), numpy.int32)
    return [
        *(numpy.concatenate(pair) for pair in zip(done[:3], active[:3], strict=True)),
        numpy.concatenate([done[3], nothing]),
        numpy.concatenate([whole, nothing]),
        numpy.concatenate([none, active[3]]),
    ]


def _within(table: Any, day: Any, what: Any) -> Select[Any]:
    query: Select[Any] = select(table.person_id, table.module_id, table.edition_id, what.label("told"))
    return query.where(day.between(bindparam("first"), bindparam("last")))


_QUERIES: dict[str, tuple[Any, Any]] = {
    "done": (Completion, _within(Completion, Completion.done_on, literal_column("1"))),
    "active": (ActiveDay, _within(ActiveDay, ActiveDay.day, ActiveDay.seconds)),
}
_OF_ALL = {name: Wholes(query) for name, (_, query) in _QUERIES.items()}


def _read(name: str, stretch: Stretch, person_ids: Collection[int] | None) -> list[Column]:
    days = {"first": stretch.first.toordinal() if stretch.first else 0, "last": stretch.last.toordinal()}
    if person_ids is None:
        return _OF_ALL[name].read(days)
    table, query = _QUERIES[name]
    return columns(db.session.execute(query.where(table.person_id.in_(person_ids)), days).all(), 4)


def _minutes() -> dict[int, int]:
    """Return how long each edition says it takes."""
    return dict(db.session.execute(select(Edition.id, Edition.content["minutes"].as_integer())).all())


def _last_teams(on: date) -> dict[int, int]:
    """Return the team in which each person was last."""
    query = select(TeamMembership.person_id, TeamMembership.team_id).where(TeamMembership.joined_on <= on)
    return dict(db.session.execute(query.order_by(TeamMembership.joined_on, TeamMembership.id)).all())


def _first_of_each(person: Column, module: Column) -> Column:
    """Return 1 for one row of each person and module, 0 for the others: two editions are one module."""
    first = numpy.zeros(len(person), numpy.int32)
    first[numpy.unique((person.astype(numpy.int64) << 20) + module, return_index=True)[1]] = 1
    return first


def _parts(by: By, person: Column, edition: Column) -> Column:
    if by is By.EDITION:
        return of_each(edition, dict(db.session.execute(select(Edition.id, Edition.number)).all()))
    if by is By.POST:
        return of_each(person, posts())
    if by is By.HIRED:
        return of_each(person, hired())
    return numpy.zeros(len(person), numpy.int64)

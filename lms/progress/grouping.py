"""Numbers of many people summed by module, team, shift, site or otherwise, small groups held back.

Everything is a sum of the numbers of one module and one group. Where these are held back they
are in no sum either, so that sums tell nothing that the numbers themselves do not.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select

from lms.kernel.database import db
from lms.kernel.later import Later
from lms.kernel.suppression import hidden
from lms.people.models import Person, Team, Workshop
from lms.progress.asked import Column

numpy = Later("numpy")


class By(StrEnum):
    """What the rows of a table of figures are."""

    MODULE = "module"
    TEAM = "team"
    SHIFT = "shift"
    SITE = "site"
    RECOMMENDATION = "recommendation"
    POST = "post"
    EDITION = "edition"
    """The newest edition of the module that somebody completed."""
    BEGAN = "began"
    """The month in which people were first asked."""
    HIRED = "hired"
    """The month in which people were hired."""
    DUE = "due"
    """The month in which it was to be done."""


NESTED = (By.MODULE, By.TEAM, By.SHIFT)
"""What may be shown to those who see no names: groups made of whole teams, held back together. Recommendations
overlap: of nine people eight of whom are asked by one of them, a subtraction would tell of the ninth. Shifts and
sites cross: where both are shown, the team that is alone on its shift at its site can be worked out."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """The smallest group: of one module, one team, and what parts the team's people further."""

    module: int
    team: int
    part: int
    numbers: tuple[int, ...]
    """The first is how many people there are."""


@dataclass(frozen=True)
class Sum:
    """The numbers of a group, None when it is too small to be shown, or would give away one that is."""

    numbers: tuple[int, ...] | None
    held_back: int = 0
    """Modules that are not in the sum, because too few people of the group are in them."""


@dataclass(frozen=True)
class Sums:
    """A table."""

    rows: dict[int, Sum]
    """By what tells the groups apart: a number, 0 for none; of months as `month` says."""
    total: Sum


def leaves(module: Column, team: Column, part: Column, told: Sequence[Column]) -> list[Leaf]:
    """Return the numbers of the smallest groups of rows; the rows' own numbers are `told`, the first of them all 1."""
    key = (module << 40) + (team << 20) + part
    keys, place = numpy.unique(key, return_inverse=True)
    sums = [numpy.bincount(place, weights=one, minlength=len(keys)).round().astype(int).tolist() for one in told]
    return [
        Leaf(one >> 40, one >> 20 & 0xFFFFF, one & 0xFFFFF, tuple(numbers))
        for one, *numbers in zip(keys.tolist(), *sums, strict=True)
    ]


def sums(by: By, found: Iterable[Leaf], least: int) -> Sums:
    """Return the sums of each group, and of all together."""
    apart: dict[tuple[int, int], list[Leaf]] = defaultdict(list)
    for leaf in found:
        # What is held back together: the groups of one module, and of one recommendation where there are several.
        apart[leaf.module, leaf.part if by is By.RECOMMENDATION else 0].append(leaf)
    table = _Table(by, _teams(), least)
    for one in apart.values():
        table.add(one)
    return table.sums()


def posts() -> dict[int, int | None]:
    """Return the post that each person holds."""
    return dict(db.session.execute(select(Person.id, Person.workstation_id)).all())


def hired() -> dict[int, int]:
    """Return the month in which each person was hired, as far as it is known."""
    rows = db.session.execute(select(Person.id, Person.hired_on)).all()
    return {person_id: month(day) for person_id, day in rows if day}


def months(days: Column) -> Column:
    """Return the month of each day."""
    found, place = numpy.unique(days, return_inverse=True)
    return numpy.array([month(date.fromordinal(day)) for day in found.tolist()], numpy.int64)[place]


def month(day: date) -> int:
    """Return the number of a month: 12 times the year, plus the month, less one."""
    return day.year * 12 + day.month - 1


def first_of(number: int) -> date:
    """Return the first day of a month."""
    return date(number // 12, number % 12 + 1, 1)


def _teams() -> dict[int, tuple[int, int]]:
    """Return the shift and site of each team, 0 for none."""
    query = select(Team.id, Team.shift_id, Workshop.site_id).outerjoin(Workshop, Workshop.id == Team.workshop_id)
    return {team_id: (shift_id or 0, site_id or 0) for team_id, shift_id, site_id in db.session.execute(query)}


_Name = tuple[str, int]
_TOTAL: _Name = ("total", 0)


class _Table:
    """Sums that grow by one module after the other."""

    def __init__(self, by: By, teams: Mapping[int, tuple[int, int]], least: int) -> None:
        self._by, self._teams, self._least = by, teams, least
        self._sums: dict[int | None, tuple[int, ...]] = {}
        self._held: dict[int | None, int] = defaultdict(int)

    def add(self, found: list[Leaf]) -> None:
        groups: dict[int, list[Leaf]] = defaultdict(list)
        for leaf in found:
            groups[self._group(leaf)].append(leaf)
        held = self._held_back(found, groups)
        for group, own in groups.items():
            self._put(group, own, self._name(group) in held)
        self._put(None, found, _TOTAL in held)

    def sums(self) -> Sums:
        rows = {group: self._sum(group) for group in {*self._sums, *self._held} if group is not None}
        return Sums(rows, self._sum(None))

    def _sum(self, group: int | None) -> Sum:
        if group not in self._sums and self._held[group]:
            return Sum(None)
        return Sum(self._sums.get(group, ()), self._held[group])

    def _put(self, group: int | None, own: Iterable[Leaf], is_held: bool) -> None:
        if is_held:
            self._held[group] += 1
            return
        more = [leaf.numbers for leaf in own]
        self._sums[group] = tuple(map(sum, zip(*more, *filter(None, [self._sums.get(group)]), strict=True)))

    def _group(self, leaf: Leaf) -> int:
        if self._by is By.MODULE:
            return leaf.module
        if self._by is By.TEAM:
            return leaf.team
        if self._by in (By.SHIFT, By.SITE):
            return self._teams.get(leaf.team, (0, 0))[self._by is By.SITE]
        return leaf.part

    def _name(self, group: int) -> _Name:
        return _TOTAL if self._by in (By.MODULE, By.RECOMMENDATION) else (self._by.value, group)

    def _held_back(self, found: list[Leaf], groups: Mapping[int, list[Leaf]]) -> frozenset[_Name]:
        """Return the groups of one module that are not shown.

        Teams and shifts are weighed together, whatever is asked: what one table hides another does not
        give away. Sites, which cross shifts, are asked for only by those who see names.
        """
        if self._by in (*NESTED, By.SITE) and self._all_large(found):
            return frozenset()
        cells: dict[_Name, set[tuple[int, int]]] = defaultdict(set)
        sizes: dict[tuple[int, int], int] = {}
        for leaf in found:
            own = leaf.team, leaf.part
            sizes[own] = leaf.numbers[0]
            for name in (_TOTAL, (By.TEAM.value, leaf.team), self._wider(leaf)):
                cells[name].add(own)
        if self._by not in (*NESTED, By.SITE):
            for group, members in groups.items():
                cells[self._by.value, group] = {(leaf.team, leaf.part) for leaf in members}
        return hidden({name: frozenset(own) for name, own in cells.items()}, sizes, self._least)

    def _wider(self, leaf: Leaf) -> _Name:
        shift, site = self._teams.get(leaf.team, (0, 0))
        return (By.SITE.value, site) if self._by is By.SITE else (By.SHIFT.value, shift)

    def _all_large(self, found: list[Leaf]) -> bool:
        """Whether no team has too few people: then no shift, no site and not all together has."""
        teams: dict[int, int] = defaultdict(int)
        for leaf in found:
            teams[leaf.team] += leaf.numbers[0]
        return min(teams.values()) >= self._least

"""Numbers of many people summed by module, team, shift, site or otherwise, small groups held back.

Everything is a sum of the numbers of one module and one group. Where these are held back they
are in no sum either, so that sums tell nothing that the numbers themselves do not.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

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


_ROWS = 1 << 17
"""Rows that are added up at a time."""
_AT_ONCE = 4096
"""Groups that are objects at a time while each is looked at."""


@dataclass(frozen=True)
class Leaves:
    """The smallest groups in columns, by module: of a large plant there are hundreds of thousands."""

    module: Column
    team: Column
    part: Column
    numbers: list[Column]

    def __len__(self) -> int:
        return len(self.module)

    def __iter__(self) -> Iterator[Leaf]:
        columns = (self.module, self.team, self.part, *self.numbers)
        for first in range(0, len(self), _AT_ONCE):
            rows = zip(*(column[first : first + _AT_ONCE].tolist() for column in columns), strict=True)
            for module, team, part, *numbers in rows:
                yield Leaf(module, team, part, tuple(numbers))

    def of(self, rows: Column, numbers: slice = slice(None)) -> "Leaves":
        """Return those of a mask, with some of their numbers."""
        if rows.all():
            return Leaves(self.module, self.team, self.part, self.numbers[numbers])
        return Leaves(self.module[rows], self.team[rows], self.part[rows], [one[rows] for one in self.numbers[numbers]])


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


def leaves(module: Column, team: Column, part: Column, told: Sequence[Column]) -> Leaves:
    """Return the numbers of the smallest groups of rows; the rows' own numbers are `told`.

    Some rows are added at a time: to sort all of them at once takes ten times the memory.
    """
    keys, numbers = numpy.zeros(0, numpy.int64), [numpy.zeros(0, numpy.int32) for _ in told]
    for first in range(0, len(module), _ROWS):
        rows = slice(first, first + _ROWS)
        more = (module[rows].astype(numpy.int64) << 40) + (team[rows].astype(numpy.int64) << 20) + part[rows]
        keys, place = numpy.unique(numpy.append(keys, more), return_inverse=True)
        numbers = [
            _summed(place, numpy.append(own, one[rows]), len(keys)) for own, one in zip(numbers, told, strict=True)
        ]
    return Leaves(keys >> 40, keys >> 20 & 0xFFFFF, keys & 0xFFFFF, numbers)


def _summed(place: Column, numbers: Column, length: int) -> Column:
    return numpy.bincount(place, weights=numbers, minlength=length).round().astype(numpy.int32)


def sums(by: By, found: Leaves, least: int) -> Sums:
    """Return the sums of each group, and of all together; the smallest groups are in the order of their modules."""
    table = _Table(by, _teams(), least)
    group = table.groups(found)
    # What is held back together: the groups of one module, and of one recommendation where there are several.
    together = (found.module << 20) + (found.part if by is By.RECOMMENDATION else 0)
    plain = _plain(together, found, group, least)
    table.add_whole(found.of(plain), group[plain])
    for _module, of_module in groupby(found.of(~plain), key=attrgetter("module")):
        apart: dict[int, list[Leaf]] = defaultdict(list)
        for leaf in of_module:
            apart[leaf.part if by is By.RECOMMENDATION else 0].append(leaf)
        for own in apart.values():
            table.add(own)
    return table.sums()


def _plain(together: Column, found: Leaves, group: Column, least: int) -> Column:
    """Return the leaves of those held back together of which nothing has to be, without a look at each group.

    No team is too small, and either groups are made of whole teams; or no group is too small either, and
    none of either kind lies within one of the other, so that no subtraction leaves anything but what is shown.
    """
    whole, whole_of = numpy.unique(together, return_inverse=True)
    wholes = whole_of, len(whole)
    of_team = _parting(wholes, found.numbers[0], found.team, group, least)
    of_group = _parting(wholes, found.numbers[0], group, found.team, least)
    return (of_team.are_large & (of_team.are_within | (of_group.are_large & of_team.are_across & of_group.are_across)))[
        whole_of
    ]


@dataclass(frozen=True)
class _Parting:
    """How each whole is parted by one thing."""

    are_large: Column
    """Whether no part has too few people."""
    are_within: Column
    """Whether each part lies within one part of the other parting."""
    are_across: Column
    """Whether none does."""


def _parting(wholes: tuple[Column, int], people: Column, by: Column, other: Column, least: int) -> _Parting:
    whole_of, number = wholes
    parts, part_of = numpy.unique((whole_of << 20) + by, return_inverse=True)
    own = parts >> 20
    in_part = numpy.bincount(part_of, weights=people, minlength=len(parts))
    met = numpy.bincount(numpy.unique((part_of << 20) + other) >> 20, minlength=len(parts))

    def every(holds: Column) -> Column:
        return numpy.bincount(own[~holds], minlength=number) == 0

    return _Parting(every(in_part >= least), every(met == 1), every(met > 1))


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

    def add_whole(self, found: Leaves, group: Column) -> None:
        """Add leaves of which nothing is held back."""
        if not len(found):
            return
        met, place = numpy.unique(group, return_inverse=True)
        numbers = [
            numpy.bincount(place, weights=one, minlength=len(met)).round().astype(int).tolist() for one in found.numbers
        ]
        self._sums = dict(zip(met.tolist(), zip(*numbers, strict=True), strict=True))
        self._sums[None] = tuple(map(sum, numbers))

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

    def groups(self, found: Leaves) -> Column:
        """Return the group of each leaf."""
        if self._by is By.MODULE:
            return found.module
        if self._by is By.TEAM:
            return found.team
        if self._by in (By.SHIFT, By.SITE):
            met, place = numpy.unique(found.team, return_inverse=True)
            return numpy.array([self._of_team(team) for team in met.tolist()], numpy.int64)[place]
        return found.part

    def _group(self, leaf: Leaf) -> int:
        if self._by is By.MODULE:
            return leaf.module
        if self._by is By.TEAM:
            return leaf.team
        return self._of_team(leaf.team) if self._by in (By.SHIFT, By.SITE) else leaf.part

    def _of_team(self, team: int) -> int:
        return self._teams.get(team, (0, 0))[self._by is By.SITE]

    def _name(self, group: int) -> _Name:
        return _TOTAL if self._by in (By.MODULE, By.RECOMMENDATION) else (self._by.value, group)

    def _held_back(self, found: list[Leaf], groups: Mapping[int, list[Leaf]]) -> frozenset[_Name]:
        """Return the groups of one module that are not shown.

        Teams and shifts are weighed together, whatever is asked: what one table hides another does not
        give away. Sites, which cross shifts, are asked for only by those who see names.
        """
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

"""Which figures of a protocol would tell of a few people, taken from those of another recommendation. Pure.

Two recommendations may ask the same of nearly the same people: what both come to, one taken from the
other, is what the few came to in whom they differ. So people are told apart by which of these figures
count them; where that parts fewer than may be shown from their team and shift, the later figure is
held back whole. The same goes for what is told of everybody, whatever recommendation asked them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lms.evaluation.indicators.definition import Definition
from lms.evaluation.masking import Leaf, held_groups, held_shifts, held_teams, leaf_of
from lms.evaluation.measures.case import Case, people_counted
from lms.kernel.suppression import reveals_everyone

Asked = tuple[int, frozenset[str]]
"""A person, and what the person is asked: of the same of somebody, the same comes."""


@dataclass(frozen=True, eq=False)
class Figure:
    """What may be told of one indicator, and of whom."""

    code: str
    definition: Definition
    smallest: int
    cases: Sequence[Case]
    """Those with an outcome."""
    asked: Mapping[int, Collection[frozenset[str]]]
    """The modules that a person is asked, together where they come to one outcome."""

    @cached_property
    def people(self) -> dict[Leaf, frozenset[Asked]]:
        """Return who counts in each team and shift."""
        found: dict[Leaf, set[Asked]] = defaultdict(set)
        for case in self.cases:
            found[leaf_of(case)] |= {(case.person, modules) for modules in self.asked[case.person]}
        return {leaf: frozenset(own) for leaf, own in found.items()}

    @cached_property
    def everyone(self) -> frozenset[Asked]:
        """Return who counts."""
        return frozenset[Asked]().union(*self.people.values())

    @cached_property
    def held(self) -> tuple[frozenset[str], ...]:
        """Return what of it is held back already."""
        ways = (held_teams, held_shifts, held_groups)
        return tuple(way(self.definition, self.cases, self.smallest) for way in ways)


def held_beside(told: Iterable[Figure], wanted: Iterable[Figure]) -> frozenset[str]:
    """Return the codes of the wanted figures that must not be told beside those that are, the earlier wanted first."""
    shown, held = list(told), set()
    for one in wanted:
        others = _linked(one, [other for other in shown if other.definition is one.definition])
        if others and _parts_a_few(one, others):
            held.add(one.code)
        else:
            shown.append(one)
    return frozenset(held)


def _linked(one: Figure, others: Sequence[Figure]) -> list[Figure]:
    """Return those that count some of the same people, and those that count some of theirs; of like ones the first."""
    people, found = one.everyone, list[Figure]()
    left = [
        other for place, other in enumerate(others) if all(other.people != before.people for before in others[:place])
    ]
    while near := [other for other in left if other.everyone & people]:
        people = people.union(*(other.everyone for other in near))
        found += near
        left = [other for other in left if other not in near]
    return found


def _parts_a_few(one: Figure, others: Collection[Figure]) -> bool:
    if any(other.people == one.people for other in others):
        return False
    if any(other.held != one.held for other in others):
        return True
    return any(_too_few(figure, people) for figure, people in _parts([one, *others]))


def _parts(figures: Sequence[Figure]) -> Iterable[tuple[Figure, set[int]]]:
    """Yield whom of a team and shift the same of the figures count, with one of these figures.

    Of two figures, those of a team whom both count stay as well hidden as in either; of more they may follow.

    Whom several count follows from nothing where each of these counts some alone: they would come out with them.
    """
    for leaf in {leaf for figure in figures for leaf in figure.people}:
        parts: dict[frozenset[int], set[int]] = defaultdict(set)
        own = [figure.people.get(leaf, frozenset()) for figure in figures]
        for asked in frozenset[Asked]().union(*own):
            parts[frozenset(place for place, one in enumerate(own) if asked in one)].add(asked[0])
        alone = frozenset[int]().union(*(counting for counting in parts if len(counting) == 1))
        if len(own) > 2 or parts.keys() != {frozenset(range(len(own)))}:
            yield from (
                (figures[min(counting)], people)
                for counting, people in parts.items()
                if len(counting) == 1 or not counting <= alone
            )


def _too_few(figure: Figure, people: Collection[int]) -> bool:
    if len(people) < figure.smallest:
        return True
    own = [case for case in figure.cases if case.person in people]
    return figure.definition.sensitive and reveals_everyone(*people_counted(own), figure.smallest)

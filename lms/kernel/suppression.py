"""Which groups are too small to be shown, and which others would give them away.

The one rule for pages, files and reports (evaluation reference, section 3.7): a group
under the least size is not shown; where what is shown leaves such a group over, the next
smallest group is held back too.
"""

from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

Name = TypeVar("Name")
Leaf = TypeVar("Leaf")


def hidden(
    cells: Mapping[Name, frozenset[Leaf]],
    sizes: Mapping[Leaf, int],
    least: int,
    tells: Callable[[frozenset[Leaf]], bool] | None = None,
) -> frozenset[Name]:
    """Return the cells that must not be shown.

    Each cell is a set of basic groups, whose `sizes` are numbers of people; of two cells
    that share a group one must hold the other (teams, shifts made of teams, the total).
    Nobody who knows the cells that are shown can then work out fewer than `least` people.
    For what is sensitive, `tells` says whether what came of some groups together says it of
    each of their people (`reveals_everyone`): they count as too few, shown or worked out.
    """

    def too_few(leaves: frozenset[Leaf]) -> bool:
        people = sum(sizes[leaf] for leaf in leaves)
        return 0 < people < least or bool(people and tells is not None and tells(leaves))

    count = {name: sum(sizes[leaf] for leaf in leaves) for name, leaves in cells.items()}
    shown = {name for name, leaves in cells.items() if not too_few(leaves)}
    while True:
        more = _giving_away(cells, count, shown, too_few)
        if more is None:
            return frozenset(cells.keys() - shown)
        # A shift of one team is that team: both go, or one would give away the other.
        shown -= {name for name in shown if cells[name] == cells[more]}


def hidden_groups(sizes: Mapping[Name, int], least: int) -> frozenset[Name]:
    """Return the groups of one breakdown that must not be shown beside their total."""
    cells: dict[Name | None, frozenset[Name]] = {name: frozenset([name]) for name in sizes}
    return frozenset(name for name in hidden({**cells, None: frozenset(sizes)}, sizes, least) if name is not None)


def hidden_people(groups: Mapping[Name, Collection[int]], least: int) -> frozenset[Name]:
    """Return the same where somebody may be in several groups: three people who come at two hours are three."""
    cells: dict[Name | None, frozenset[Name]] = {name: frozenset([name]) for name in groups}
    sizes = {name: len(people) for name, people in groups.items()}

    def too_few(leaves: frozenset[Name]) -> bool:
        return len(set[int]().union(*(groups[leaf] for leaf in leaves))) < least

    return frozenset(
        name for name in hidden({**cells, None: frozenset(groups)}, sizes, least, too_few) if name is not None
    )


def hidden_counts(counts: Mapping[Name, tuple[int, int]], least: int, *, sensitive: bool = False) -> frozenset[Name]:
    """Return the groups of one breakdown whose (successes, people) must not be shown beside their total.

    What is held back for being sensitive is given away by a subtraction as well: the next
    smallest groups go with it until what is left over tells of nobody.
    """
    cells: dict[Name | None, frozenset[Name]] = {name: frozenset([name]) for name in counts}
    whole = {**cells, None: frozenset(counts)}
    held = hidden(
        whole, {name: people for name, (_, people) in counts.items()}, least, telling(counts, least, sensitive)
    )
    return frozenset(name for name in held if name is not None)


def telling(
    counts: Mapping[Leaf, tuple[int, int]], least: int, sensitive: bool
) -> Callable[[frozenset[Leaf]], bool] | None:
    """Return what `hidden` asks of sensitive (successes, people) of basic groups; None for what is not sensitive."""
    if not sensitive:
        return None
    return lambda leaves: reveals_everyone(
        sum(counts[leaf][0] for leaf in leaves), sum(counts[leaf][1] for leaf in leaves), least
    )


def reveals_everyone(successes: int, people: int, least: int) -> bool:
    """Whether none or all of a small group did something, which says it of each of them.

    For what is sensitive (failures, opinions): such a cell is not shown under twice the least size.
    """
    return people < 2 * least and successes in (0, people)


def _giving_away(
    cells: Mapping[Name, frozenset[Leaf]],
    count: Mapping[Name, int],
    shown: set[Name],
    too_few: Callable[[frozenset[Leaf]], bool],
) -> Name | None:
    """Return the smallest cell that, taken from one that holds it, leaves too few people over."""
    for whole in shown:
        within = [name for name in shown if cells[name] < cells[whole] and count[name]]
        left = cells[whole].difference(*(cells[name] for name in within))
        if within and too_few(left):
            outer = [name for name in within if not any(cells[name] < cells[other] for other in within)]
            return min(outer, key=lambda name: (count[name], str(name)))
    return None

"""Which teams, shifts and other groups of an indicator must not be told. Pure.

Several tables tell of the same people: an indicator by team, the gap between shifts on the same
outcome, what a stranger recomputes with. So teams and shifts are weighed together whatever a
table shows, as among the figures of completion (`progress.grouping`); what one hides another
does not give away.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from lms.evaluation.indicators.definition import Definition, Grouping
from lms.evaluation.measures.case import Case, grouped, people_counted
from lms.kernel.suppression import hidden, hidden_counts, telling

Leaf = tuple[str, str]
Name = tuple[str, str]
ALL: Name = ("all", "")


def held_teams(definition: Definition, cases: Sequence[Case], smallest: int) -> frozenset[str]:
    """Return the teams that must not be told; cases without an outcome are left out beforehand."""
    return _named("team", _held(definition, cases, smallest))


def held_shifts(definition: Definition, cases: Sequence[Case], smallest: int) -> frozenset[str]:
    """Return the shifts that must not be told; people of no shift are one that is called nothing, never told."""
    return _named("shift", _held(definition, cases, smallest)) | {""}


def held_groups(definition: Definition, cases: Sequence[Case], smallest: int) -> frozenset[str]:
    """Return the groups of the indicator's breakdown that must not be told.

    Cases of no group are one too, which is never shown: all less the groups that are shown would be these.
    """
    if definition.grouping is Grouping.TEAM:
        return held_teams(definition, cases, smallest)
    if definition.grouping is Grouping.SHIFT:
        return _named("shift", _held(definition, cases, smallest))
    groups = grouped(cases, lambda case: definition.group(case) or "")
    if definition.grouping is Grouping.EASE and _crosses(definition, cases, smallest):
        return frozenset(groups)
    counts = {name: people_counted(own) for name, own in groups.items()}
    return hidden_counts(counts, smallest, sensitive=definition.sensitive)


def _held(definition: Definition, cases: Sequence[Case], smallest: int) -> frozenset[Name]:
    leaves = _leaves(cases)
    return _too_few(definition, leaves, _cells(leaves), smallest)


def _leaves(cases: Sequence[Case]) -> dict[Leaf, list[Case]]:
    found: dict[Leaf, list[Case]] = defaultdict(list)
    for case in cases:
        found[leaf_of(case)].append(case)
    return found


def _cells(leaves: Mapping[Leaf, Sequence[Case]]) -> dict[Name, frozenset[Leaf]]:
    cells: dict[Name, set[Leaf]] = {ALL: set(leaves)}
    for leaf in leaves:
        cells.setdefault(("team", leaf[0]), set()).add(leaf)
        cells.setdefault(("shift", leaf[1]), set()).add(leaf)
    return {name: frozenset(own) for name, own in cells.items()}


def _crosses(definition: Definition, cases: Sequence[Case], smallest: int) -> bool:
    """Whether groups made of shifts would give away, beside the teams and shifts that are told, some that are not."""
    held = _held(definition, cases, smallest)
    leaves = _leaves(cases)
    told = {name: own for name, own in _cells(leaves).items() if name not in held}
    for name, own in grouped(cases, definition.group).items():
        told["group", name] = frozenset(map(leaf_of, own))
    return bool(_too_few(definition, leaves, told, smallest))


def _too_few(
    definition: Definition,
    leaves: Mapping[Leaf, Sequence[Case]],
    cells: Mapping[Name, frozenset[Leaf]],
    smallest: int,
) -> frozenset[Name]:
    counts = {leaf: people_counted(own) for leaf, own in leaves.items()}
    sizes = {leaf: people for leaf, (_, people) in counts.items()}
    return hidden(cells, sizes, smallest, telling(counts, smallest, definition.sensitive))


def leaf_of(case: Case) -> Leaf:
    """Return the team and the shift of a case."""
    return case.team, case.shift or ""


def _named(kind: str, held: frozenset[Name]) -> frozenset[str]:
    return frozenset(name for of, name in held if of == kind)

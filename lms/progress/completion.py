"""How many completed what, by team and by shift; groups too small to be shown are not in it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from lms.kernel.suppression import hidden
from lms.progress.following import Followed, Words
from lms.progress.rules import State


@dataclass(frozen=True)
class Cell:
    """A group of people and a module."""

    name: str
    hidden: bool = False
    """Too small to be shown, or it would give away one that is; then all numbers are 0."""
    people: int = 0
    completed: int = 0
    in_time: int = 0
    under_way: int = 0
    not_started: int = 0
    late: int = 0

    @property
    def share(self) -> float | None:
        """Completed over all, 0 to 1; None for nobody."""
        return self.completed / self.people if self.people else None


@dataclass(frozen=True)
class ModuleCompletion:
    """A module, as far as its people are: all of them, and by group."""

    module_id: int
    module: str
    """The module's code."""
    title: Words
    total: Cell
    teams: list[Cell] = field(default_factory=list)
    shifts: list[Cell] = field(default_factory=list)


TOTAL = ("total", None)


def completion(rows: Iterable[Followed], least: int) -> list[ModuleCompletion]:
    """Return the figures of each module, in the order of first appearance.

    A person planned twice for a module counts once, with the earlier due day. Teams and
    shifts are weighed together: what one breakdown hides the other does not give away.
    """
    by_module: dict[int, dict[int, Followed]] = defaultdict(dict)
    for row in sorted(rows, key=lambda row: row.due_on):
        by_module[row.module_id].setdefault(row.person_id, row)
    return [_module(module_id, list(people.values()), least) for module_id, people in by_module.items()]


def _module(module_id: int, rows: list[Followed], least: int) -> ModuleCompletion:
    groups: dict[tuple[str, int | None], list[Followed]] = defaultdict(list)
    names: dict[tuple[str, int | None], str] = {TOTAL: ""}
    for row in rows:
        for key, name in (TOTAL, ""), (("team", row.team_id), row.team), (("shift", row.shift_id), row.shift):
            groups[key].append(row)
            names[key] = name
    sizes = {key[1]: len(people) for key, people in groups.items() if key[0] == "team"}
    cells = {key: frozenset(row.team_id for row in people) for key, people in groups.items()}
    held = hidden(cells, sizes, least)
    shown = {key: _cell(names[key], groups[key], key in held) for key in groups}
    return ModuleCompletion(
        module_id=module_id,
        module=rows[0].module,
        title=rows[0].title,
        total=shown[TOTAL],
        teams=_of("team", shown),
        shifts=_of("shift", shown),
    )


def _of(kind: str, shown: dict[tuple[str, int | None], Cell]) -> list[Cell]:
    return sorted((cell for (of, _), cell in shown.items() if of == kind), key=lambda cell: cell.name)


def _cell(name: str, rows: list[Followed], is_hidden: bool) -> Cell:
    if is_hidden:
        return Cell(name, hidden=True)
    states = [row.state for row in rows]
    return Cell(
        name=name,
        people=len(rows),
        completed=states.count(State.COMPLETED),
        in_time=sum(row.in_time for row in rows),
        under_way=states.count(State.UNDER_WAY),
        not_started=states.count(State.NOT_STARTED),
        late=states.count(State.LATE),
    )

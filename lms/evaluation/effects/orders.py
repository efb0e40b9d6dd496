"""Modules in two orders: what being taught a module adds to waiting for it. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Any

from lms.evaluation.designs import LEAST_TEAMS, Comparison, Step
from lms.evaluation.effects.told import Change, Why, difference, from_interval
from lms.evaluation.estimators.crossover import LEAST_PER_ORDER, crossover
from lms.evaluation.facts import Facts
from lms.evaluation.indicators.midpoint import Half, halves
from lms.evaluation.protocol import FrozenIndicator
from lms.evaluation.rounding import rounded

Document = dict[str, Any]
DESIGN = Comparison.COUNTERBALANCED
FURTHER: Document = {"modules": [], "module_difference": None}


@dataclass(frozen=True)
class Tested:
    """An indicator that tests one of the modules, and that module."""

    module: str
    tests: tuple[str, ...]


def change(
    entry: FrozenIndicator,
    own: Tested | None,
    others: Sequence[Tested],
    facts: Facts,
    steps: Sequence[Step],
    smallest: int,
) -> Change:
    """Return what being taught adds; `others` are what further indicators of the kind test, `facts` the pilot's."""
    found = Change(DESIGN, difference(entry.definition.unit), Why.ONLY_AFTER, level=entry.rule.level, further=FURTHER)
    if not entry.definition.tested:
        return found
    pair = next((pair for other in others if own and (pair := paired(own, other, steps))), None)
    if pair is None:
        return replace(found, why=Why.NO_PAIR)
    modules, tests, orders = pair
    people, lacking = halves(facts, orders, tests)
    found = replace(found, left_out=lacking, people=len(people), further={**FURTHER, "modules": list(modules)})
    if not people:
        return replace(found, why=Why.NO_DATA)
    if len(people) < smallest:
        return replace(found, why=Why.SMALL, people=None, left_out=0)
    return _measured(found, people, orders, smallest)


def tested_module(modules: Collection[str], tests: Collection[str]) -> Tested | None:
    """Return the one module of an indicator that is no test itself; None where there is none or several."""
    found = sorted(set(modules) - set(tests))
    return Tested(found[0], tuple(tests)) if tests and len(found) == 1 else None


Pair = tuple[tuple[str, str], Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, str]]]


def paired(own: Tested, other: Tested, steps: Sequence[Step]) -> Pair | None:
    """Return two modules that teams take in both orders, their tests, and the order of each team."""
    modules = (own.module, other.module)
    if own.module == other.module or set(own.tests) & set(other.tests):
        return None
    backwards = (other.module, own.module)
    orders = {}
    for step in steps:
        order = tuple(module for module in step.modules if module in modules)
        if order in (modules, backwards):
            orders[step.team] = modules if order == modules else backwards
    if len(set(orders.values())) < len(modules):
        return None
    return modules, {own.module: own.tests, other.module: other.tests}, orders


def _measured(found: Change, people: Sequence[Half], orders: Mapping[str, tuple[str, str]], smallest: int) -> Change:
    teams: dict[str, list[Half]] = {}
    for one in people:
        teams.setdefault(one.team, []).append(one)
    first_order = tuple(found.further["modules"])
    sides = [[team for team in sorted(teams) if (orders[team] == first_order) is first] for first in (True, False)]
    sizes = [sum(len(teams[team]) for team in side) for side in sides if side]
    if min(sizes) < smallest:
        # What being taught adds in all, less what it adds in the other order, would be theirs.
        return replace(found, why=Why.SMALL, people=None, left_out=0)
    found = replace(found, teams=len(teams), rows=[_row(side, teams, orders) for side in sides if side])
    if not all(sides):
        return replace(found, why=Why.FEW_TEAMS)
    each = {team: fmean(one.taught - one.waiting for one in own) for team, own in teams.items()}
    first, second = ([each[team] for team in side] for side in sides)
    measured = crossover(first, second, found.level)
    told = all(len(own) >= smallest for own in teams.values())
    found = replace(
        found,
        value=measured.taught.value,
        further={**found.further, "module_difference": rounded(measured.modules)},
        cells=[_cell(team, place, each[team]) for place, side in enumerate(sides) for team in side] if told else None,
    )
    if len(teams) < LEAST_TEAMS[DESIGN] or min(map(len, sides)) < LEAST_PER_ORDER:
        return replace(found, why=Why.FEW_TEAMS)
    interval = measured.taught.interval
    return replace(found, why=from_interval(interval, Why.ALIKE), interval=interval)


def _cell(team: str, order: int, value: float) -> Document:
    return {"team": team, "order": order, "value": rounded(value)}


def _row(side: Sequence[str], teams: Mapping[str, Sequence[Half]], orders: Mapping[str, tuple[str, str]]) -> Document:
    """Return the mean gains of an order, teams counting alike."""
    taught, waiting = (
        rounded(fmean(fmean(getattr(one, name) for one in teams[team]) for team in side))
        for name in ("taught", "waiting")
    )
    return {
        "order": list(orders[side[0]]),
        "with": taught,
        "without": waiting,
        "with_teams": len(side),
        "without_teams": len(side),
    }

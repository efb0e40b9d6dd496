"""How often intervals of a change hold the truth where teams start by steps, or take modules in two orders.

Starts by steps: each team has ten people a period (or four events on average), a level of its
own, a level of its own in each period, and everybody's level rises from period to period; the
interval is the product's. Two orders: ten people a team, gains of either module with a standard
deviation of 25 points, one module that gives ten points more than the other. *False better* is how often
a change would be told where there is none, nominally .025. The tables go into
`docs/statistics.md`.

    python -m bench.coverage_designs [--replicates N]
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean
from typing import Any

import numpy

from bench.coverage import SEED, places, put
from lms.evaluation.estimators.crossover import crossover
from lms.evaluation.estimators.means import mean
from lms.evaluation.estimators.wedge import Steps, wedge
from lms.kernel.intervals import Interval

REPLICATES, MOST_WAYS = 2_000, 1_000
SIZE, EVENTS, RISE = 10, 4.0, 0.03
SHARE, SPREAD, EASIER = 0.55, 0.25, 0.10
CHANGE = {"share": 0.15, "events": -1.0, "gain": 0.10}
ICCS = (0.0, 0.05, 0.15)


@dataclass(frozen=True)
class Cell:
    """Teams, how many start (or have the same order) together, and how alike people of one team are."""

    kind: str
    teams: int
    together: int
    icc: float


STEPPED = [
    Cell(kind, teams, together, icc)
    for kind, iccs in (("share", ICCS), ("events", (0.05,)))
    for teams, together in ((6, 3), (6, 2), (8, 2), (9, 3), (12, 4))
    for icc in iccs
]
ORDERS = [Cell("gain", teams, teams // 2, icc) for teams in (2, 4, 6, 8, 12) for icc in ICCS]


@dataclass
class Tally:
    """How often an interval was there, held the truth, and told that it is better."""

    tried: int = 0
    told: int = 0
    held: int = 0
    better: int = 0

    def add(self, interval: Interval | None, truth: float, *, more: bool) -> None:
        """Count one interval; `more` is better or not."""
        self.tried += 1
        if interval is not None:
            self.told += 1
            self.held += interval.low <= truth <= interval.high
            self.better += interval.low > 0 if more else interval.high < 0

    def share(self, name: str) -> str:
        """Return one of the counts over what it can be at most, in the table's way."""
        whole = self.told if name == "held" else self.tried
        return places(getattr(self, name) / whole) if whole else "none"


def simulate(cell: Cell, replicates: int, truth: float) -> dict[str, Tally]:
    """Return what came out of the product's interval, and of one that forgets time or teams."""
    found = {"own": Tally(), "naive": Tally()}
    random = numpy.random.default_rng(
        [SEED, round(100 * cell.icc), cell.teams, cell.together, round(1000 * abs(truth))]
    )
    for _ in range(replicates):
        own, naive = _crossed(cell, truth, random) if cell.kind == "gain" else _stepped(cell, truth, random)
        for name, interval in (("own", own), ("naive", naive)):
            found[name].add(interval, truth, more=cell.kind != "events")
    return found


def _stepped(cell: Cell, truth: float, random: Any) -> tuple[Interval | None, Interval | None]:
    teams = list(_teams(cell, truth, random))
    found = wedge(teams, most=MOST_WAYS)
    before_after = [fmean(team.values[team.start :]) - fmean(team.values[: team.start]) for team in teams]
    return found.change.interval if found else None, mean(before_after).interval


def _teams(cell: Cell, truth: float, random: Any) -> Iterator[Steps]:
    periods = cell.teams // cell.together + 1
    deviation = sqrt(SHARE * (1 - SHARE)) if cell.kind == "share" else sqrt(EVENTS)
    for team in range(cell.teams):
        start = 1 + team // cell.together
        level = random.normal(0, deviation * sqrt(0.8 * cell.icc))
        values = []
        for period in range(periods):
            here = level + random.normal(0, deviation * sqrt(0.2 * cell.icc)) + truth * (period >= start)
            if cell.kind == "share":
                values.append(random.binomial(SIZE, min(max(SHARE - 0.1 + here + RISE * period, 0), 1)) / SIZE)
            else:
                values.append(float(random.poisson(max(EVENTS + here - 10 * RISE * period, 0))))
        yield Steps(start, tuple(values))


def _crossed(cell: Cell, truth: float, random: Any) -> tuple[Interval | None, Interval | None]:
    orders: list[list[float]] = [[], []]
    people: list[float] = []
    for team in range(cell.teams):
        order = team % 2
        centre = truth + (EASIER if order == 0 else -EASIER) + random.normal(0, SPREAD * sqrt(2 * cell.icc))
        own = random.normal(centre, SPREAD * sqrt(2 * (1 - cell.icc)), size=SIZE)
        orders[order].append(float(own.mean()))
        people += own.tolist()
    return crossover(*orders).taught.interval, mean(people).interval


def lines(cells: Sequence[Cell], replicates: int, naive: str) -> Iterator[str]:
    """Yield the lines of a table."""
    yield (
        "| Figure | True ICC | Teams × together | No interval | Coverage, no change | Coverage, a change "
        f"| False *better* | Change told | False *better*, {naive} |"
    )
    yield "|---|---|---|---|---|---|---|---|---|"
    for cell in cells:
        truth = CHANGE[cell.kind]
        none, some = simulate(cell, replicates, 0.0), simulate(cell, replicates, truth)
        own = none["own"]
        figures = (
            places(1 - own.told / own.tried), own.share("held"), some["own"].share("held"),
            own.share("better"), some["own"].share("better"), none["naive"].share("better"),
        )  # fmt: skip
        yield f"| {cell.kind} | {cell.icc:.2f} | {cell.teams} × {cell.together} | {' | '.join(figures)} |"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.coverage_designs", description=__doc__.splitlines()[0])
    parser.add_argument("--replicates", type=int, default=REPLICATES)
    replicates = parser.parse_args(arguments).replicates
    said = (
        f"Seed {SEED}, {replicates:,} replicates a cell: a share of .95 is known to about "
        f"{places(2 * sqrt(0.95 * 0.05 / replicates))}."
    )
    for name, cells, naive in (("steps", STEPPED, "time left out"), ("orders", ORDERS, "teams left out")):
        found = []
        for line in lines(cells, replicates, naive):
            print(line, flush=True)
            found.append(line)
        put(name, [said, "", *found])
    return 0


if __name__ == "__main__":
    sys.exit(main())

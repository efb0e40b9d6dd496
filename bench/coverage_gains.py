"""How often intervals of a mean gain hold the truth when people come in teams.

Gains are normal with mean 2.5 and standard deviation 2, alike within teams by the given
correlation; the intervals are those of the product with the floor .05. The table goes into
`docs/statistics.md`. Each replicate draws its people thousands of times: this takes minutes.

    python -m bench.coverage_gains [--replicates N]
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from math import sqrt

import numpy

from bench.coverage import SEED, Cell, places, put
from lms.evaluation.estimators.bootstrap import drawn_again
from lms.evaluation.estimators.clusters import design_effect_of_mean
from lms.evaluation.estimators.estimates import widened
from lms.evaluation.estimators.gains import Pair, mean_gain
from lms.evaluation.estimators.means import mean
from lms.evaluation.estimators.ranks import hodges_lehmann
from lms.kernel.intervals import Interval

TRUTH, SPREAD, FLOOR, REPLICATES = 2.5, 2.0, 0.05, 400
Teams = Sequence[Sequence[float]]


def drawn(teams: Teams) -> Interval | None:
    return mean_gain([[Pair(0, gain) for gain in team] for team in teams], FLOOR).interval


def ranked(teams: Teams) -> Interval | None:
    deff = design_effect_of_mean(teams, FLOOR)
    return widened(hodges_lehmann([gain for team in teams for gain in team]), deff).interval


def students(teams: Teams) -> Interval | None:
    return mean([gain for team in teams for gain in team], design_effect_of_mean(teams, FLOOR)).interval


def teams_alone(teams: Teams) -> Interval | None:
    """What drawing whole teams would give by itself."""
    return drawn_again([(sum(team), float(len(team))) for team in teams])


INTERVALS: dict[str, Callable[[Teams], Interval | None]] = {
    "`mean_gain`": drawn,
    "`hodges_lehmann`, widened": ranked,
    "`mean`, its error times √DEFF": students,
    "teams alone drawn (not used)": teams_alone,
}
CELLS = [Cell(TRUTH, icc, *shape) for shape in ((3, 12), (6, 10), (10, 8), (20, 8)) for icc in (0.0, 0.05, 0.15)]


def simulate(cell: Cell, replicates: int) -> dict[str, float]:
    """Return how often each interval held the truth."""
    held = dict.fromkeys(INTERVALS, 0)
    for teams in _draws(cell, replicates):
        for name, interval in INTERVALS.items():
            found = interval(teams)
            held[name] += found is not None and found.low <= TRUTH <= found.high
    return {name: count / replicates for name, count in held.items()}


def _draws(cell: Cell, replicates: int) -> Iterator[Teams]:
    random = numpy.random.default_rng([SEED, round(100 * cell.icc), cell.teams, cell.size])
    for _ in range(replicates):
        centres = TRUTH + SPREAD * sqrt(cell.icc) * random.normal(size=cell.teams)
        yield [
            (centre + SPREAD * sqrt(1 - cell.icc) * random.normal(size=size)).tolist()
            for centre, size in zip(centres, cell.sizes, strict=True)
        ]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.coverage_gains", description=__doc__.splitlines()[0])
    parser.add_argument("--replicates", type=int, default=REPLICATES)
    replicates = parser.parse_args(arguments).replicates
    lines = [
        f"Seed {SEED}, {replicates:,} replicates a cell: a share of .95 is known to about "
        f"{places(2 * sqrt(0.95 * 0.05 / replicates))}.",
        "",
        f"| True ICC | Teams × size | {' | '.join(INTERVALS)} |",
        "|---|---|" + "---|" * len(INTERVALS),
    ]
    for cell in CELLS:
        found = " | ".join(places(share) for share in simulate(cell, replicates).values())
        lines.append(f"| {cell.icc:.2f} | {cell.teams} × {cell.size} | {found} |")
        print(lines[-1], flush=True)
    put("gains", lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())

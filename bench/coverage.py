"""How often the 95 % interval holds the truth when people come in teams, and how often *met* is wrong.

Shares only. For each cell, team rates are drawn from a beta distribution with the given
mean and correlation within teams, then successes from binomial ones; the design effect,
the interval and the verdict are those of the product, called once for each replicate. The
table goes into `docs/statistics.md`; the cells that the reference simulated as well are
compared with it.

    python -m bench.coverage [--replicates N]
"""

import argparse
import csv
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import numpy

from lms.evaluation.estimators.clusters import Cluster, design_effect, share
from lms.evaluation.verdict import Direction, Verdict, decide
from lms.kernel.intervals import wilson

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "statistics.md"
REFERENCE = Path(__file__).with_name("coverage_reference.csv")
"""The reference's own simulation, annex A: 20,000 replicates a cell, to three places."""
REFERENCE_REPLICATES = 20_000
SEED, REPLICATES = 20260101, 20_000
FLOORS = (0.05, 0.10)


@dataclass(frozen=True)
class Cell:
    """A true share, a true correlation within teams, and how many teams of which mean size."""

    p: float
    icc: float
    teams: int
    size: int

    @property
    def sizes(self) -> list[int]:
        """Two more and two fewer than the mean size by turns."""
        return [self.size + (2 if place % 2 == 0 else -2) for place in range(self.teams)]


@dataclass(frozen=True)
class Found:
    """What came out under one floor of the design effect."""

    coverage: float
    width: float
    false_met: float
    """Share of verdicts *met* when the threshold is the truth itself; nominally .025."""


SHAPES = ((3, 12), (4, 10), (6, 10), (10, 8), (15, 8), (20, 8), (30, 8))
CELLS = [Cell(p, icc, *shape) for p in (0.70, 0.85) for icc in (0.0, 0.05, 0.10, 0.15) for shape in SHAPES]


def simulate(cell: Cell, replicates: int, seed: int = SEED, floors: Sequence[float] = FLOORS) -> dict[float, Found]:
    """Return what came out under each floor; the same numbers for the same cell, replicates and seed."""
    tallies = {floor: [0, 0.0, 0] for floor in floors}
    for clusters in _draws(cell, replicates, seed):
        p = share(clusters)
        for floor, tally in tallies.items():
            n_eff = sum(cell.sizes) / design_effect(clusters, floor)
            interval = wilson(p * n_eff, n_eff)
            tally[0] += interval.low <= cell.p <= interval.high
            tally[1] += interval.high - interval.low
            tally[2] += decide(interval, cell.p, Direction.GE)[0] is Verdict.MET
    return {floor: Found(*(total / replicates for total in tally)) for floor, tally in tallies.items()}


def _draws(cell: Cell, replicates: int, seed: int) -> Iterator[list[Cluster]]:
    # Seeded by what the cell is, so that a cell gives the same alone as among the others.
    random = numpy.random.default_rng([seed, round(100 * cell.p), round(100 * cell.icc), cell.teams, cell.size])
    sizes = cell.sizes
    rates = numpy.full((replicates, cell.teams), cell.p)
    if cell.icc:
        strength = (1 - cell.icc) / cell.icc
        rates = random.beta(cell.p * strength, (1 - cell.p) * strength, (replicates, cell.teams))
    for successes in random.binomial(sizes, rates).tolist():
        yield [Cluster(x, m) for x, m in zip(successes, sizes, strict=True)]


def reference() -> dict[tuple[Cell, float], Found]:
    """Return what the reference found, by cell and floor."""
    found = {}
    with REFERENCE.open(newline="") as file:
        for row in csv.DictReader(file):
            cell = Cell(float(row["p"]), float(row["icc"]), int(row["teams"]), int(row["size"]))
            values = (float(row[name]) for name in ("coverage", "width", "false_met"))
            found[cell, float(row["floor"])] = Found(*values)
    return found


def surprise(found: float, said: float, replicates: int) -> float:
    """Return how many standard errors two simulated shares lie apart, beyond what rounding does."""
    middle = max((found + said) / 2, 1 / REFERENCE_REPLICATES)
    error = sqrt(middle * (1 - middle) * (1 / replicates + 1 / REFERENCE_REPLICATES))
    return max(abs(found - said) - 0.0005, 0) / error


def line(cell: Cell, found: dict[float, Found], shared: bool) -> str:
    """Return a line of the table in the document."""
    figures = " | ".join(
        f"{places(one.coverage)} ({places(one.width)}) | {places(one.false_met)}" for one in found.values()
    )
    mark = " *" if shared else ""
    return f"| {cell.p:.2f} | {cell.icc:.2f} | {cell.teams} × {cell.size}{mark} | {figures} |"


def places(share: float) -> str:
    """Return a share to three places, without the nought before the point."""
    return f"{share:.3f}".removeprefix("0")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.coverage", description=__doc__.splitlines()[0])
    parser.add_argument("--replicates", type=int, default=REPLICATES)
    replicates = parser.parse_args(arguments).replicates
    said, lines, surprises = reference(), [], []
    for cell in CELLS:
        found = simulate(cell, replicates)
        shared = (cell, FLOORS[0]) in said
        lines.append(line(cell, found, shared))
        print(lines[-1], flush=True)
        for floor, one in found.items() if shared else ():
            other = said[cell, floor]
            surprises.append(surprise(one.coverage, other.coverage, replicates))
            surprises.append(surprise(one.false_met, other.false_met, replicates))
    worst = max(surprises)
    _write(lines, replicates, len(surprises), worst)
    print(f"{len(surprises)} figures shared with the reference, at most {worst:.1f} standard errors apart")
    return int(worst > 4)


def _write(lines: list[str], replicates: int, shared: int, worst: float) -> None:
    head = [
        f"Seed {SEED}, {replicates:,} replicates a cell. The {shared} figures of cells marked * that the reference",
        f"simulated too lie at most {worst:.1f} standard errors from it.",
        "",
        "| True share | True ICC | Teams × size | floor .05: coverage (width) | false *met* "
        "| floor .10: coverage (width) | false *met* |",
        "|---|---|---|---|---|---|---|",
    ]
    put("coverage", [*head, *lines])


def put(name: str, lines: list[str]) -> None:
    """Put lines between the marks of that name in the document."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, rest = DOCUMENT.read_text().split(begin)
    DOCUMENT.write_text("\n".join([before + begin, *lines, end + rest.split(end)[1]]))


if __name__ == "__main__":
    sys.exit(main())

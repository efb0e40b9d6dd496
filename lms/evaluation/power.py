"""Chances of a verdict, shown while a threshold is being frozen (evaluation reference, section 3.8). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from lms.evaluation.chances import Chances, chances, least_successes
from lms.evaluation.estimators.clusters import Cluster, planned_deff
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction

STEPS = (-0.1, 0.0, 0.05, 0.1, 0.15)
"""True shares to try, from the threshold towards the better side."""


@dataclass(frozen=True)
class Power:
    """What one indicator can show with these teams; nothing is computed for what is no share."""

    code: str
    n: int
    deff: float
    """The floor of the design effect with these teams."""
    needed: int | None
    """How many must succeed (at most, where less is better) for *met*; None when none suffices."""
    enough: bool
    """Whether the least numbers of people and teams can be reached."""
    alike: tuple[Chances, ...]
    """With teams as alike as the planning ICC says."""
    independent: tuple[Chances, ...]
    """If people of one team resembled each other no more than others: the best case."""


def power(
    code: str, indicator: str, sizes: Sequence[int], *, threshold: float, n_min: int, min_teams: int, icc0: float
) -> Power:
    """Return the chances of each verdict for one indicator."""
    definition = INDICATORS[indicator]
    n = sum(sizes)
    deff = planned_deff([Cluster(0, size) for size in sizes], icc0) if sizes else 1.0
    enough = n >= n_min and len(sizes) >= min_teams
    if definition.unit is not Unit.SHARE or not sizes:
        return Power(code, n, deff, None, enough, (), ())
    better = 1 if definition.direction is Direction.GE else -1
    truths = [threshold + better * step for step in STEPS]
    tried = [round(truth, 6) for truth in truths if 0 < truth < 1]
    alike, independent = (
        tuple(chances(sizes, truth, threshold, definition.direction, icc) for truth in tried) for icc in (icc0, 0.0)
    )
    return Power(code, n, deff, least_successes(n, threshold, definition.direction, deff), enough, alike, independent)

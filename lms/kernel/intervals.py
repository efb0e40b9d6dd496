"""Intervals for estimates, and Wilson's for shares: the one that every room may need.

What else is estimated, and how teams are allowed for, stands in `evaluation/estimators`.
Levels are two-sided, 0.95 unless said otherwise.
"""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist


@dataclass(frozen=True)
class Interval:
    """A lower and an upper bound."""

    low: float
    high: float


def z_value(level: float) -> float:
    """Return the two-sided standard normal quantile: 1.959964 at level 0.95."""
    return NormalDist().inv_cdf((1 + level) / 2)


def wilson(successes: float, n: float, level: float = 0.95) -> Interval:
    """Return Wilson's score interval for a share, within 0 to 1.

    `successes` and `n` (above 0) need not be whole: with teams they are divided by the
    design effect. Newcombe, Statistics in Medicine 17, 1998.
    """
    p, z = successes / n, z_value(level)
    scale = 1 + z * z / n
    centre = (p + z * z / (2 * n)) / scale
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / scale
    # At 0 and 1 the bound equals the share exactly; rounding must not move it inwards.
    return Interval(0.0 if p == 0 else max(centre - half, 0.0), 1.0 if p == 1 else min(centre + half, 1.0))

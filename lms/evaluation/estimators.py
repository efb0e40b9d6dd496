"""Intervals for shares of people who come in teams (evaluation reference, sections 3.2, 3.3 and 3.10).

Standard library only, so that a server needs no statistics package; the tests hold values
that scipy and statsmodels gave. Levels are two-sided, 0.95 unless said otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist


@dataclass(frozen=True)
class Interval:
    """A lower and an upper bound."""

    low: float
    high: float


@dataclass(frozen=True)
class Cluster:
    """A team: how many of its members count as a success."""

    successes: float
    members: float


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


def newcombe(first: Cluster, second: Cluster, level: float = 0.95) -> Interval:
    """Return Newcombe's hybrid score interval for the first share minus the second, within -1 to 1.

    Members may be divided by a design effect beforehand, with their successes.
    """
    p1, p2 = first.successes / first.members, second.successes / second.members
    one = wilson(first.successes, first.members, level)
    two = wilson(second.successes, second.members, level)
    below = sqrt((p1 - one.low) ** 2 + (two.high - p2) ** 2)
    above = sqrt((one.high - p1) ** 2 + (p2 - two.low) ** 2)
    return Interval(max(p1 - p2 - below, -1.0), min(p1 - p2 + above, 1.0))


def absolute(difference: Interval) -> Interval:
    """Return the interval of the size of a difference, whichever way it goes."""
    low, high = sorted((abs(difference.low), abs(difference.high)))
    return Interval(0.0 if difference.low <= 0 <= difference.high else low, high)


def share(clusters: Sequence[Cluster]) -> float:
    """Return the share of successes over all teams together."""
    return sum(team.successes for team in clusters) / sum(team.members for team in clusters)


def typical_size(clusters: Sequence[Cluster]) -> float:
    """Return the size of the team of a typical member: the sum of squares over the sum."""
    return sum(team.members**2 for team in clusters) / sum(team.members for team in clusters)


def estimated_deff(clusters: Sequence[Cluster]) -> float:
    """Return how many times wider than independence the teams make the variance.

    The linearised variance of the share over the binomial one; 1 when there is one team or
    when everybody or nobody succeeds, so that the floor decides.
    """
    k, n, p = len(clusters), sum(team.members for team in clusters), share(clusters)
    if k < 2 or p in (0, 1):
        return 1.0
    between = sum((team.successes - p * team.members) ** 2 for team in clusters) / n**2
    return (k / (k - 1) * between) / (p * (1 - p) / n)


def planned_deff(clusters: Sequence[Cluster], icc0: float) -> float:
    """Return the floor of the design effect: what teams so large would do at the planning ICC."""
    return max(1.0, 1 + (typical_size(clusters) - 1) * icc0)


def design_effect(clusters: Sequence[Cluster], icc0: float) -> float:
    """Return the design effect used: the estimate, never under the floor, never under 1.

    With three to six teams the estimate alone is too noisy: see the simulation in
    section 3.3 of the reference.
    """
    return max(estimated_deff(clusters), planned_deff(clusters, icc0))


def intraclass_correlation(clusters: Sequence[Cluster]) -> float | None:
    """Return the ANOVA estimate of the ICC; None when it cannot be estimated."""
    k, n = len(clusters), sum(team.members for team in clusters)
    if k < 2 or n <= k:
        return None
    p = share(clusters)
    rates = [(team.members, team.successes / team.members) for team in clusters]
    between = sum(m * (rate - p) ** 2 for m, rate in rates) / (k - 1)
    within = sum(m * rate * (1 - rate) for m, rate in rates) / (n - k)
    m0 = (n - typical_size(clusters)) / (k - 1)
    spread = between + (m0 - 1) * within
    return (between - within) / spread if spread else None


def missing_bounds(successes: float, observed: float, total: float) -> Interval:
    """Return the share if all whose outcome is missing had failed, and if all had succeeded."""
    return Interval(successes / total, (successes + total - observed) / total)

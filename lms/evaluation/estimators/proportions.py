"""Differences of shares, missing outcomes, recommendation scores (evaluation reference, sections 3.2 and 3.10).

Wilson's interval for one share is `kernel.intervals.wilson`.
"""

from dataclasses import dataclass
from math import sqrt

from lms.evaluation.estimators.clusters import Cluster
from lms.evaluation.estimators.estimates import Estimate, clipped
from lms.kernel.intervals import Interval, wilson, z_value
from lms.kernel.later import Later

special = Later("scipy.special")


@dataclass(frozen=True)
class Pairs:
    """How many people succeeded both times, only the first, only the second, neither."""

    both: float
    first_only: float
    second_only: float
    neither: float


def newcombe(first: Cluster, second: Cluster, level: float = 0.95) -> Interval:
    """Return Newcombe's hybrid score interval for the first share minus the second, within -1 to 1.

    Members may be divided by a design effect beforehand, with their successes.
    """
    p1, p2 = first.successes / first.members, second.successes / second.members
    return _hybrid(p1, p2, first.members, second.members, 0.0, level)


def newcombe_paired(pairs: Pairs, level: float = 0.95) -> Estimate:
    """Return the first share minus the second of the same people, with Newcombe's interval (method 10).

    Newcombe, Statistics in Medicine 17, 1998: the correlation of the two answers shortens the
    interval, less a continuity correction. statsmodels 0.15.0 has none for pairs.
    """
    a, b, c, d = pairs.both, pairs.first_only, pairs.second_only, pairs.neither
    n = a + b + c + d
    p1, p2 = (a + b) / n, (a + c) / n
    return Estimate(p1 - p2, _hybrid(p1, p2, n, n, _correlation(a, b, c, d), level), level)


def _correlation(a: float, b: float, c: float, d: float) -> float:
    n, root = a + b + c + d, sqrt((a + b) * (c + d) * (a + c) * (b + d))
    if not root:
        return 0.0
    product = a * d - b * c
    return (max(product - n / 2, 0.0) if product > 0 else product) / root


def _hybrid(p1: float, p2: float, n1: float, n2: float, phi: float, level: float) -> Interval:
    one, two = wilson(p1 * n1, n1, level), wilson(p2 * n2, n2, level)
    below = _length(p1 - one.low, two.high - p2, phi)
    above = _length(one.high - p1, p2 - two.low, phi)
    return clipped(Interval(p1 - p2 - below, p1 - p2 + above), Interval(-1.0, 1.0))


def _length(first: float, second: float, phi: float) -> float:
    # Rounding alone can make the square negative, where both arms are equal and phi is 1.
    return sqrt(max(first**2 - 2 * phi * first * second + second**2, 0.0))


def absolute(difference: Interval) -> Interval:
    """Return the interval of the size of a difference, whichever way it goes."""
    low, high = sorted((abs(difference.low), abs(difference.high)))
    return Interval(0.0 if difference.low <= 0 <= difference.high else low, high)


def missing_bounds(successes: float, observed: float, total: float) -> Interval:
    """Return the share if all whose outcome is missing had failed, and if all had succeeded."""
    return Interval(successes / total, (successes + total - observed) / total)


def net_promoter_score(
    promoters: float, passives: float, detractors: float, deff: float = 1.0, level: float = 0.95
) -> Estimate:
    """Return the percentage of promoters minus that of detractors, -100 to 100, with a normal interval.

    None when all answered alike. Descriptive only: under a hundred answers it is wider than
    anyone would guess.
    """
    n = promoters + passives + detractors
    value = (promoters - detractors) / n
    variance = (promoters + detractors) / n - value**2
    if variance <= 0:
        return Estimate(100 * value, None, level)
    half = z_value(level) * sqrt(variance * deff / n)
    interval = Interval(100 * (value - half), 100 * (value + half))
    return Estimate(100 * value, clipped(interval, Interval(-100.0, 100.0)), level)


def probability_above(successes: float, n: float, threshold: float) -> float:
    """Return how probable a share above the threshold is, by Jeffreys' Beta(x + 1/2, n - x + 1/2).

    For display: it never decides. Divide `successes` and `n` by the design effect first.
    """
    return float(special.betaincc(successes + 0.5, n - successes + 0.5, threshold))

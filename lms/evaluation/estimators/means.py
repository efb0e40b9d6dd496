"""Means of scores and of times (evaluation reference, sections 3.2 and 3.3)."""

from collections.abc import Sequence
from functools import lru_cache
from math import exp, log, sqrt
from statistics import fmean, stdev

from lms.evaluation.estimators.estimates import Estimate, clipped
from lms.kernel.intervals import Interval
from lms.kernel.later import Later

stats = Later("scipy.stats")


def mean(values: Sequence[float], deff: float = 1.0, level: float = 0.95, within: Interval | None = None) -> Estimate:
    """Return the mean with Student's interval, its standard error times the root of the design effect.

    `within` are the bounds of the scale. No interval for one value, nor when all are equal.
    """
    centre = fmean(values)
    if len(values) < 2 or min(values) == max(values):
        return Estimate(centre, None, level)
    half = student(level, len(values) - 1) * stdev(values) * sqrt(deff / len(values))
    return Estimate(centre, clipped(Interval(centre - half, centre + half), within), level)


@lru_cache(maxsize=1024)
def student(level: float, freedom: int) -> float:
    """Return Student's two-sided quantile; kept, since scipy takes a millisecond to find it."""
    return float(stats.t.ppf((1 + level) / 2, freedom))


def geometric_mean(values: Sequence[float], deff: float = 1.0, level: float = 0.95) -> Estimate:
    """Return the geometric mean of positive values, its interval being Student's of their logarithms."""
    logs = mean([log(value) for value in values], deff, level)
    interval = logs.interval and Interval(exp(logs.interval.low), exp(logs.interval.high))
    return Estimate(exp(logs.value), interval, level)

"""What every estimator returns."""

from dataclasses import dataclass
from math import sqrt

from lms.kernel.intervals import Interval


@dataclass(frozen=True)
class Estimate:
    """A figure and the interval about it.

    `interval` is None when none can be claimed: too few values, or values that do not vary,
    which would otherwise give an interval without width.
    """

    value: float
    interval: Interval | None
    level: float = 0.95
    """The confidence of the interval; where only some are possible, the one achieved."""


def widened(estimate: Estimate, deff: float, within: Interval | None = None) -> Estimate:
    """Return the estimate with each arm of its interval longer by the root of the design effect.

    An approximation for fewer than ten teams (evaluation reference, section 3.3); `within`
    are the bounds of the scale.
    """
    if estimate.interval is None:
        return estimate
    value, scale = estimate.value, sqrt(deff)
    low = value - (value - estimate.interval.low) * scale
    high = value + (estimate.interval.high - value) * scale
    return Estimate(value, clipped(Interval(low, high), within), estimate.level)


def holding(estimate: Estimate, other: Interval | None) -> Estimate:
    """Return the estimate with an interval that holds its own and another; None adds nothing."""
    own = estimate.interval
    if own is None or other is None:
        return Estimate(estimate.value, own or other, estimate.level)
    return Estimate(estimate.value, Interval(min(own.low, other.low), max(own.high, other.high)), estimate.level)


def clipped(interval: Interval, within: Interval | None) -> Interval:
    """Return the part of the interval that lies on the scale."""
    if within is None:
        return interval
    return Interval(max(interval.low, within.low), min(interval.high, within.high))

"""How long something takes when not everyone has finished (evaluation reference, section 3.2).

Leaving out those who have not finished would make it look quicker than it is. Our own and
not statsmodels' `SurvfuncRight`: that one gives no interval at all where the curve jumps
past both bounds at once, and takes the next time instead of the middle where the curve
rests exactly on one half.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp, inf, log, sqrt

from lms.evaluation.estimators.estimates import Estimate
from lms.kernel.intervals import Interval, z_value


@dataclass(frozen=True)
class Wait:
    """How long something took, or how long it had lasted when last seen."""

    duration: float
    ended: bool


@dataclass(frozen=True)
class Step:
    """The share that had not ended just after a time (Kaplan-Meier)."""

    time: float
    at_risk: int
    ended: int
    remaining: float
    variance: float
    """Greenwood's, of the logarithm of `remaining`; infinite once nobody remains."""


def kaplan_meier(waits: Sequence[Wait]) -> list[Step]:
    """Return the share remaining after each time at which something ended, in order."""
    steps, variance, remaining = [], 0.0, Fraction(1)
    durations = sorted(wait.duration for wait in waits)
    ends = Counter(wait.duration for wait in waits if wait.ended)
    for time, ended in sorted(ends.items()):
        # What was last seen at the very time of an end was still under way then.
        at_risk = len(durations) - bisect_left(durations, time)
        # As a fraction, so that exactly one half is found to be one half.
        remaining *= Fraction(at_risk - ended, at_risk)
        variance += ended / (at_risk * (at_risk - ended)) if at_risk > ended else inf
        steps.append(Step(time, at_risk, ended, float(remaining), variance))
    return steps


def median_time(waits: Sequence[Wait], deff: float = 1.0, level: float = 0.95) -> Estimate:
    """Return the Kaplan-Meier median with its log-log interval; infinite where it is not reached.

    Brookmeyer and Crowley, Biometrics 38, 1982. Greenwood's variance is multiplied by the
    design effect. No interval before anything has ended.
    """
    steps = kaplan_meier(waits)
    if not steps:
        return Estimate(inf, None, level)
    bands = [_band(step, deff, level) for step in steps]
    low = _reaches_half(steps, [band.low for band in bands])
    high = _reaches_half(steps, [band.high for band in bands])
    return Estimate(_reaches_half(steps, [step.remaining for step in steps]), Interval(low, high), level)


def _band(step: Step, deff: float, level: float) -> Interval:
    """Return the log-log interval of the share remaining."""
    if step.remaining == 0:
        return Interval(0.0, 0.0)
    scale = z_value(level) * sqrt(deff * step.variance) / log(step.remaining)
    return Interval(step.remaining ** exp(-scale), step.remaining ** exp(scale))


def _reaches_half(steps: Sequence[Step], curve: Sequence[float]) -> float:
    """Return when a curve falls to one half; the middle of the stretch where it rests on it."""
    for place, height in enumerate(curve):
        if height < 0.5:
            return steps[place].time
        if height == 0.5:
            after = steps[place + 1].time if place + 1 < len(steps) else steps[place].time
            return (steps[place].time + after) / 2
    return inf

"""The median of what was measured of each case."""

from collections.abc import Sequence

from lms.evaluation.estimators.clusters import design_effect_of_mean
from lms.evaluation.estimators.estimates import widened
from lms.evaluation.estimators.ranks import median
from lms.evaluation.measures.case import Case, persons, values_by_team
from lms.evaluation.verdict import Measure
from lms.kernel.intervals import Interval

ABOVE_NOTHING = Interval(0.0, float("inf"))


def measure_median(cases: Sequence[Case], icc0: float, level: float) -> Measure | None:
    """Return the median with the interval between two of the values, widened for teams; values are 0 or more."""
    seen = [case for case in cases if case.value is not None]
    if not seen:
        return None
    teams = values_by_team(seen)
    deff = design_effect_of_mean(teams, icc0)
    found = widened(median([value for team in teams for value in team], level), deff, ABOVE_NOTHING)
    return Measure(
        estimate=found.value,
        interval=found.interval,
        numerator=None,
        denominator=None,
        n=persons(seen),
        gate_n=persons(seen),
        n_eff=len(seen) / deff,
        deff=deff,
        teams=len(teams),
    )

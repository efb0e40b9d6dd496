"""The mean of what was measured of each case."""

from collections.abc import Sequence
from functools import partial

from lms.evaluation.estimators.clusters import design_effect_of_mean
from lms.evaluation.estimators.means import mean
from lms.evaluation.measures.case import Case, Measuring, persons, values_by_team
from lms.evaluation.verdict import Measure
from lms.kernel.intervals import Interval


def _measure_mean(cases: Sequence[Case], icc0: float, level: float, within: Interval | None = None) -> Measure | None:
    seen = [case for case in cases if case.value is not None]
    if not seen:
        return None
    teams = values_by_team(seen)
    deff = design_effect_of_mean(teams, icc0)
    found = mean([value for team in teams for value in team], deff, level, within)
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


measure_score: Measuring = partial(_measure_mean, within=Interval(0.0, 100.0))
"""The mean of scores from 0 to 100, with Student's interval widened for teams."""

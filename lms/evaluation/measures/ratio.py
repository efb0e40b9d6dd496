"""A sum over a sum, to which each person or unit adds a part of both."""

from collections.abc import Sequence

from lms.evaluation.estimators.bootstrap import clustered_ratio
from lms.evaluation.estimators.clusters import design_effect_of_ratio
from lms.evaluation.estimators.estimates import clipped
from lms.evaluation.measures.case import Case, parts_by_team, persons
from lms.evaluation.verdict import Measure
from lms.kernel.intervals import Interval


def measure_ratio(cases: Sequence[Case], icc0: float, level: float) -> Measure | None:
    """Return the sum of values over the sum of exposures, drawing persons or whole teams again; 0 or more."""
    seen = [case for case in cases if case.value is not None and case.exposure > 0]
    if not seen:
        return None
    teams = parts_by_team(seen)
    found, deff = clustered_ratio(teams, icc0, level), design_effect_of_ratio(teams, icc0)
    return Measure(
        estimate=found.value,
        interval=found.interval and clipped(found.interval, Interval(0.0, float("inf"))),
        numerator=sum(case.value or 0.0 for case in seen),
        denominator=sum(case.exposure for case in seen),
        n=persons(seen),
        gate_n=persons(seen),
        n_eff=persons(seen) / deff,
        deff=deff,
        teams=len(teams),
    )

"""Promoters less detractors."""

from collections.abc import Sequence

from lms.evaluation.estimators.clusters import design_effect_of_mean
from lms.evaluation.estimators.proportions import net_promoter_score
from lms.evaluation.measures.case import Case, persons, values_by_team
from lms.evaluation.verdict import Measure


def measure_promoters(cases: Sequence[Case], icc0: float, level: float) -> Measure | None:
    """Return the percentage of promoters (`value` 1) less that of detractors (-1)."""
    seen = [case for case in cases if case.value is not None]
    if not seen:
        return None
    deff = design_effect_of_mean(values_by_team(seen), icc0)
    kinds = [case.value for case in seen]
    found = net_promoter_score(kinds.count(1), kinds.count(0), kinds.count(-1), deff, level)
    return Measure(
        estimate=found.value,
        interval=found.interval,
        numerator=None,
        denominator=None,
        n=persons(seen),
        gate_n=persons(seen),
        n_eff=len(seen) / deff,
        deff=deff,
        teams=len({case.team for case in seen}),
    )

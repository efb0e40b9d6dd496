"""What people gained between two tests."""

from collections.abc import Sequence
from dataclasses import replace

from lms.evaluation.estimators.clusters import design_effect_of_mean
from lms.evaluation.estimators.estimates import Estimate, clipped, widened
from lms.evaluation.estimators.gains import Pair, mean_gain
from lms.evaluation.estimators.ranks import hodges_lehmann
from lms.evaluation.measures.case import Case, grouped, persons
from lms.evaluation.verdict import Measure, Missing
from lms.kernel.intervals import Interval

PAIRS_TO_DRAW = 20
"""With fewer pairs the pseudo-median and its exact interval (evaluation reference, section 3.2)."""
SCALE = Interval(-1.0, 1.0)


def measure_gain(cases: Sequence[Case], icc0: float, level: float) -> Measure | None:
    """Return the mean gain (`value`, after `before`), or the pseudo-median of fewer than twenty pairs.

    Cases without a pair stay out; at worst they gained nothing.
    """
    seen = [case for case in cases if case.value is not None]
    if not seen:
        return None
    found, deff = _gain(seen, icc0, level), _deff(seen, icc0)
    return Measure(
        estimate=found.value,
        interval=found.interval,
        numerator=None,
        denominator=None,
        n=persons(seen),
        gate_n=len(seen),
        n_eff=len(seen) / deff,
        deff=deff,
        teams=len({case.team for case in seen}),
        missing=_missing(cases, found, icc0, level),
    )


def _gain(seen: Sequence[Case], icc0: float, level: float) -> Estimate:
    teams = [[_pair(case) for case in team] for team in grouped(seen, lambda case: case.team).values()]
    if len(seen) >= PAIRS_TO_DRAW:
        found = mean_gain(teams, icc0, level)
    else:
        found = widened(hodges_lehmann([case.value or 0.0 for case in seen], level), _deff(seen, icc0))
        # With fewer than six pairs no exact interval reaches the level.
        if found.level < level:
            found = replace(found, interval=None)
    return replace(found, interval=found.interval and clipped(found.interval, SCALE))


def _pair(case: Case) -> Pair:
    before = case.before or 0.0
    return Pair(before, before + (case.value or 0.0))


def _deff(seen: Sequence[Case], icc0: float) -> float:
    teams = grouped(seen, lambda case: case.team).values()
    return design_effect_of_mean([[case.value or 0.0 for case in team] for team in teams], icc0)


def _missing(cases: Sequence[Case], found: Estimate, icc0: float, level: float) -> Missing | None:
    absent = sum(case.value is None for case in cases)
    if not absent or found.interval is None:
        return None
    nothing = [replace(case, value=0.0) if case.value is None else case for case in cases]
    worst = _gain(nothing, icc0, level).interval
    return Missing(absent, absent / len(cases), worst or found.interval, found.interval)

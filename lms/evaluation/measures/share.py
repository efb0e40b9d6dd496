"""A share of cases that succeeded."""

from collections.abc import Sequence
from dataclasses import replace

from lms.evaluation.estimators.proportions import missing_bounds
from lms.evaluation.measures.case import Case, clusters, persons, share_deff
from lms.evaluation.verdict import Measure, Missing
from lms.kernel.intervals import wilson


def measure_share(cases: Sequence[Case], icc0: float, level: float) -> Measure | None:
    """Return the share of successes with Wilson's interval on the effective number.

    Cases without an outcome stay out of the share; `missing` says what they could change.
    """
    seen = [case for case in cases if case.success is not None]
    if not seen:
        return None
    deff = share_deff(seen, icc0)
    successes, n = sum(bool(case.success) for case in seen), len(seen)
    interval = wilson(successes / deff, n / deff, level)
    return Measure(
        estimate=successes / n,
        interval=interval,
        numerator=successes,
        denominator=n,
        n=persons(seen),
        gate_n=persons(seen),
        n_eff=n / deff,
        deff=deff,
        teams=len(clusters(seen)),
        missing=_missing(cases, icc0, level) if n < len(cases) else Missing(0, 0.0, interval, interval),
    )


def measure_share_of_units(cases: Sequence[Case], icc0: float, level: float) -> Measure | None:
    """Return the share, the least number being one of cases (sessions, answers) and not of persons."""
    found = measure_share(cases, icc0, level)
    return found and replace(found, gate_n=int(found.denominator or 0))


def _missing(cases: Sequence[Case], icc0: float, level: float) -> Missing:
    absent = sum(case.success is None for case in cases)
    successes = sum(bool(case.success) for case in cases)
    bounds = missing_bounds(successes, len(cases) - absent, len(cases))
    intervals = []
    for assumed, rate in ((False, bounds.low), (True, bounds.high)):
        n = len(cases) / share_deff([_assume(case, assumed) for case in cases], icc0)
        intervals.append(wilson(rate * n, n, level))
    return Missing(absent, absent / len(cases), *intervals)


def _assume(case: Case, success: bool) -> Case:
    return replace(case, success=success) if case.success is None else case

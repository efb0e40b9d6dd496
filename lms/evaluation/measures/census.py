"""What was counted to the last: a share or a number without an interval."""

from collections.abc import Sequence
from dataclasses import replace

from lms.evaluation.measures.case import Case, clusters, persons
from lms.evaluation.verdict import Basis, Measure
from lms.kernel.intervals import Interval


def measure_census(cases: Sequence[Case], icc0: float, level: float) -> Measure | None:
    """Return the share of successes where everything there is was counted."""
    seen = [case for case in cases if case.success is not None]
    if not seen:
        return None
    return _counted(seen, sum(bool(case.success) for case in seen) / len(seen))


def measure_number(cases: Sequence[Case], icc0: float, level: float) -> Measure | None:
    """Return how many cases succeeded, where everything there is was counted."""
    seen = [case for case in cases if case.success is not None]
    return _counted(seen, sum(bool(case.success) for case in seen)) if seen else None


def measure_items(cases: Sequence[Case], icc0: float, level: float) -> Measure | None:
    """Return the share of questions that succeeded; what must be enough are the answers (`exposure`) to each."""
    found = measure_census(cases, icc0, level)
    seen = [case.exposure for case in cases if case.success is not None]
    return found and replace(found, gate_n=round(min(seen)))


def measure_part(cases: Sequence[Case], icc0: float, level: float) -> Measure | None:
    """Return the sum of values over the sum of what they are parts of, everything counted."""
    seen = [case for case in cases if case.value is not None and case.exposure > 0]
    if not seen:
        return None
    top, bottom = sum(case.value or 0.0 for case in seen), sum(case.exposure for case in seen)
    return _measure(seen, top / bottom, top, bottom)


def _counted(seen: Sequence[Case], estimate: float) -> Measure:
    return _measure(seen, estimate, sum(bool(case.success) for case in seen), len(seen))


def _measure(seen: Sequence[Case], estimate: float, top: float, bottom: float) -> Measure:
    return Measure(
        estimate=estimate,
        interval=Interval(estimate, estimate),
        numerator=top,
        denominator=bottom,
        n=persons(seen),
        gate_n=len(seen),
        n_eff=len(seen),
        deff=1.0,
        teams=len(clusters(seen)),
        basis=Basis.CENSUS,
    )

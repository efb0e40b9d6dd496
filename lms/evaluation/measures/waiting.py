"""How long something takes, of which not everything has ended."""

from collections.abc import Sequence
from dataclasses import replace

from lms.evaluation.estimators.times import Wait, median_time
from lms.evaluation.measures.case import Case, clusters, persons, share_deff
from lms.evaluation.verdict import Measure


def measure_waiting(cases: Sequence[Case], icc0: float, level: float) -> Measure | None:
    """Return the Kaplan-Meier median of how long things took, infinite where half have not ended.

    `value` is how long it took, or had lasted at the cut-off; `success` whether it ended.
    """
    seen = [case for case in cases if case.value is not None and case.success is not None]
    if not seen:
        return None
    deff = share_deff(seen, icc0)
    found = median_time([Wait(case.value or 0.0, bool(case.success)) for case in seen], deff, level)
    return Measure(
        estimate=found.value,
        interval=found.interval,
        numerator=sum(bool(case.success) for case in seen),
        denominator=len(seen),
        n=persons(seen),
        gate_n=persons(seen),
        n_eff=len(seen) / deff,
        deff=deff,
        teams=len(clusters(seen)),
    )


def measure_waiting_of_units(cases: Sequence[Case], icc0: float, level: float) -> Measure | None:
    """Return the same, the least number being one of cases (requests) and not of persons."""
    found = measure_waiting(cases, icc0, level)
    return found and replace(found, gate_n=int(found.denominator or 0))

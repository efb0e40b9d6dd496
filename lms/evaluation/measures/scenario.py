"""A figure that has no sampling interval: its least and most favourable assumptions instead."""

from collections.abc import Sequence

from lms.evaluation.estimators.costs import scenarios
from lms.evaluation.estimators.ledger import CENTRAL
from lms.evaluation.measures.case import Case
from lms.evaluation.verdict import Basis, Measure


def measure_scenario(cases: Sequence[Case], icc0: float, level: float) -> Measure | None:
    """Return the central figure between the lowest and the highest scenario; groups of cases are scenarios."""
    central = next((case.value for case in cases if case.group == CENTRAL and case.value is not None), None)
    if central is None:
        return None
    found = scenarios(central, [case.value for case in cases if case.value is not None])
    return Measure(
        estimate=central,
        # With one scenario alone nothing is known of how far it could be off.
        interval=found.interval if len(cases) > 1 else None,
        numerator=None,
        denominator=None,
        n=len(cases),
        gate_n=len(cases),
        n_eff=len(cases),
        deff=1.0,
        teams=1,
        basis=Basis.SCENARIO,
    )

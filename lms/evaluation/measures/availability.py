"""For how much of its service something could be used."""

from collections.abc import Sequence

from lms.evaluation.estimators.estimates import clipped
from lms.evaluation.estimators.rates import Day, availability
from lms.evaluation.measures.case import Case, grouped
from lms.evaluation.verdict import Measure
from lms.kernel.intervals import Interval, wilson


def measure_availability(cases: Sequence[Case], icc0: float, level: float) -> Measure | None:
    """Return the share of minutes (`value` of `exposure`), drawing whole days (`group`) again.

    Where all days were alike, Wilson's interval on days takes its place.
    """
    seen = [case for case in cases if case.value is not None and case.exposure > 0]
    days = [
        Day(sum(case.value or 0.0 for case in day), sum(case.exposure for case in day))
        for day in grouped(seen, lambda case: case.group).values()
    ]
    if not days:
        return None
    found = availability(days, level)
    share = min(max(found.value, 0.0), 1.0)
    return Measure(
        estimate=share,
        interval=clipped(found.interval or wilson(share * len(days), len(days), level), Interval(0.0, 1.0)),
        numerator=sum(day.up for day in days),
        denominator=sum(day.scheduled for day in days),
        n=len(days),
        gate_n=len(days),
        n_eff=len(days),
        deff=1.0,
        teams=len({case.team for case in seen}),
    )

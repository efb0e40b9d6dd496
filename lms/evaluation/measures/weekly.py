"""The mean over weeks of the share of those present that did something."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from lms.evaluation.estimators.estimates import clipped
from lms.evaluation.measures.case import Case
from lms.evaluation.measures.ratio import measure_ratio
from lms.evaluation.verdict import Measure
from lms.kernel.intervals import Interval, wilson


def measure_weekly(cases: Sequence[Case], icc0: float, level: float) -> Measure | None:
    """Return the mean of the weeks' shares (`group` is the week), persons and teams being clusters.

    Each person in each week has a weight, so that a week with few present counts as much as
    another. Where nobody differs from anybody else, Wilson's interval on persons takes the
    place of drawing again: no share can vary more than that.
    """
    seen = [case for case in cases if case.success is not None and case.group is not None]
    present = Counter(case.group for case in seen)
    weighted = []
    for case in seen:
        weight = 1 / (len(present) * present[case.group])
        weighted.append(replace(case, value=weight * bool(case.success), exposure=weight))
    found = measure_ratio(weighted, icc0, level)
    if found is None:
        return None
    share = min(max(found.estimate, 0.0), 1.0)
    interval = found.interval or wilson(share * found.n_eff, found.n_eff, level)
    return replace(
        found,
        estimate=share,
        interval=clipped(interval, Interval(0.0, 1.0)),
        numerator=None,
        denominator=None,
        details={"weeks": len(present)},
    )

"""The largest gap between the shares of two groups."""

from collections.abc import Sequence
from itertools import combinations

from lms.evaluation.estimators.clusters import Cluster, share
from lms.evaluation.estimators.proportions import absolute, newcombe
from lms.evaluation.measures.case import Case, clusters, grouped, persons, share_deff
from lms.evaluation.verdict import Measure
from lms.kernel.intervals import Interval


def measure_gap(cases: Sequence[Case], icc0: float, level: float) -> Measure | None:
    """Return the largest gap between two groups (`Case.group`), with bounds that hold for every pair.

    The upper bound is the largest of all pairs, so that *met* means every pair is within
    the margin; the lower bound is the largest of all pairs, so that *not met* means at
    least one is beyond it. Cases without a group or an outcome stay out.
    """
    seen = [case for case in cases if case.group is not None and case.success is not None]
    groups = grouped(seen, lambda case: case.group)
    if len(groups) < 2:
        return None
    shrunk = [_effective(group, icc0) for group in groups.values()]
    n_eff = sum(group.members for group in shrunk)
    estimate, interval = largest_gap(shrunk, level)
    return Measure(
        estimate=estimate,
        interval=interval,
        numerator=None,
        denominator=None,
        n=persons(seen),
        gate_n=min(persons(group) for group in groups.values()),
        n_eff=n_eff,
        deff=len(seen) / n_eff,
        teams=len(clusters(seen)),
    )


def largest_gap(groups: Sequence[Cluster], level: float) -> tuple[float, Interval]:
    """Return the largest gap between two of the groups, given on effective numbers, and its bounds."""
    rates = [share([group]) for group in groups]
    pairs = [absolute(newcombe(one, two, level)) for one, two in combinations(groups, 2)]
    return max(rates) - min(rates), Interval(max(pair.low for pair in pairs), max(pair.high for pair in pairs))


def _effective(cases: Sequence[Case], icc0: float) -> Cluster:
    deff = share_deff(cases, icc0)
    return Cluster(sum(bool(case.success) for case in cases) / deff, len(cases) / deff)

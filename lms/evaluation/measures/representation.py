"""Whether those who did something are like all those who could have."""

from collections.abc import Sequence

from lms.evaluation.estimators.clusters import Cluster, design_effect, share
from lms.evaluation.estimators.proportions import absolute, newcombe
from lms.evaluation.measures.case import Case, clusters, grouped, persons, share_deff
from lms.evaluation.verdict import Measure
from lms.kernel.intervals import Interval


def measure_representation(cases: Sequence[Case], icc0: float, level: float) -> Measure | None:
    """Return the largest gap between a group's share of the successes and its share of everyone.

    With w a group's share of everyone, r the share of successes and d that of the group less
    that of all others, the gap is exactly w(1 - w)d/r: Newcombe's interval of d, scaled.
    """
    seen = [case for case in cases if case.group is not None and case.success is not None]
    overall = sum(bool(case.success) for case in seen) / len(seen) if seen else 0.0
    counts = {name: clusters(own) for name, own in grouped(seen, lambda case: case.group).items()}
    if len(counts) < 2 or not overall:
        return None
    gaps, bounds = [], []
    for name, own in counts.items():
        others = [team for other, teams in counts.items() if other != name for team in teams]
        one, other = _effective(own, icc0), _effective(others, icc0)
        weight = sum(team.members for team in own) / len(seen)
        scale = weight * (1 - weight) / overall
        gaps.append(scale * abs(share([one]) - share([other])))
        bounds.append(_scaled(absolute(newcombe(one, other, level)), scale))
    deff = share_deff(seen, icc0)
    return Measure(
        estimate=max(gaps),
        interval=Interval(max(one.low for one in bounds), max(one.high for one in bounds)),
        numerator=None,
        denominator=None,
        n=persons(seen),
        gate_n=persons(seen),
        n_eff=len(seen) / deff,
        deff=deff,
        teams=len(clusters(seen)),
    )


def _scaled(interval: Interval, scale: float) -> Interval:
    return Interval(interval.low * scale, min(interval.high * scale, 1.0))


def _effective(teams: Sequence[Cluster], icc0: float) -> Cluster:
    deff = design_effect(teams, icc0)
    return Cluster(sum(team.successes for team in teams) / deff, sum(team.members for team in teams) / deff)

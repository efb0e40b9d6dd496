"""The mean over weeks of the share of those present that did something."""

from collections import Counter
from collections.abc import Sequence

from lms.evaluation.estimators.bootstrap import clustered_ratio
from lms.evaluation.estimators.clusters import Part, design_effect_of_ratio
from lms.evaluation.estimators.estimates import clipped
from lms.evaluation.measures.case import Case
from lms.evaluation.verdict import Measure
from lms.kernel.intervals import Interval, wilson


def measure_weekly(cases: Sequence[Case], icc0: float, level: float) -> Measure | None:
    """Return the mean of the weeks' shares (`group` is the week), persons and teams being clusters.

    Each person in each week has a weight, so that a week with few present counts as much as
    another. Where nobody differs from anybody else, Wilson's interval on persons takes the
    place of drawing again: no share can vary more than that.
    """
    seen = [case for case in cases if case.success is not None and case.group is not None]
    if not seen:
        return None
    teams = list(weekly_parts(seen).values())
    found, deff = clustered_ratio(teams, icc0, level), design_effect_of_ratio(teams, icc0)
    share, people = min(max(found.value, 0.0), 1.0), sum(map(len, teams))
    interval = found.interval or wilson(share * people / deff, people / deff, level)
    return Measure(
        estimate=share,
        interval=clipped(interval, Interval(0.0, 1.0)),
        numerator=None,
        denominator=None,
        n=people,
        gate_n=people,
        n_eff=people / deff,
        deff=deff,
        teams=len(teams),
        details={"weeks": len({case.group for case in seen})},
    )


def weekly_parts(cases: Sequence[Case]) -> dict[str, list[Part]]:
    """Return what each person of each team adds to the sum of active weeks and to that of weeks."""
    present = Counter(case.group for case in cases)
    weights = {week: 1 / (len(present) * count) for week, count in present.items()}
    tops: dict[str, dict[int, float]] = {}
    bottoms: dict[str, dict[int, float]] = {}
    for case in cases:
        weight, person = weights[case.group], case.person
        top, bottom = tops.setdefault(case.team, {}), bottoms.setdefault(case.team, {})
        top[person] = top.get(person, 0.0) + (weight if case.success else 0.0)
        bottom[person] = bottom.get(person, 0.0) + weight
    return {team: [(top, bottoms[team][person]) for person, top in tops[team].items()] for team in sorted(tops)}

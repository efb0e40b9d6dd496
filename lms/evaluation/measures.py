"""From cases to a measure: a share over teams, or a gap between shifts. Pure.

A *case* is one unit of a denominator: a person, or one person's assignment.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations

from lms.evaluation.estimators.clusters import Cluster, design_effect, estimated_deff, share
from lms.evaluation.estimators.proportions import absolute, missing_bounds, newcombe
from lms.evaluation.verdict import Measure, Missing
from lms.kernel.intervals import Interval, wilson


@dataclass(frozen=True)
class Case:
    """One unit of a denominator and how it ended; None: no outcome that could be assumed."""

    person: int
    team: str
    shift: str | None
    success: bool | None
    throughout: bool


Measuring = Callable[[Sequence[Case], float, float], Measure | None]
"""Cases, planning ICC and level give a measure; None when there is nothing to measure."""


def measure_share(cases: Sequence[Case], icc0: float, level: float) -> Measure | None:
    """Return the share of successes with Wilson's interval on the effective number.

    Cases without an outcome stay out of the share; `missing` says what they could change.
    """
    seen = [case for case in cases if case.success is not None]
    if not seen:
        return None
    teams = clusters(seen)
    deff = _deff(seen, icc0)
    successes, n = sum(bool(case.success) for case in seen), len(seen)
    return Measure(
        estimate=successes / n,
        interval=wilson(successes / deff, n / deff, level),
        numerator=successes,
        denominator=n,
        n=_persons(seen),
        gate_n=_persons(seen),
        n_eff=n / deff,
        deff=deff,
        teams=len(teams),
        missing=_missing(cases, icc0, level),
    )


def measure_gap(cases: Sequence[Case], icc0: float, level: float) -> Measure | None:
    """Return the largest gap between two shifts, with bounds that hold for every pair.

    The upper bound is the largest of all pairs, so that *met* means every pair is within
    the margin; the lower bound is the largest of all pairs, so that *not met* means at
    least one is beyond it. Cases without a shift or an outcome stay out.
    """
    seen = [case for case in cases if case.shift is not None and case.success is not None]
    groups = by_shift(seen)
    if len(groups) < 2:
        return None
    shrunk = [_effective(group, icc0) for group in groups.values()]
    rates = [share([group]) for group in shrunk]
    pairs = [absolute(newcombe(one, two, level)) for one, two in combinations(shrunk, 2)]
    n_eff = sum(group.members for group in shrunk)
    return Measure(
        estimate=max(rates) - min(rates),
        interval=Interval(max(pair.low for pair in pairs), max(pair.high for pair in pairs)),
        numerator=None,
        denominator=None,
        n=_persons(seen),
        gate_n=min(_persons(group) for group in groups.values()),
        n_eff=n_eff,
        deff=len(seen) / n_eff,
        teams=len(clusters(seen)),
    )


def clusters(cases: Sequence[Case]) -> list[Cluster]:
    """Return the teams of the cases, in the order of their codes."""
    return list(_clustered(cases, lambda case: case.team).values())


def by_shift(cases: Sequence[Case]) -> dict[str, list[Case]]:
    """Return the cases that have a shift, by shift code."""
    groups: dict[str, list[Case]] = {}
    for case in cases:
        if case.shift is not None:
            groups.setdefault(case.shift, []).append(case)
    return dict(sorted(groups.items()))


def _clustered(cases: Sequence[Case], key: Callable[[Case], Hashable]) -> dict[Hashable, Cluster]:
    counts: dict[Hashable, tuple[int, int]] = {}
    for case in sorted(cases, key=key):  # type: ignore[arg-type, return-value]
        successes, members = counts.get(key(case), (0, 0))
        counts[key(case)] = (successes + bool(case.success), members + 1)
    return {name: Cluster(*count) for name, count in counts.items()}


def _deff(cases: Sequence[Case], icc0: float) -> float:
    deff = design_effect(clusters(cases), icc0)
    people = _clustered(cases, lambda case: case.person)
    if len(people) == len(cases):
        return deff
    # One person's assignments resemble each other more than two persons' do, and there are
    # enough persons to estimate by how much.
    return max(deff, estimated_deff(list(people.values())))


def _effective(cases: Sequence[Case], icc0: float) -> Cluster:
    deff = _deff(cases, icc0)
    return Cluster(sum(bool(case.success) for case in cases) / deff, len(cases) / deff)


def _missing(cases: Sequence[Case], icc0: float, level: float) -> Missing:
    absent = sum(case.success is None for case in cases)
    successes = sum(bool(case.success) for case in cases)
    bounds = missing_bounds(successes, len(cases) - absent, len(cases))
    intervals = []
    for assumed, rate in ((False, bounds.low), (True, bounds.high)):
        n = len(cases) / _deff([_assume(case, assumed) for case in cases], icc0)
        intervals.append(wilson(rate * n, n, level))
    return Missing(absent, absent / len(cases), *intervals)


def _assume(case: Case, success: bool) -> Case:
    known = success if case.success is None else case.success
    return Case(case.person, case.team, case.shift, known, case.throughout)


def _persons(cases: Sequence[Case]) -> int:
    return len({case.person for case in cases})

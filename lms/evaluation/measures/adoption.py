"""The share of teams in which enough people did something."""

from collections.abc import Sequence

from lms.evaluation.measures.case import Case, clusters, persons
from lms.evaluation.verdict import Measure
from lms.kernel.intervals import wilson

ENOUGH = 0.5
FEWEST_TEAMS = 6
"""With fewer teams a share of them says nothing: they are counted (evaluation reference, indicator A1)."""


def measure_adoption(cases: Sequence[Case], icc0: float, level: float) -> Measure | None:
    """Return the share of teams in which at least half succeeded; no interval for fewer than six."""
    seen = [case for case in cases if case.success is not None]
    teams = clusters(seen)
    if not teams:
        return None
    adopting = sum(team.successes >= ENOUGH * team.members for team in teams)
    return Measure(
        estimate=adopting / len(teams),
        interval=wilson(adopting, len(teams), level) if len(teams) >= FEWEST_TEAMS else None,
        numerator=adopting,
        denominator=len(teams),
        n=persons(seen),
        gate_n=len(teams),
        n_eff=len(teams),
        deff=1.0,
        teams=len(teams),
    )

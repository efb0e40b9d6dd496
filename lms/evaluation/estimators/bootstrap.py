"""Intervals by drawing again from what was seen (evaluation reference, sections 3.2 and 3.3).

Gains, rates and availability are all a sum over a sum, so that one function serves them.
The seed is fixed: the same data give the same interval, today and when someone checks it.
"""

import warnings
from collections.abc import Sequence
from math import isfinite
from typing import Any

from lms.evaluation.estimators.clusters import Part, design_effect_of_ratio, ratio_of_sums
from lms.evaluation.estimators.estimates import Estimate, holding, widened
from lms.kernel.intervals import Interval
from lms.kernel.later import Later

numpy = Later("numpy")
stats = Later("scipy.stats")

SEED = 20240101
RESAMPLES = 9999
TEAMS_TO_DRAW = 10
"""From so many teams on, whole teams are drawn too; with fewer the interval is only widened."""


def clustered_ratio(teams: Sequence[Sequence[Part]], icc0: float, level: float = 0.95, seed: int = SEED) -> Estimate:
    """Return the members' sum over a sum, with an interval that allows for their teams.

    Members are drawn again and the interval widened by the root of the design effect. With ten
    teams or more whole teams are drawn as well, and the interval holds both: by
    themselves they give one that holds the truth in about .9 of cases (`docs/statistics.md`).
    """
    teams = [team for team in teams if team]
    parts = [part for team in teams for part in team]
    drawn = Estimate(ratio_of_sums(parts), drawn_again(parts, level, seed), level)
    found = widened(drawn, design_effect_of_ratio(teams, icc0))
    if len(teams) < TEAMS_TO_DRAW:
        return found
    whole = [(sum(top for top, _ in team), sum(bottom for _, bottom in team)) for team in teams]
    return holding(found, drawn_again(whole, level, seed))


def drawn_again(units: Sequence[Part], level: float = 0.95, seed: int = SEED) -> Interval | None:
    """Return the BCa bootstrap interval of a sum over a sum, drawing whole units.

    Units are ranked first, so that the interval does not depend on their order.
    None when the units do not differ, or so few have something in the lower sum that a draw may
    miss them all: scipy answers NaN with a warning.
    """
    if len(units) < 2:
        return None
    tops, bottoms = numpy.array(sorted(units), dtype=float).T
    with numpy.errstate(divide="ignore", invalid="ignore"), warnings.catch_warnings():
        if _alike(tops, bottoms):
            return None
        warnings.simplefilter("ignore", stats.DegenerateDataWarning)
        found = stats.bootstrap(
            (tops, bottoms),
            _ratio,
            paired=True,
            vectorized=True,
            method="BCa",
            n_resamples=RESAMPLES,
            batch=1000,
            confidence_level=level,
            rng=numpy.random.default_rng(seed),
        ).confidence_interval
    low, high = float(found.low), float(found.high)
    return Interval(low, high) if isfinite(low) and isfinite(high) else None


def _ratio(tops: Any, bottoms: Any, axis: int) -> Any:
    # To twelve figures, so that draws of the same units tie whatever the order in which they are added.
    return numpy.round(tops.sum(axis=axis) / bottoms.sum(axis=axis), 12)


def _alike(tops: Any, bottoms: Any) -> bool:
    """Whether leaving any one unit out changes nothing, or leaves nothing to divide by."""
    without = (tops.sum() - tops) / (bottoms.sum() - bottoms)
    spread = without.max() - without.min()
    return not spread > 1e-12 * max(1.0, abs(without).max())

"""What people gained between two tests of the same total (evaluation reference, sections 3.2 and 3.10).

Report points first: everybody understands 2.75 out of 10. Only people with both scores
count, so that an attrition table belongs beside every figure made here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from lms.evaluation.estimators.bootstrap import clustered_ratio
from lms.evaluation.estimators.estimates import Estimate


@dataclass(frozen=True)
class Pair:
    """One person's scores before and after."""

    before: float
    after: float

    @property
    def gain(self) -> float:
        """Points gained."""
        return self.after - self.before


Teams = Sequence[Sequence[Pair]]


def mean_gain(teams: Teams, icc0: float, level: float = 0.95) -> Estimate:
    """Return the mean gain in points.

    From about twenty pairs on; for fewer, `ranks.hodges_lehmann` of the gains.
    """
    return clustered_ratio([[(pair.gain, 1.0) for pair in team] for team in teams], icc0, level)


def class_gain(teams: Teams, most: float, icc0: float, level: float = 0.95) -> Estimate | None:
    """Return the share of what could be gained that was: from class means, Hake's ⟨g⟩.

    Not the mean of individual gains, which measurement error biases. None when everybody
    had all points before.
    """
    if all(pair.before == most for team in teams for pair in team):
        return None
    return clustered_ratio([[(pair.gain, most - pair.before) for pair in team] for team in teams], icc0, level)


def mean_change(teams: Teams, most: float, icc0: float, level: float = 0.95) -> Estimate | None:
    """Return the mean of each person's normalised change; None when nobody's counts."""
    changes = [[normalised_change(pair, most) for pair in team] for team in teams]
    parts = [[(change, 1.0) for change in team if change is not None] for team in changes]
    return clustered_ratio(parts, icc0, level) if any(parts) else None


def normalised_change(pair: Pair, most: float) -> float | None:
    """Return one person's gain over what could be gained, or loss over what could be lost.

    None for who had nothing or everything both times, of whom it tells nothing. Marx and
    Cummings, American Journal of Physics 75, 2007.
    """
    if pair.before == pair.after:
        return None if pair.before in (0, most) else 0.0
    return pair.gain / ((most - pair.before) if pair.gain > 0 else pair.before)


def mean_individual_gain(pairs: Sequence[Pair], most: float) -> float:
    """Return the mean of the individual gains, for comparison with `class_gain` only.

    Nobody may have had all points before.
    """
    return fmean(pair.gain / (most - pair.before) for pair in pairs)

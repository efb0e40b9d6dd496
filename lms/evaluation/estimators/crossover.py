"""What being taught adds, where half the teams take one module first and half the other.

At mid-point each team has learnt one of two modules and is tested on both: the difference of
its two gains is that of being taught. A module that is easier helps one order as much as
it harms the other, so that the mean of the two orders is free of it (Jones and Kenward, *Design
and Analysis of Cross-Over Trials*; evaluation reference, section 3.5).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean

from lms.evaluation.estimators.estimates import Estimate
from lms.evaluation.estimators.means import student
from lms.kernel.intervals import Interval

LEAST_PER_ORDER = 2
"""Teams of each order: with one, what differs between teams of one order is not known."""


@dataclass(frozen=True)
class Crossover:
    """What being taught adds, and by how much the modules differ."""

    taught: Estimate
    modules: float
    """How much more the module that the first order takes first gives than the other."""


def crossover(first: Sequence[float], second: Sequence[float], level: float = 0.95) -> Crossover:
    """Return what being taught adds, from each team's gain where taught less that where not yet.

    `first` are the teams of one order, `second` those of the other; neither is empty. Student's
    interval on the teams, two fewer degrees of freedom than teams: what people of one team
    share is in it. None with fewer than two teams of an order, or teams that do not differ.
    """
    one, other = fmean(first), fmean(second)
    value, modules = (one + other) / 2, (one - other) / 2
    squares = sum((team - one) ** 2 for team in first) + sum((team - other) ** 2 for team in second)
    if min(len(first), len(second)) < LEAST_PER_ORDER or squares <= 1e-18:
        return Crossover(Estimate(value, None, level), modules)
    freedom = len(first) + len(second) - 2
    error = sqrt(squares / freedom * (1 / len(first) + 1 / len(second))) / 2
    half = student(level, freedom) * error
    return Crossover(Estimate(value, Interval(value - half, value + half), level), modules)

"""Intervals from ranks, exact for small samples: the pseudo-median and the median.

Evaluation reference, sections 3.2 and 3.10. Both take the q-th smallest and the q-th
largest of a sorted list, q being what the distribution of a count allows.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, combinations_with_replacement
from statistics import median as middle

from lms.evaluation.estimators.estimates import Estimate
from lms.kernel.intervals import Interval
from lms.kernel.later import Later

special = Later("scipy.special")


def hodges_lehmann(differences: Sequence[float], level: float = 0.95) -> Estimate:
    """Return the pseudo-median of paired differences with its exact signed-rank interval.

    The median of the means of all pairs (Walsh averages), as R's `wilcox.test`; the level is
    the one achieved, under the one asked for with fewer than six differences. scipy has
    no such interval, and its test depends on how ties are treated. Meant for small samples: the
    work grows with the cube of their number.
    """
    walsh = sorted((one + other) / 2 for one, other in combinations_with_replacement(differences, 2))
    tail = signed_rank_distribution(len(differences))
    place = max(1, bisect_left(tail, (1 - level) / 2))
    return Estimate(middle(walsh), Interval(walsh[place - 1], walsh[-place]), 1 - 2 * tail[place - 1])


@lru_cache(maxsize=64)
def signed_rank_distribution(n: int) -> tuple[float, ...]:
    """Return P(V <= v) of the signed-rank statistic of n differences for each v, from 0."""
    ways = [1] + [0] * (n * (n + 1) // 2)
    for rank in range(1, n + 1):
        for total in range(len(ways) - 1, rank - 1, -1):
            ways[total] += ways[total - rank]
    return tuple(count / 2**n for count in accumulate(ways))


def median(values: Sequence[float], level: float = 0.95) -> Estimate:
    """Return the median with the interval between two order statistics, and the level it achieves.

    The number of values under the median is binomial, whatever the distribution. With five
    values or fewer no two reach 95 %: no interval.
    """
    ranked = sorted(values)
    place, missed = _place(len(values), level)
    if place == 0:
        return Estimate(middle(ranked), None, level)
    return Estimate(middle(ranked), Interval(ranked[place - 1], ranked[-place]), 1 - 2 * missed)


def order_place(n: int, level: float) -> int:
    """Return which of n ranked values, from either end, bounds their median; 0 where too few for the level."""
    return _place(n, level)[0]


@lru_cache(maxsize=1024)
def _place(n: int, level: float) -> tuple[int, float]:
    """Return the place whose binomial tail stays within what may be missed, and that tail; 0 where none does."""
    place = bisect_right(range(n + 1), (1 - level) / 2, key=lambda count: special.bdtr(count, n, 0.5))
    return place, float(special.bdtr(place - 1, n, 0.5)) if place else 0.0

"""What a sample of a given size can show, computed before there is any data.

Evaluation reference, sections 3.4, 3.8 and 3.10.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, exp, lgamma, log

from lms.evaluation.estimators.clusters import Cluster, planned_deff
from lms.evaluation.verdict import Direction, Verdict, decide
from lms.kernel.intervals import wilson, z_value


@dataclass(frozen=True)
class Chances:
    """How probable each verdict is if the true share is `truth`; the three add up to 1."""

    truth: float
    met: float
    not_met: float
    inconclusive: float


def n_to_settle(estimate: float, threshold: float, deff: float = 1.0, level: float = 0.95) -> int | None:
    """Return the least n (2 or more) whose interval at that share would leave the threshold out.

    None at the threshold itself: no number settles it. The score interval is a score test
    turned round, so that the number has a closed form.
    """
    if abs(estimate - threshold) < 1e-9:
        return None
    z = z_value(level)
    return max(2, ceil(deff * z * z * threshold * (1 - threshold) / (estimate - threshold) ** 2 - 1e-9))


def least_successes(n: int, threshold: float, direction: Direction, deff: float, level: float = 0.95) -> int | None:
    """Return how many of n must succeed (at most, for `le`) for the verdict *met*; None when none suffices."""
    met = [x for x in range(n + 1) if _verdict(x, n, threshold, direction, deff, level) is Verdict.MET]
    if not met:
        return None
    return min(met) if direction is Direction.GE else max(met)


def chances(
    sizes: Sequence[int], truth: float, threshold: float, direction: Direction, icc: float, level: float = 0.95
) -> Chances:
    """Return the chances of each verdict with teams of these sizes, alike by `icc` (0: not at all).

    Team counts are beta-binomial at that ICC, and the interval is widened by its floor, as
    it will be; the least number of people is left aside. `truth` lies strictly between 0 and 1.
    """
    return curve(tuple(sizes), (truth,), threshold, direction, icc, level)[0]


@lru_cache(maxsize=256)
def curve(
    sizes: tuple[int, ...],
    truths: tuple[float, ...],
    threshold: float,
    direction: Direction,
    icc: float,
    level: float = 0.95,
) -> tuple[Chances, ...]:
    """Return the chances of each verdict at each true share, as `chances` does; kept in memory."""
    n = sum(sizes)
    deff = planned_deff([Cluster(0, size) for size in sizes], icc)
    verdicts = [_verdict(successes, n, threshold, direction, deff, level) for successes in range(n + 1)]
    return tuple(_shares(truth, verdicts, _total(sizes, truth, icc)) for truth in truths)


def _shares(truth: float, verdicts: Sequence[Verdict], totals: Sequence[float]) -> Chances:
    shares = dict.fromkeys(Verdict, 0.0)
    for verdict, probability in zip(verdicts, totals, strict=True):
        shares[verdict] += probability
    return Chances(truth, shares[Verdict.MET], shares[Verdict.NOT_MET], shares[Verdict.INCONCLUSIVE])


def _total(sizes: Sequence[int], truth: float, icc: float) -> list[float]:
    """Return how probable each number of successes is over all teams."""
    by_size = {size: _team_distribution(size, truth, icc) for size in set(sizes)}
    totals = [1.0]
    for size in sizes:
        totals = _convolved(totals, by_size[size])
    return totals


def _verdict(successes: int, n: int, threshold: float, direction: Direction, deff: float, level: float) -> Verdict:
    return decide(wilson(successes / deff, n / deff, level), threshold, direction)[0]


def _team_distribution(size: int, p: float, icc: float) -> list[float]:
    if icc <= 0:
        return [exp(_log_choose(size, x) + x * log(p) + (size - x) * log(1 - p)) for x in range(size + 1)]
    a, b = p * (1 - icc) / icc, (1 - p) * (1 - icc) / icc
    return [exp(_log_choose(size, x) + _log_beta(x + a, size - x + b) - _log_beta(a, b)) for x in range(size + 1)]


def _log_choose(n: int, x: int) -> float:
    return lgamma(n + 1) - lgamma(x + 1) - lgamma(n - x + 1)


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def _convolved(first: Sequence[float], second: Sequence[float]) -> list[float]:
    total = [0.0] * (len(first) + len(second) - 1)
    for i, one in enumerate(first):
        for j, two in enumerate(second):
            total[i + j] += one * two
    return total

"""What training changes where teams start one after another (a stepped wedge).

The model is that of Hussey and Hughes (Contemporary Clinical Trials 28, 2007): a team's figure
in a period is a level of the period, one of the team, and the change once it has started. The
level of a team is taken as it is and not as drawn from others, so that teams which were better from
the beginning may start first. Standard errors need more teams than a pilot has: the interval comes from
dealing the starts out anew among the teams (Wang and De Gruttola, Statistics in Medicine 36,
2017; evaluation reference, section 3.5, source S19). It holds exactly where the order was drawn by lot.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import factorial, prod
from random import Random
from statistics import fmean

from lms.evaluation.estimators.estimates import Estimate
from lms.kernel.intervals import Interval

SEED = 20240101
MOST_WAYS = 10_000
"""So many ways to deal the starts out are all tried; of more, as many are drawn."""

Matrix = Sequence[Sequence[float]]


@dataclass(frozen=True)
class Steps:
    """One team: its figure in each period, and the place of the first period in which it had started."""

    start: int
    """As many as there are periods for a team that had not started by the last."""
    values: tuple[float, ...]


@dataclass(frozen=True)
class Wedge:
    """What starting changes, and in how many ways the starts could have been dealt out."""

    change: Estimate
    """No interval where the ways are too few for the level, or no figure varies."""
    ways: int


def wedge(teams: Sequence[Steps], level: float = 0.95, most: int = MOST_WAYS) -> Wedge | None:
    """Return what starting changes; None where no period has teams of both kinds.

    All teams have as many periods. The interval holds the changes that would not make the order as
    it was one of the (1 - level) most extreme ones.
    """
    starts = tuple(team.start for team in teams)
    under = [[float(place >= team.start) for place in range(len(team.values))] for team in teams]
    told, of_starts = _scores(_swept([team.values for team in teams]), starts), _scores(_swept(under), starts)
    scale = _total(of_starts, starts)
    if scale < 1e-9:
        return None
    value = _total(told, starts) / scale
    bounds, same = [], 0
    for dealt in _dealt(starts, most):
        kept = _total(of_starts, dealt) / scale
        if kept > 1 - 1e-9:
            same += 1
        else:
            bounds.append((value - _total(told, dealt) / scale) / (1 - kept))
    bounds.sort()
    place = int((1 - level) / 2 * (same + len(bounds)) + 1e-9) - (same - 1)
    if place < 1 or bounds[-1] - bounds[0] < 1e-12:
        return Wedge(Estimate(value, None, level), _ways(starts))
    return Wedge(Estimate(value, Interval(bounds[place - 1], bounds[-place]), level), _ways(starts))


def _swept(matrix: Matrix) -> list[list[float]]:
    """Return figures less the mean of their period and that of their team."""
    means = [fmean(column) for column in zip(*matrix, strict=True)]
    rows = [[one - mean for one, mean in zip(row, means, strict=True)] for row in matrix]
    return [[one - fmean(row) for one in row] for row in rows]


def _scores(swept: Matrix, starts: Sequence[int]) -> dict[int, list[float]]:
    """Return, for each start, what each team would add to the sum if it were its own."""
    return {start: [sum(row[start:]) for row in swept] for start in set(starts)}


def _total(scores: dict[int, list[float]], dealt: Sequence[int]) -> float:
    return sum(scores[start][team] for team, start in enumerate(dealt))


def _ways(starts: tuple[int, ...]) -> int:
    return factorial(len(starts)) // prod(factorial(starts.count(start)) for start in set(starts))


@lru_cache(maxsize=8)
def _dealt(starts: tuple[int, ...], most: int) -> tuple[tuple[int, ...], ...]:
    """Return the ways to deal the starts out: each once, or the one that was and others drawn with a fixed seed."""
    if _ways(starts) <= most:
        return tuple(_each(Counter(starts), len(starts)))
    random, hand, dealt = Random(SEED), list(starts), [starts]  # noqa: S311  (repeatable, no secret)
    while len(dealt) < most:
        random.shuffle(hand)
        dealt.append(tuple(hand))
    return tuple(dealt)


def _each(left: Counter[int], teams: int) -> Iterator[tuple[int, ...]]:
    if not teams:
        yield ()
    for start in sorted(left):
        if left[start]:
            yield from ((start, *rest) for rest in _each(left - Counter([start]), teams - 1))

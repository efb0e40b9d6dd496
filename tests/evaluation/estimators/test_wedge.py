"""What starting changes: against a least-squares fit, a published variance and an inverted test."""

from itertools import permutations
from random import Random

import numpy
import pytest
from statsmodels.api import OLS

from lms.evaluation.estimators.wedge import Steps, wedge

STARTS = (1, 1, 2, 2, 3, 3)
PERIODS = 4


def drawn(seed: int, change: float = 2.0) -> list[list[float]]:
    random = Random(seed)  # noqa: S311
    levels = [random.gauss(0, 1) for _ in STARTS]
    return [
        [level + 0.3 * period + change * (period >= start) + random.gauss(0, 1) for period in range(PERIODS)]
        for level, start in zip(levels, STARTS, strict=True)
    ]


def found(values: list[list[float]], starts: tuple[int, ...] = STARTS, level: float = 0.95):  # noqa: ANN201
    return wedge([Steps(start, tuple(row)) for start, row in zip(starts, values, strict=True)], level)


def test_the_change_is_that_of_the_model_of_hussey_and_hughes() -> None:
    """Least squares of statsmodels: a level for each team and each period, and the change."""
    values = drawn(3)
    design = [
        [float(team == one) for one in range(len(STARTS))]
        + [float(period == one) for one in range(1, PERIODS)]
        + [float(period >= start)]
        for team, start in enumerate(STARTS)
        for period in range(PERIODS)
    ]
    fit = OLS(numpy.ravel(values), numpy.array(design)).fit()
    assert found(values).change.value == pytest.approx(fit.params[-1], abs=1e-9)


def test_its_variance_is_the_published_one() -> None:
    """Hussey and Hughes, Contemporary Clinical Trials 28, 2007, formula 8, sigma² = 1 and tau² without bound."""
    one = numpy.eye(len(STARTS) * PERIODS).reshape(-1, len(STARTS), PERIODS).tolist()
    weights = numpy.array([found(values).change.value for values in one])
    under = numpy.array([[float(period >= start) for period in range(PERIODS)] for start in STARTS])
    i, t = len(STARTS), PERIODS
    u, w, v = under.sum(), (under.sum(axis=0) ** 2).sum(), (under.sum(axis=1) ** 2).sum()
    published = i * t / (u**2 + i * t * u - t * w - i * v)
    assert weights @ weights == pytest.approx(published)


def test_the_interval_is_what_the_test_by_dealing_out_does_not_reject() -> None:
    values = drawn(5)
    interval = found(values).change.interval
    assert found(values).ways == 90

    def p(change: float, *, above: bool) -> float:
        left = [
            [one - change * (period >= start) for period, one in enumerate(row)]
            for row, start in zip(values, STARTS, strict=True)
        ]
        seen = found(left).change.value
        dealt = [found(left, starts).change.value for starts in set(permutations(STARTS))]
        return sum(one >= seen - 1e-9 if above else one <= seen + 1e-9 for one in dealt) / len(dealt)

    for bound, above, outwards in ((interval.low, True, -1e-6), (interval.high, False, 1e-6)):
        assert p(bound + outwards, above=above) <= 0.025 < p(bound - outwards, above=above)


def test_what_rises_for_everybody_is_no_change() -> None:
    rising = [[10.0 * period for period in range(PERIODS)] for _ in STARTS]
    assert found(rising).change.value == pytest.approx(0)
    assert found(rising).change.interval is None


def test_a_change_of_everyone_is_found_whole() -> None:
    values = [
        [team + (2.0 if period >= start else 0) for period in range(PERIODS)] for team, start in enumerate(STARTS)
    ]
    assert found(values).change.value == pytest.approx(2)


@pytest.mark.parametrize(("starts", "ways"), [((1, 1, 1, 2, 2, 2), 20), ((1, 2, 3), 6)])
def test_too_few_ways_give_no_interval(starts: tuple[int, ...], ways: int) -> None:
    values = drawn(7)[: len(starts)]
    one = found(values, starts)
    assert (one.ways, one.change.interval) == (ways, None)
    assert found(values, starts, level=0.5).change.interval is not None


def test_without_teams_of_both_kinds_there_is_nothing_to_compare() -> None:
    assert found(drawn(7), (0,) * len(STARTS)) is None


def test_many_ways_are_drawn_with_a_fixed_seed() -> None:
    values = [[Random(team * 10 + period).random() for period in range(5)] for team in range(12)]  # noqa: S311
    starts = tuple(1 + team // 3 for team in range(12))
    one, again = found(values, starts), found(values, starts)
    assert one == again
    assert one.ways == 369_600

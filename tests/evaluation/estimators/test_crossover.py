"""What being taught adds: against a least-squares fit of statsmodels."""

import pytest
from statsmodels.api import OLS, add_constant

from lms.evaluation.estimators.crossover import crossover

FIRST, SECOND = [0.30, 0.42, 0.25], [0.08, 0.19, 0.11, 0.15]


def test_it_is_the_constant_of_a_fit_with_the_order_as_plus_and_minus_one() -> None:
    fit = OLS([*FIRST, *SECOND], add_constant([1] * len(FIRST) + [-1] * len(SECOND))).fit()
    found = crossover(FIRST, SECOND)
    assert (found.taught.value, found.modules) == pytest.approx(tuple(fit.params))
    assert (found.taught.interval.low, found.taught.interval.high) == pytest.approx(tuple(fit.conf_int()[0]))


def test_by_hand() -> None:
    """Two teams an order: means .3 and .1, pooled variance .01 with two degrees of freedom, t 4.302653."""
    found = crossover([0.2, 0.4], [0.05, 0.15], 0.95)
    error = ((0.02 + 0.005) / 2 * (1 / 2 + 1 / 2)) ** 0.5 / 2
    assert found.taught.value == pytest.approx(0.2)
    assert found.modules == pytest.approx(0.1)
    assert found.taught.interval.high == pytest.approx(0.2 + 4.302653 * error, abs=1e-6)


def test_an_easier_module_cancels_out() -> None:
    easier = crossover([one + 0.5 for one in FIRST], [one - 0.5 for one in SECOND])
    assert easier.taught.value == pytest.approx(crossover(FIRST, SECOND).taught.value)


@pytest.mark.parametrize(("first", "second"), [([0.3], [0.1, 0.2]), ([0.2, 0.2], [0.1, 0.1])])
def test_one_team_an_order_or_teams_all_alike_give_no_interval(first: list[float], second: list[float]) -> None:
    assert crossover(first, second).taught.interval is None

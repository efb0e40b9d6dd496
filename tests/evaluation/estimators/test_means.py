"""Means and costs."""

from math import sqrt
from statistics import stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_1samp, ttest_rel

from lms.evaluation.estimators.costs import Costs, scenarios
from lms.evaluation.estimators.means import geometric_mean, mean
from lms.kernel.intervals import Interval
from tests.evaluation import golden


def test_the_mean_of_paired_differences() -> None:
    """R's sleep data: t, p and interval as R prints them; t and p by the library, as a check."""
    told = golden.given("ttest_sleep")
    test = ttest_rel(told["first"], told["second"])
    found = mean([one - other for one, other in zip(told["first"], told["second"], strict=True)])
    assert [test.statistic, test.pvalue, found.interval.low, found.interval.high] == golden.expected("ttest_sleep")


def test_the_design_effect_widens_by_its_root() -> None:
    """Section 3.3: SE_adj = SE x root of DEFF."""
    plain, wide = mean([1, 2, 3, 4]), mean([1, 2, 3, 4], deff=4)
    assert wide.value - wide.interval.low == pytest.approx(2 * (plain.value - plain.interval.low))


def test_the_scale_bounds_the_interval() -> None:
    assert mean([90, 100, 100, 80], within=Interval(0, 100)).interval.high == 100


def test_values_that_do_not_differ_have_no_interval() -> None:
    assert mean([3, 3, 3]).interval is None
    assert mean([3]).interval is None
    assert geometric_mean([2, 2]).interval is None


def test_geometric_mean() -> None:
    """By hand: the logarithms (base 2) 0, 1, 2 have mean 1, t(2) = 4.3026527 and SE 1/root 3."""
    found = geometric_mean([1, 2, 4])
    assert found.value == pytest.approx(2)
    assert found.interval.high == pytest.approx(2 ** (1 + 4.3026527 * stdev([0, 1, 2]) / sqrt(3)), rel=1e-6)


@given(st.lists(st.integers(0, 100).map(float), min_size=2, max_size=30).filter(lambda values: len(set(values)) > 1))
def test_as_scipy(values: list[float]) -> None:
    found, theirs = mean(values), ttest_1samp(values, 0).confidence_interval()
    assert (found.interval.low, found.interval.high) == pytest.approx((theirs.low, theirs.high), rel=1e-9, abs=1e-9)
    assert found.interval.low < found.value < found.interval.high


def test_cost_of_a_completed_hour() -> None:
    """By hand, illustrative: 1500 + 900 + 360 + 1800 + 5040 = 9600; over 150 hours 64."""
    costs = Costs(**{name: value for name, value in golden.given("cost").items() if name != "returns"})
    assert [costs.total, costs.per_completed_hour] == golden.expected("cost")


@given(st.floats(0, 100), st.lists(st.floats(0, 100), max_size=4))
def test_scenarios_hold_the_central_one(central: float, others: list[float]) -> None:
    found = scenarios(central, others)
    assert found.interval.low <= central <= found.interval.high
    assert {found.interval.low, found.interval.high} <= {central, *others}

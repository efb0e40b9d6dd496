"""The pseudo-median and the median against values from elsewhere, and what must hold of them always."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import quantile_test, wilcoxon

from lms.evaluation.estimators.estimates import Estimate
from lms.evaluation.estimators.ranks import hodges_lehmann, median, signed_rank_distribution
from lms.kernel.intervals import Interval
from tests.evaluation import golden


def figures(found: Estimate) -> list[float]:
    return [found.value, found.interval.low, found.interval.high, found.level]


def depression() -> list[float]:
    told = golden.given("hl_depression")
    return [one - other for one, other in zip(told["first"], told["second"], strict=True)]


def test_hodges_lehmann() -> None:
    """R's depression data: published interval remembered, distribution by enumeration."""
    assert figures(hodges_lehmann(depression())) == golden.expected("hl_depression")


def test_hodges_lehmann_of_a_gain() -> None:
    """The reference's own, its distribution checked by enumeration."""
    told = golden.given("hl_gain")
    gains = [after - before for before, after in zip(told["pre"], told["post"], strict=True)]
    assert figures(hodges_lehmann(gains)) == golden.expected("hl_gain")


def test_the_signed_rank_distribution() -> None:
    """Enumeration of 2^12 sign patterns."""
    assert list(signed_rank_distribution(golden.given("signrank_bruteforce_n12")["n"])[:40]) == golden.expected(
        "signrank_bruteforce_n12"
    )


def test_the_signed_rank_test() -> None:
    """R's output V=40, p=0.01953: the chance of 40 or more is that of 5 or less."""
    told = golden.given("wilcoxon_depression")
    statistic = wilcoxon(told["first"], told["second"], alternative=told["alternative"]).statistic
    p = signed_rank_distribution(9)[45 - round(statistic)]
    assert [statistic, p] == golden.expected("wilcoxon_depression")


@pytest.mark.parametrize("n", [1, 2, 5, 8])
def test_the_distribution_counts_every_pattern_of_signs(n: int) -> None:
    sums = [sum(rank for rank, positive in enumerate(signs, 1) if positive) for signs in product((0, 1), repeat=n)]
    by_count = [sum(one <= total for one in sums) / 2**n for total in range(n * (n + 1) // 2 + 1)]
    assert list(signed_rank_distribution(n)) == by_count


def test_five_differences_cannot_reach_95_percent() -> None:
    """By hand: 1 - 2/32 with the extremes of the Walsh averages."""
    assert figures(hodges_lehmann([1, 2, 3, 4, 6])) == [3.0, 1.0, 6.0, 0.9375]


MINUTES = [4.2, 5.1, 5.5, 6, 6.3, 6.8, 7.1, 7.9, 8.4, 9, 11.5, 19]


def test_median() -> None:
    """Section 3.9: 6.95, 5.5-9.0 (96.1 %); order statistics of another library."""
    assert figures(median(MINUTES)) == pytest.approx([6.95, 5.5, 9.0, 0.961426], abs=1e-6)


def test_the_median_of_five_has_no_interval() -> None:
    """By hand: the extremes of five hold it in 1 - 2/32 of cases only; of six in 1 - 2/64."""
    assert median([1, 2, 3, 4, 5]) == Estimate(3, None)
    assert median([1, 2, 3, 4, 5, 6]) == Estimate(3.5, Interval(1, 6), 1 - 2 / 64)


values = st.lists(st.integers(-50, 50).map(float), min_size=6, max_size=40)


@given(values)
def test_the_median_as_scipy(found: list[float]) -> None:
    theirs = quantile_test(found, p=0.5).confidence_interval()
    assert median(found).interval == Interval(theirs.low, theirs.high)


@given(values, st.sampled_from([hodges_lehmann, median]))
def test_the_interval_holds_the_estimate_and_the_level(found: list[float], estimator) -> None:
    estimate = estimator(found)
    assert min(found) <= estimate.interval.low <= estimate.value <= estimate.interval.high <= max(found)
    assert 0.95 <= estimate.level < 1


@given(values, st.sampled_from([hodges_lehmann, median]))
def test_the_other_sign_mirrors(found: list[float], estimator) -> None:
    there, back = estimator(found), estimator([-value for value in found])
    assert (there.value, there.interval.low) == (-back.value, -back.interval.high)
    assert estimator(list(reversed(found))) == there


@given(values, st.sampled_from([hodges_lehmann, median]))
def test_more_certainty_never_narrows(found: list[float], estimator) -> None:
    less, more = estimator(found, 0.8), estimator(found, 0.95)
    assert more.interval.low <= less.interval.low
    assert less.interval.high <= more.interval.high

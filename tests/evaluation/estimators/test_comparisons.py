"""Tests between groups."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact, mannwhitneyu, rankdata
from statsmodels.stats.contingency_tables import StratifiedTable
from statsmodels.stats.multitest import multipletests

from lms.evaluation.estimators.comparisons import TwoByTwo, fisher, holm, mantel_haenszel, permuted
from tests.evaluation import golden


def test_holm() -> None:
    """By hand: 5 x .01, 4 x .02, 3 x .03, then never falling."""
    assert holm([0.01, 0.02, 0.03, 0.04, 0.05]) == pytest.approx([0.05, 0.08, 0.09, 0.09, 0.09])


@pytest.mark.parametrize("p_values", [[0.3, 0.004, 0.03, 0.03, 0.6], [0.9], [0.5, 0.01, 0.02, 1.0, 0.0]])
def test_holm_as_statsmodels(p_values: list[float]) -> None:
    assert holm(p_values) == pytest.approx(list(multipletests(p_values, method="holm")[1]), abs=1e-12)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_the_order_of_the_tests_does_not_matter(p_values: list[float]) -> None:
    assert holm(p_values[::-1]) == pytest.approx(holm(p_values)[::-1])
    assert all(p <= adjusted <= 1 for p, adjusted in zip(p_values, holm(p_values), strict=True))


@pytest.mark.parametrize(
    ("teams", "least"),
    [(3, 2 / 20), (4, 2 / 70)],  # section 3.4: what three and four teams a side can give at best
)
def test_few_teams_cannot_be_sure(teams: int, least: float) -> None:
    assert permuted(range(teams), range(100, 100 + teams)) == pytest.approx(least)


def test_dealing_out_ranks_is_the_rank_sum_test() -> None:
    """R's permeability data: W=35, p=.1272, one-sided; the distribution is symmetric, so that ours is twice that."""
    told = golden.given("mannwhitney_perm")
    ranks = rankdata([*told["first"], *told["second"]])
    p = permuted(ranks[:10], ranks[10:]) / 2
    statistic = mannwhitneyu(told["first"], told["second"]).statistic
    assert [statistic, p] == golden.expected("mannwhitney_perm")


def test_which_group_is_first_does_not_matter() -> None:
    one, other = [0.9, 0.8, 0.85, 0.6], [0.7, 0.5, 0.65]
    assert permuted(one, other) == permuted(other, one)


LARGER = [[8, 2, 3], [4, 6, 1], [2, 2, 6]]


def test_fisher_gives_the_same_twice() -> None:
    """Without a seed scipy gave .7789 and then .7820 for one table (section 3.2)."""
    first, again, other = (fisher(LARGER, seed, resamples=999) for seed in (7, 7, 8))
    assert first == again
    assert first != other


def test_fisher_of_two_by_two_is_exact() -> None:
    assert fisher([[21, 4], [10, 10]]) == fisher_exact([[21, 4], [10, 10]]).pvalue


BERKELEY = [
    (512, 313, 89, 19),
    (353, 207, 17, 8),
    (120, 205, 202, 391),
    (138, 279, 131, 244),
    (53, 138, 94, 299),
    (22, 351, 24, 317),
]


def test_mantel_haenszel() -> None:
    """R's UCBAdmissions: .9046968 [.7719074, 1.0603298], X squared 1.4269, p .2323 (read)."""
    found = mantel_haenszel([TwoByTwo(*table) for table in BERKELEY])
    ratio = found.odds_ratio
    assert [ratio.value, ratio.interval.low, ratio.interval.high] == pytest.approx(
        [0.9046968, 0.7719074, 1.0603298], abs=5e-8
    )
    assert (found.chi_square, found.p) == pytest.approx((1.4269, 0.2323), abs=5e-5)


counts = st.integers(1, 40)


@given(st.lists(st.tuples(counts, counts, counts, counts), min_size=1, max_size=6))
def test_mantel_haenszel_as_statsmodels(tables: list[tuple[int, int, int, int]]) -> None:
    found = mantel_haenszel([TwoByTwo(*table) for table in tables]).odds_ratio
    theirs = StratifiedTable([[table[:2], table[2:]] for table in tables])
    assert found.value == pytest.approx(theirs.oddsratio_pooled, rel=1e-9)
    assert (found.interval.low, found.interval.high) == pytest.approx(theirs.oddsratio_pooled_confint(), rel=1e-9)


@given(st.lists(st.tuples(counts, counts, counts, counts), min_size=1, max_size=6))
def test_the_other_group_first_turns_the_ratio_over(tables: list[tuple[int, int, int, int]]) -> None:
    there = mantel_haenszel([TwoByTwo(*table) for table in tables])
    back = mantel_haenszel([TwoByTwo(*table[2:], *table[:2]) for table in tables])
    assert there.odds_ratio.value == pytest.approx(1 / back.odds_ratio.value)
    assert there.p == pytest.approx(back.p)

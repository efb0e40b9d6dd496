"""Design effects against values from elsewhere, and what must hold of them always."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lms.evaluation.estimators.clusters import (
    Cluster,
    design_effect,
    design_effect_of_mean,
    design_effect_of_ratio,
    estimated_deff,
    intraclass_correlation,
    planned_deff,
    share,
)
from lms.evaluation.estimators.estimates import Estimate, widened
from lms.kernel.intervals import Interval
from tests.evaluation.golden import ROWS

TEAMS = [Cluster(x, m) for x, m in zip(ROWS["deff"]["input"]["x"], ROWS["deff"]["input"]["m"], strict=True)]


def test_design_effect() -> None:
    """The variance equals the squared cluster-robust standard error of statsmodels OLS, 0.0767294795."""
    p, deff, n_eff = ROWS["deff"]["expected"]
    assert share(TEAMS) == pytest.approx(p, abs=1e-6)
    assert estimated_deff(TEAMS) == pytest.approx(deff, abs=1e-6)
    assert 64 / design_effect(TEAMS, 0) == pytest.approx(n_eff, abs=1e-6)


def test_the_floor_of_the_design_effect() -> None:
    """By hand: 1 + (sum of squares / sum - 1) * 0.05."""
    floor, used = ROWS["deff_floor"]["expected"]
    assert planned_deff(TEAMS, 0.05) == pytest.approx(floor, abs=1e-6)
    assert design_effect(TEAMS, 0.05) == pytest.approx(used, abs=1e-6)


def test_intraclass_correlation() -> None:
    """The reference's own ANOVA value, computed there by separate code."""
    assert intraclass_correlation(TEAMS) == pytest.approx(ROWS["icc"]["expected"][0], abs=1e-7)


@pytest.mark.parametrize(
    ("teams", "expected"),
    [
        ([Cluster(3, 10)], 1.0),  # one team tells nothing of how teams differ
        ([Cluster(10, 10), Cluster(8, 8)], 1.0),  # everybody
        ([Cluster(0, 10), Cluster(0, 8)], 1.0),  # nobody
        ([Cluster(10, 10), Cluster(0, 10)], 20.0),  # by hand: 2/1 * (25+25)/400 over .25/20
    ],
)
def test_design_effect_at_the_edges(teams: list[Cluster], expected: float) -> None:
    assert estimated_deff(teams) == pytest.approx(expected)


shares = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
teams = st.lists(shares.map(lambda counts: Cluster(*counts)), min_size=1, max_size=8)


@given(teams, st.floats(0, 0.5))
def test_the_design_effect_never_narrows(found: list[Cluster], icc0: float) -> None:
    assert design_effect(found, icc0) >= 1
    assert design_effect(found, icc0) <= design_effect(found, 2 * icc0)


small = st.integers(1, 12).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(st.lists(small, min_size=1, max_size=8), st.floats(0, 0.5))
def test_the_mean_of_zeros_and_ones_is_a_share(counts: list[tuple[int, int]], icc0: float) -> None:
    values = [[1.0] * x + [0.0] * (n - x) for x, n in counts]
    assert design_effect_of_mean(values, icc0) == pytest.approx(
        design_effect([Cluster(*count) for count in counts], icc0), rel=1e-9
    )


scores = st.lists(st.lists(st.integers(0, 20), min_size=1, max_size=8), min_size=1, max_size=8)


@given(scores, st.integers(-5, 5), st.integers(1, 5))
def test_a_mean_on_another_scale_has_the_same_design_effect(teams: list[list[int]], shift: int, scale: int) -> None:
    other = [[shift + scale * value for value in team] for team in teams]
    assume(len({value for team in teams for value in team}) > 1)
    assert design_effect_of_mean(other, 0.05) == pytest.approx(design_effect_of_mean(teams, 0.05), rel=1e-6)


def test_a_sum_over_a_sum() -> None:
    """By hand: sums 2/4 and 6/4, ratio 1; residuals -1 -1 | 1 1: 2/1 * (4 + 4) / 4."""
    assert design_effect_of_ratio([[(1, 2), (1, 2)], [(3, 2), (3, 2)]], 0) == pytest.approx(4)


def test_widening_about_the_estimate() -> None:
    """By hand: arms of 1 and 2 at a design effect of 4 become 2 and 4, as far as the scale goes."""
    found = Estimate(5.0, Interval(4.0, 7.0))
    assert widened(found, 4).interval == Interval(3.0, 9.0)
    assert widened(found, 4, Interval(3.5, 8.0)).interval == Interval(3.5, 8.0)
    assert widened(Estimate(5.0, None), 4) == Estimate(5.0, None)

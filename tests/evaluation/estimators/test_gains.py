"""Gains against values worked by hand, and what must hold of their intervals."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.evaluation.estimators.bootstrap import TEAMS_TO_DRAW, clustered_ratio, drawn_again
from lms.evaluation.estimators.clusters import design_effect_of_mean
from lms.evaluation.estimators.gains import (
    Pair,
    class_gain,
    mean_change,
    mean_gain,
    mean_individual_gain,
    normalised_change,
)
from lms.evaluation.estimators.means import mean
from tests.evaluation import golden

TWELVE = [
    Pair(before, after)
    for before, after in zip(golden.given("class_gain")["pre"], golden.given("class_gain")["post"], strict=True)
]


def test_class_gain() -> None:
    """By hand: (85-52)/(120-52). Its interval, section 3.9: BCa with seed 20240101, .3714-.5833 (to .02)."""
    found = class_gain([TWELVE], 10, 0)
    assert [found.value] == golden.expected("class_gain")
    assert (found.interval.low, found.interval.high) == pytest.approx((0.3714, 0.5833), abs=0.02)


def test_mean_gain() -> None:
    """Section 3.9, by hand: 2.75 points; Student's interval 2.1998-3.3002, which the bootstrap comes near to."""
    found = mean_gain([TWELVE], 0)
    assert found.value == 2.75
    assert (found.interval.low, found.interval.high) == pytest.approx((2.1998, 3.3002), abs=0.2)
    students = mean([pair.gain for pair in TWELVE]).interval
    assert (students.low, students.high) == pytest.approx((2.1998, 3.3002), abs=5e-5)


def test_mean_individual_gain() -> None:
    """By hand; not the class gain, which is why the report says which it is."""
    assert [mean_individual_gain(TWELVE, golden.given("mean_ind_gain")["max"])] == golden.expected("mean_ind_gain")


def test_normalised_change() -> None:
    """By hand, by Marx and Cummings' definition."""
    changes = [normalised_change(Pair(*pair), 10) for pair in golden.given("norm_change")["pairs"]]
    assert changes == golden.expected("norm_change")


@pytest.mark.parametrize("score", [0, 10])
def test_all_or_nothing_both_times_tells_nothing(score: int) -> None:
    assert normalised_change(Pair(score, score), 10) is None
    assert mean_change([[Pair(score, score)]], 10, 0) is None


def test_what_tells_nothing_is_left_out_of_the_mean() -> None:
    """By hand: (.5 - .4 + 0) / 3, without (10, 10)."""
    found = mean_change([[Pair(4, 7), Pair(5, 3)], [Pair(8, 8), Pair(10, 10)]], 10, 0)
    assert found.value == pytest.approx(0.1 / 3)
    assert found.interval.low < found.value < found.interval.high


def test_everybody_had_everything_before() -> None:
    assert class_gain([[Pair(10, 10), Pair(10, 9)]], 10, 0) is None


@pytest.mark.parametrize("teams", [[[Pair(2, 5)] * 12], [[Pair(1, 4), Pair(2, 5)]] * TEAMS_TO_DRAW, [[Pair(2, 5)]]])
def test_gains_that_do_not_differ_have_no_interval(teams: list[list[Pair]]) -> None:
    """scipy would say NaN, and a width of nothing would be a sure verdict."""
    found = mean_gain(teams, 0.05)
    assert (found.value, found.interval) == (3, None)


def test_few_teams_widen_by_the_root_of_the_design_effect() -> None:
    teams = [TWELVE[:4], TWELVE[4:8], TWELVE[8:]]
    plain, found = mean_gain([TWELVE], 0), mean_gain(teams, 0.3)
    deff = design_effect_of_mean([[pair.gain for pair in team] for team in teams], 0.3)
    assert deff >= 1.9
    assert found.value - found.interval.low == pytest.approx((plain.value - plain.interval.low) * deff**0.5)


def test_many_teams_are_drawn_whole_as_well() -> None:
    """Twelve teams whose members are all alike tell no more than twelve people."""
    alike = [[pair] * 5 for pair in TWELVE]
    found, whole = mean_gain(alike, 0.05).interval, drawn_again([(5 * pair.gain, 5.0) for pair in TWELVE])
    assert found.low <= whole.low
    assert whole.high <= found.high


def test_many_teams_keep_the_floor() -> None:
    """Ten teams with one mean would seem surer than their members are, did drawing teams alone decide."""
    teams = [[Pair(0, 1 + place % 2), Pair(0, 5), Pair(0, 9 - place % 2)] for place in range(TEAMS_TO_DRAW)]
    assert drawn_again([(15.0, 3.0)] * TEAMS_TO_DRAW) is None
    found = mean_gain(teams, 0.1)
    assert found.value == 5
    assert found.interval.high - found.interval.low > 2


def test_who_could_gain_nothing_may_leave_nothing_to_divide_by() -> None:
    """Three of four had all points before: some draws are of these alone."""
    found = class_gain([[Pair(4, 7), Pair(10, 10), Pair(10, 9), Pair(10, 10)]], 10, 0)
    assert found.value == pytest.approx(2 / 6)
    assert found.interval is None


part = st.tuples(st.integers(-5, 5).map(float), st.integers(1, 5).map(float))


@settings(max_examples=15)
@given(st.lists(st.lists(part, min_size=1, max_size=4), min_size=2, max_size=12))
def test_the_same_data_give_the_same_interval(teams: list[list[tuple[float, float]]]) -> None:
    found = clustered_ratio(teams, 0.05)
    assert found == clustered_ratio(teams, 0.05)
    if found.interval:
        assert found.interval.low <= found.value <= found.interval.high

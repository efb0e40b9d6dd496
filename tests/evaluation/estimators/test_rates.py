"""Rates and availability."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.rates import confint_poisson

from lms.evaluation.estimators.bootstrap import TEAMS_TO_DRAW, drawn_again
from lms.evaluation.estimators.rates import Day, Exposure, availability, dispersion, poisson, rate


def test_poisson() -> None:
    """Section 3.9: 7 in 10 times a hundred sessions, .2814-1.4423 (statsmodels, exact)."""
    found = poisson(7, 10)
    assert (found.low, found.high) == pytest.approx((0.2814, 1.4423), abs=5e-5)


@given(st.integers(0, 300), st.floats(0.1, 1000))
def test_poisson_as_statsmodels(events: int, amount: float) -> None:
    found = poisson(events, amount)
    low, high = confint_poisson(events, amount, method="exact-c")
    assert (found.low, found.high) == pytest.approx((low if events else 0, high), rel=1e-9)
    assert found.low <= events / amount <= found.high


def test_nothing_happened() -> None:
    """By hand: -ln(.025) / 10; also with many teams, which then do not differ."""
    assert rate([Exposure(0, 10)]).interval.high == pytest.approx(0.368888, abs=1e-6)
    assert rate([Exposure(0, 1)] * TEAMS_TO_DRAW).interval.high == pytest.approx(0.368888, abs=1e-6)


def test_teams_that_differ_widen() -> None:
    """By hand: 1 and 9 in 5 and 5: expected 5 each, (16 + 16) / 5 over one degree of freedom."""
    teams = [Exposure(1, 5), Exposure(9, 5)]
    assert dispersion(teams) == pytest.approx(6.4)
    exact, found = poisson(10, 10), rate(teams)
    assert found.value == 1
    assert found.interval.high == pytest.approx(1 + (exact.high - 1) * 6.4**0.5)
    assert found.interval.low == 0


def test_teams_alike_keep_the_exact_interval() -> None:
    assert rate([Exposure(4, 5), Exposure(4, 5)]).interval == poisson(8, 10)


def test_many_teams_that_differ_are_drawn_as_well() -> None:
    teams = [Exposure(events, 10) for events in (0, 0, 1, 1, 2, 3, 5, 8, 13, 21)]
    found, drawn = rate(teams), drawn_again([(team.events, team.amount) for team in teams])
    assert found.interval.low <= drawn.low
    assert found.interval.high == drawn.high > poisson(54, 100).high


def test_availability() -> None:
    """By hand: 30 of 14 x 480 minutes down; all in one day, so that few days tell little."""
    days = [Day(480, 480)] * 13 + [Day(450, 480)]
    found = availability(days)
    assert found.value == pytest.approx(1 - 30 / 6720)
    assert 0.97 < found.interval.low < found.value <= found.interval.high <= 1


def test_days_that_were_alike_have_no_interval() -> None:
    assert availability([Day(480, 480)] * 14).interval is None


@given(st.lists(st.builds(Exposure, st.integers(0, 9), st.integers(1, 20).map(float)), min_size=1, max_size=9))
def test_the_interval_holds_the_rate_whatever_the_order(teams: list[Exposure]) -> None:
    found = rate(teams)
    assert 0 <= found.interval.low <= found.value <= found.interval.high
    back = rate(teams[::-1])
    assert (back.interval.low, back.interval.high) == pytest.approx((found.interval.low, found.interval.high))

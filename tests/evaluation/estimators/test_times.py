"""Times that not everyone has come to the end of."""

from math import inf, isinf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from lms.evaluation.estimators.times import Wait, kaplan_meier, median_time
from lms.kernel.intervals import Interval

REMISSION = [Wait(time, True) for time in (9, 13, 18, 23, 31, 34, 48)] + [
    Wait(time, False) for time in (13, 28, 45, 161)
]


def test_kaplan_meier() -> None:
    """Section 3.9: statsmodels; published table remembered (maintained chemotherapy, Miller 1981)."""
    remaining = [step.remaining for step in kaplan_meier(REMISSION)]
    assert remaining == pytest.approx([0.909, 0.818, 0.716, 0.614, 0.491, 0.368, 0.184], abs=5e-4)


def test_the_median_and_its_interval() -> None:
    """As statsmodels' log-log interval and SAS: 31, from 13, without an upper bound."""
    found = median_time(REMISSION)
    theirs = SurvfuncRight([wait.duration for wait in REMISSION], [wait.ended for wait in REMISSION])
    assert (found.value, found.interval) == (31, Interval(13, inf))
    assert (theirs.quantile(0.5), *theirs.quantile_ci(0.5)) == (31, 13, inf)


def test_dropping_the_unfinished_would_look_quicker() -> None:
    """Indicator C4: why the unfinished are kept."""
    finished = [wait for wait in REMISSION if wait.ended]
    assert median_time(finished).value < median_time(REMISSION).value


def test_where_the_other_library_is_wrong() -> None:
    """Everyone done at once: the curve jumps past both bounds; nothing to do with an unknown interval."""
    waits = [Wait(5, True)] * 40
    assert median_time(waits).interval == Interval(5, 5)


def test_a_curve_that_rests_on_one_half() -> None:
    """By hand: 4 of 4, the second ends at 2 and the third at 6: the middle of 2 and 6."""
    assert median_time([Wait(time, True) for time in (1, 2, 6, 7)]).value == 4


def test_fewer_than_half_have_finished() -> None:
    found = median_time([Wait(3, True)] + [Wait(10, False)] * 5)
    assert isinf(found.value)
    assert isinf(found.interval.high)


def test_nobody_has_finished() -> None:
    assert median_time([Wait(10, False)] * 5).interval is None


waits = st.lists(st.builds(Wait, st.integers(1, 30), st.booleans()), min_size=1, max_size=40)


@given(waits)
def test_the_interval_holds_the_median(found: list[Wait]) -> None:
    estimate = median_time(found)
    if estimate.interval:
        assert estimate.interval.low <= estimate.value <= estimate.interval.high


@given(waits, st.floats(1, 6))
def test_teams_that_differ_never_narrow(found: list[Wait], deff: float) -> None:
    plain, wide = median_time(found).interval, median_time(found, deff).interval
    if plain:
        assert wide.low <= plain.low
        assert plain.high <= wide.high


@given(waits)
def test_the_curve_falls_and_agrees_with_statsmodels(found: list[Wait]) -> None:
    steps = kaplan_meier(found)
    curve = [step.remaining for step in steps]
    assert curve == sorted(curve, reverse=True)
    if steps:
        theirs = SurvfuncRight([wait.duration for wait in found], [wait.ended for wait in found])
        assert curve == pytest.approx(list(theirs.surv_prob), abs=1e-9)


@given(waits)
def test_whoever_is_still_under_way_can_only_lengthen(found: list[Wait]) -> None:
    longer = [Wait(wait.duration if wait.ended else wait.duration + 100, wait.ended) for wait in found]
    assert median_time(longer).value >= median_time(found).value

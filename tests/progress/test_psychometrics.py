"""Moodle's formulas against Moodle's own tests, and a matrix of the reference worked twice."""

from statistics import pvariance, variance

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kurtosis as scipy_kurtosis
from scipy.stats import skew

from lms.progress.psychometrics import (
    cronbach_alpha,
    feldt,
    item_figures,
    kurtosis,
    quiz_figures,
    skewness,
)
from tests.evaluation import golden
from tests.evaluation.golden import ROWS

MATRIX = golden.given("alpha")["matrix"]
ITEMS = item_figures(MATRIX, [1] * 5)


@pytest.mark.parametrize(
    ("said", "figure"),
    [("F", "facility"), ("EW", "effective_weight"), ("DI", "discrimination"), ("DE", "efficiency")],
)
def test_as_moodle(said: str, figure: str) -> None:
    """Moodle's statistics_test.php (00e93a9) over its fixture of 22 attempts (2c709bb), all 13 slots."""
    row = ROWS["moodle_item_stats"]
    found = [getattr(one, figure) for one in item_figures(row["marks"], row["max_mark"])]
    assert found == pytest.approx(row["expected"][said], abs=row["tol"], rel=0)


def test_items() -> None:
    """The reference's 10 x 5 matrix: facility and weights by hand, the others by separate code."""
    assert [one.facility for one in ITEMS] == golden.expected("items_F")
    assert [one.discrimination for one in ITEMS] == golden.expected("items_DI")
    assert [one.efficiency for one in ITEMS] == golden.expected("items_DE")
    assert [sum(one.effective_weight for one in ITEMS)] == golden.expected("items_EW_sum")
    assert [one.intended_weight for one in ITEMS] == [20] * 5


def test_alpha() -> None:
    """The same with either divisor, so long as it is one; the reference gives it twice for that."""
    assert [cronbach_alpha(MATRIX)] * 2 == golden.expected("alpha")


def test_the_trap_of_two_divisors() -> None:
    """Section 4.2: population variances of the questions over the sample variance of the totals give .4215."""
    alone = sum(pvariance(column) for column in zip(*MATRIX, strict=True))
    trapped = 5 / 4 * (1 - alone / variance([sum(row) for row in MATRIX]))
    assert trapped == pytest.approx(0.4215, abs=5e-5)
    assert cronbach_alpha(MATRIX) == pytest.approx(0.3295, abs=5e-5)


def test_feldt() -> None:
    """pingouin's cronbach_alpha gives [-0.671, 0.81]: with ten attempts alpha says nothing."""
    told = golden.given("feldt")
    found = feldt(cronbach_alpha(told["matrix"]), told["n"], told["k"], told["confidence"])
    assert [found.low, found.high] == golden.expected("feldt")


def test_standard_error_of_measurement() -> None:
    """SD x root of (1 - alpha), in marks; the error ratio is the same over the SD, in percent."""
    found = quiz_figures(golden.given("SEM")["matrix"])
    assert [found.standard_error] == golden.expected("SEM")
    assert found.error_ratio == pytest.approx(100 * found.standard_error / found.deviation)
    assert (found.mean, found.deviation**2) == pytest.approx((2.9, 1.4333), abs=5e-5)  # section 4.2


def test_too_few_to_tell() -> None:
    """Section 4.1: more than two attempts and one question for alpha, n > 2 and n > 3 for the shape."""
    assert cronbach_alpha([[1, 0], [0, 1]]) is None
    assert cronbach_alpha([[1], [0], [1]]) is None
    assert cronbach_alpha([[1, 0]] * 4) is None
    assert skewness([1, 2]) is None
    assert kurtosis([1, 2, 3]) is None
    alone = item_figures([[1, 0]], [1, 1])[0]
    assert (alone.facility, alone.deviation, alone.discrimination, alone.efficiency) == (100, None, None, None)


def test_who_differs_the_other_way_round_has_no_weight() -> None:
    """By hand: the second question falls as the total rises."""
    found = item_figures([[0, 0, 1], [2, 2, 0], [4, 4, 0]], [4, 4, 1])
    assert found[2].effective_weight is None
    assert found[0].effective_weight + found[1].effective_weight == pytest.approx(100)
    assert found[2].discrimination < 0


totals = st.lists(st.integers(0, 20), min_size=4, max_size=40).filter(lambda values: len(set(values)) > 1)


@given(totals)
def test_shape_as_scipy(values: list[int]) -> None:
    """The same k-statistics, bias corrected; scipy's skewness over the sample deviation as well."""
    assert skewness(values) == pytest.approx(skew(values, bias=False), abs=1e-8)
    assert kurtosis(values) == pytest.approx(scipy_kurtosis(values, bias=False), abs=1e-8)


matrices = st.integers(2, 6).flatmap(
    lambda k: st.lists(st.lists(st.integers(0, 3), min_size=k, max_size=k), min_size=3, max_size=20)
)


@given(matrices, st.randoms(use_true_random=False))
def test_the_order_of_people_and_of_questions_does_not_matter(marks: list[list[int]], random) -> None:
    order = list(range(len(marks[0])))
    random.shuffle(order)
    shuffled = [[row[place] for place in order] for row in sorted(marks)]
    points = [3] * len(order)
    before, after = item_figures(marks, points), item_figures(shuffled, points)
    for figure in ("facility", "discrimination", "efficiency"):
        there = [getattr(before[place], figure) for place in order]
        assert [getattr(one, figure) for one in after] == pytest.approx(there, abs=1e-9)
    assert cronbach_alpha(shuffled) == pytest.approx(cronbach_alpha(marks))


@given(matrices)
def test_within_range(marks: list[list[int]]) -> None:
    for one in item_figures(marks, [3] * len(marks[0])):
        assert 0 <= one.facility <= 100
        assert one.discrimination is None or -100 <= one.discrimination <= 100
        assert one.efficiency is None or one.efficiency <= 100 + 1e-9
    alpha = cronbach_alpha(marks)
    if alpha is not None:
        found = feldt(alpha, len(marks), len(marks[0]))
        assert found.low <= alpha <= 1
        assert found.low <= found.high <= 1

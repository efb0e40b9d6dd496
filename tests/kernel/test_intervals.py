"""Wilson's interval against values from elsewhere, and what must hold of it always."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from statsmodels.stats.proportion import proportion_confint

from lms.kernel.intervals import wilson
from tests.evaluation import golden
from tests.evaluation.golden import rows


@pytest.mark.parametrize(("name", "row"), rows("wilson"))
def test_wilson(name: str, row: dict) -> None:
    """81/263 and 15/148: propint's tests quoting Newcombe 1998; the others: statsmodels."""
    found = wilson(row["input"]["x"], row["input"]["n"])
    assert [found.low, found.high] == pytest.approx(row["expected"], abs=row["tol"])


def test_the_interval_known_to_be_wider() -> None:
    """Agresti and Coull's, as a check: never shorter than Wilson's (Newcombe 1998)."""
    low, high = proportion_confint(12, 30, 0.05, "agresti_coull")
    assert [low, high] == golden.expected("agresti_coull_12_30")
    found = wilson(12, 30)
    assert low <= found.low
    assert found.high <= high


def test_the_exact_interval_of_the_library() -> None:
    """R's ?binom.test, remembered: the library that the tests lean on gives it."""
    found = binomtest(**{{"x": "k"}.get(key, key): value for key, value in golden.given("clopper_682_925").items()})
    interval = found.proportion_ci(method="exact")
    assert [interval.low, interval.high] == golden.expected("clopper_682_925")


shares = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
deffs = st.floats(1, 20)


@given(shares, deffs)
def test_wilson_holds_its_share_within_bounds(counts: tuple[int, int], deff: float) -> None:
    x, n = counts
    found = wilson(x / deff, n / deff)
    assert 0 <= found.low <= x / n + 1e-12
    assert x / n - 1e-12 <= found.high <= 1


@given(shares, deffs)
def test_clustering_widens(counts: tuple[int, int], deff: float) -> None:
    plain, widened = wilson(*counts), wilson(counts[0] / deff, counts[1] / deff)
    assert widened.low <= plain.low + 1e-12
    assert widened.high >= plain.high - 1e-12


@given(shares)
def test_one_more_success_moves_both_bounds_up(counts: tuple[int, int]) -> None:
    x, n = counts
    if x < n:
        less, more = wilson(x, n), wilson(x + 1, n)
        assert less.low < more.low
        assert less.high < more.high


@given(shares)
def test_failures_mirror_successes(counts: tuple[int, int]) -> None:
    x, n = counts
    one, other = wilson(x, n), wilson(n - x, n)
    assert one.low == pytest.approx(1 - other.high, abs=1e-12)


@given(shares, st.integers(2, 20))
def test_more_of_the_same_narrows(counts: tuple[int, int], times: int) -> None:
    x, n = counts
    few, many = wilson(x, n), wilson(x * times, n * times)
    assert few.low - 1e-12 <= many.low
    assert many.high <= few.high + 1e-12


@given(shares, st.floats(0.5, 0.98), st.floats(0.001, 0.019))
def test_more_certainty_widens(counts: tuple[int, int], level: float, more: float) -> None:
    less, sure = wilson(*counts, level), wilson(*counts, level + more)
    assert sure.low <= less.low
    assert less.high <= sure.high


@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_as_statsmodels(counts: tuple[int, int]) -> None:
    found = wilson(*counts)
    assert [found.low, found.high] == pytest.approx(proportion_confint(*counts, 0.05, "wilson"), abs=1e-9)

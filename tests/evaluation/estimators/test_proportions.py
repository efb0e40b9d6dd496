"""Differences, missing outcomes and scores of recommendation against values from elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.estimators.clusters import Cluster
from lms.evaluation.estimators.proportions import (
    Pairs,
    absolute,
    missing_bounds,
    net_promoter_score,
    newcombe,
    newcombe_paired,
    probability_above,
)
from lms.kernel.intervals import Interval
from tests.evaluation import golden
from tests.evaluation.golden import ROWS, rows


@pytest.mark.parametrize(("name", "row"), rows("newcombe_indep"))
def test_newcombe(name: str, row: dict) -> None:
    """56/70 - 48/80 and 9/10 - 3/10: propint's tests quoting Newcombe 1998; 21/25 - 10/20: statsmodels."""
    given_ = row["input"]
    found = newcombe(Cluster(given_["x1"], given_["n1"]), Cluster(given_["x2"], given_["n2"]))
    assert [found.low, found.high] == pytest.approx(row["expected"], abs=row["tol"])


@pytest.mark.parametrize(("name", "row"), rows("newcombe_paired"))
def test_newcombe_paired(name: str, row: dict) -> None:
    """Data read in biostatUZH (altman62) and contingencytables (bentur_2009); intervals remembered, Newcombe 1998."""
    found = newcombe_paired(
        Pairs(**{key: row["input"][key] for key in ("both", "first_only", "second_only", "neither")})
    )
    assert [found.value, found.interval.low, found.interval.high] == golden.expected(name)


def test_missing_bounds() -> None:
    """By hand: 40 successes among 48 seen of 60 give 40/60 and 52/60."""
    found = missing_bounds(40, 48, 60)
    assert [found.low, found.high] == pytest.approx(ROWS["manski"]["expected"], abs=1e-6)


def test_net_promoter_score() -> None:
    """By hand: 14 promoters, 9 passives, 7 detractors; z = 1.96 there, hence the tolerance."""
    counts = golden.given("nps")
    found = net_promoter_score(counts["promoters"], counts["passives"], counts["detractors"])
    assert [found.value, found.interval.low, found.interval.high] == golden.expected("nps")


def test_nobody_differs_says_nothing_of_the_next() -> None:
    assert net_promoter_score(12, 0, 0).interval is None
    assert net_promoter_score(0, 12, 0).value == 0


def test_at_thirty_the_score_of_recommendation_spans_more_than_57_points() -> None:
    """Indicator S5: why it is descriptive only."""
    found = net_promoter_score(14, 9, 7)
    assert found.interval.high - found.interval.low > 57


@pytest.mark.parametrize(
    ("successes", "n", "chance"),
    [(18, 20, 0.873), (54, 60, 0.980), (57, 60, 0.9995)],  # section 3.8, Bayesian reading
)
def test_how_probable_a_share_above_the_threshold_is(successes: int, n: int, chance: float) -> None:
    assert probability_above(successes, n, 0.8) == pytest.approx(chance, abs=6e-4)


@pytest.mark.parametrize(
    ("difference", "expected"),
    [
        (Interval(0.1, 0.3), Interval(0.1, 0.3)),
        (Interval(-0.3, -0.1), Interval(0.1, 0.3)),
        (Interval(-0.1, 0.3), Interval(0.0, 0.3)),
        (Interval(-0.4, 0.3), Interval(0.0, 0.4)),
    ],
)
def test_the_size_of_a_difference(difference: Interval, expected: Interval) -> None:
    assert absolute(difference) == expected


shares = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(shares, shares)
def test_newcombe_holds_the_difference(one: tuple[int, int], two: tuple[int, int]) -> None:
    found = newcombe(Cluster(*one), Cluster(*two))
    assert -1 <= found.low <= one[0] / one[1] - two[0] / two[1] + 1e-12
    assert one[0] / one[1] - two[0] / two[1] - 1e-12 <= found.high <= 1


@given(shares, shares)
def test_changing_places_changes_the_sign(one: tuple[int, int], two: tuple[int, int]) -> None:
    there, back = newcombe(Cluster(*one), Cluster(*two)), newcombe(Cluster(*two), Cluster(*one))
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low), abs=1e-12)


cells = st.integers(0, 60)
pairs = st.builds(Pairs, cells, cells, cells, cells).filter(lambda found: any(vars(found).values()))


@given(pairs)
def test_the_paired_interval_holds_its_difference(found: Pairs) -> None:
    estimate = newcombe_paired(found)
    assert -1 <= estimate.interval.low <= estimate.value + 1e-12
    assert estimate.value - 1e-12 <= estimate.interval.high <= 1


@given(pairs)
def test_the_times_changing_places_changes_the_sign(found: Pairs) -> None:
    there = newcombe_paired(found)
    back = newcombe_paired(Pairs(found.both, found.second_only, found.first_only, found.neither))
    assert there.value == pytest.approx(-back.value, abs=1e-12)
    assert (there.interval.low, there.interval.high) == pytest.approx((-back.interval.high, -back.interval.low))


@given(pairs)
def test_success_called_failure_changes_the_sign(found: Pairs) -> None:
    there = newcombe_paired(found)
    other = newcombe_paired(Pairs(found.neither, found.second_only, found.first_only, found.both))
    assert (there.interval.low, there.interval.high) == pytest.approx((-other.interval.high, -other.interval.low))


@given(cells, cells, cells)
def test_a_score_of_recommendation_stays_on_its_scale(promoters: int, passives: int, detractors: int) -> None:
    if promoters + passives + detractors:
        found = net_promoter_score(promoters, passives, detractors)
        assert -100 <= found.value <= 100
        if found.interval:
            assert -100 <= found.interval.low <= found.value <= found.interval.high <= 100

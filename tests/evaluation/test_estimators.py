"""Estimators against values from elsewhere, and what must hold of them always."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.estimators import (
    Cluster,
    Interval,
    absolute,
    design_effect,
    estimated_deff,
    intraclass_correlation,
    missing_bounds,
    newcombe,
    planned_deff,
    share,
    wilson,
)
from tests.evaluation.golden import ROWS, rows

TEAMS = [Cluster(x, m) for x, m in zip(ROWS["deff"]["input"]["x"], ROWS["deff"]["input"]["m"], strict=True)]


def test_the_copied_rows_are_those_of_the_reference(shared: Path) -> None:
    reference = json.loads((shared / "reference/evaluation-golden.json").read_text())
    for name, row in ROWS.items():
        original = reference[name]
        for key, value in row.items():
            if key == "input":
                assert reference["_inputs"][name] == value
            else:
                assert (original[key] if isinstance(original, dict) and key in original else original) == value


@pytest.mark.parametrize(("name", "row"), rows("wilson"))
def test_wilson(name: str, row: dict) -> None:
    """81/263 and 15/148: propint's tests quoting Newcombe 1998; the others: statsmodels."""
    found = wilson(row["input"]["x"], row["input"]["n"])
    assert [found.low, found.high] == pytest.approx(row["expected"], abs=row["tol"])


@pytest.mark.parametrize(("name", "row"), rows("newcombe_indep"))
def test_newcombe(name: str, row: dict) -> None:
    """56/70 - 48/80 and 9/10 - 3/10: propint's tests quoting Newcombe 1998; 21/25 - 10/20: statsmodels."""
    given_ = row["input"]
    found = newcombe(Cluster(given_["x1"], given_["n1"]), Cluster(given_["x2"], given_["n2"]))
    assert [found.low, found.high] == pytest.approx(row["expected"], abs=row["tol"])


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


def test_missing_bounds() -> None:
    """By hand: 40 successes among 48 seen of 60 give 40/60 and 52/60."""
    found = missing_bounds(40, 48, 60)
    assert [found.low, found.high] == pytest.approx(ROWS["manski"]["expected"], abs=1e-6)


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


@given(shares, shares)
def test_newcombe_holds_the_difference(one: tuple[int, int], two: tuple[int, int]) -> None:
    found = newcombe(Cluster(*one), Cluster(*two))
    assert -1 <= found.low <= one[0] / one[1] - two[0] / two[1] + 1e-12
    assert one[0] / one[1] - two[0] / two[1] - 1e-12 <= found.high <= 1


teams = st.lists(shares.map(lambda counts: Cluster(*counts)), min_size=1, max_size=8)


@given(teams, st.floats(0, 0.5))
def test_the_design_effect_never_narrows(found: list[Cluster], icc0: float) -> None:
    assert design_effect(found, icc0) >= 1
    assert design_effect(found, icc0) <= design_effect(found, 2 * icc0)

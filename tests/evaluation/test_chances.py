"""What a sample can show before it is drawn: tables of sections 3.4 and 3.8 of the evaluation reference."""

import pytest

from lms.evaluation.chances import chances, least_successes, n_to_settle
from lms.evaluation.verdict import Direction
from tests.evaluation.golden import ROWS, rows


@pytest.mark.parametrize(("name", "row"), rows("n_to_resolve"))
def test_n_to_settle(name: str, row: dict) -> None:
    rate, threshold, deff = (float(part) for part in name.removeprefix("n_to_resolve_").split("_"))
    assert n_to_settle(rate, threshold, deff) == row["expected"]


@pytest.mark.parametrize(
    ("threshold", "n"),
    [(0.70, 9), (0.75, 12), (0.80, 16), (0.85, 22), (0.90, 35), (0.95, 73)],  # section 3.4: n/n and the threshold
)
def test_everybody_succeeds(threshold: float, n: int) -> None:
    assert n_to_settle(1.0, threshold) == n
    assert least_successes(n, threshold, Direction.GE, 1) == n
    assert least_successes(n - 1, threshold, Direction.GE, 1) is None


def test_at_the_threshold_no_number_settles() -> None:
    assert n_to_settle(0.8, 0.8) is None


@pytest.mark.parametrize(
    ("deff", "needed"),
    [  # section 3.4, successes needed for *met* at 80 %
        (1, {30: 29, 40: 37, 50: 46, 60: 55, 80: 72, 100: 88}),
        (1.55, {30: 30, 40: 39, 60: 56, 80: 73, 120: 107}),
        (2.1, {30: None, 40: 40, 60: 57, 80: 75, 120: 109}),
    ],
)
def test_successes_needed(deff: float, needed: dict[int, int | None]) -> None:
    assert {n: least_successes(n, 0.8, Direction.GE, deff) for n in needed} == needed


def test_when_less_is_better() -> None:
    """verdict_7 of the golden values: 1/60 is met at 10 %; none of 20 is not (0/20 reaches up to .1611)."""
    assert least_successes(60, 0.1, Direction.LE, 1) >= 1
    assert least_successes(20, 0.1, Direction.LE, 1) is None


@pytest.mark.parametrize(
    ("n", "truth", "expected"),
    [  # section 3.8, T = 80 %, no clustering: met / not met / inconclusive
        (30, 0.7, (0, 0.27, 0.73)),
        (30, 0.95, (0.55, 0, 0.45)),
        (60, 0.8, (0.01, 0.02, 0.97)),
        (60, 0.9, (0.44, 0, 0.56)),
        (60, 0.95, (0.92, 0, 0.08)),
        (120, 0.7, (0, 0.75, 0.25)),
        (120, 0.9, (0.86, 0, 0.14)),
    ],
)
def test_chances_of_a_verdict(n: int, truth: float, expected: tuple[float, float, float]) -> None:
    found = chances([n], truth, 0.8, Direction.GE, 0)
    assert (found.met, found.not_met, found.inconclusive) == pytest.approx(expected, abs=0.006)


def test_chances_against_monte_carlo() -> None:
    """400 000 draws of the reference."""
    row = ROWS["verdict_probs_60_.9_.8"]
    assert chances([60], 0.9, 0.8, Direction.GE, 0).met == pytest.approx(row["expected"][0], abs=row["tol"])


def test_how_teams_are_cut_does_not_matter_when_people_do_not_resemble_each_other() -> None:
    whole, cut = (chances(sizes, 0.9, 0.8, Direction.GE, 0) for sizes in ([60], [10, 20, 30]))
    assert whole.met == pytest.approx(cut.met)


def test_likeness_within_a_team() -> None:
    """By hand for pairs: both succeed with p² + p(1-p)·ICC = .25 + .25·.2 = .3; at DEFF 1.2, 2/2 clears .3."""
    found = chances([2], 0.5, 0.3, Direction.GE, 0.2)
    assert found.met == pytest.approx(0.3)


def test_teams_that_resemble_lower_the_chances() -> None:
    alike, unlike = chances([12] * 5, 0.95, 0.8, Direction.GE, 0.1), chances([12] * 5, 0.95, 0.8, Direction.GE, 0)
    assert alike.met < unlike.met
    assert alike.met + alike.not_met + alike.inconclusive == pytest.approx(1)

"""Agreement of two coders, beyond chance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa as by_statsmodels

from lms.audit.agreement import agreement, cohens_kappa


def pairs(both_yes: int, first_yes: int, second_yes: int, both_no: int) -> list[tuple[bool, bool]]:
    said = {(True, True): both_yes, (True, False): first_yes, (False, True): second_yes, (False, False): both_no}
    return [pair for pair, times in said.items() for _ in range(times)]


def test_fifty_grant_proposals() -> None:
    """20, 5, 10, 15: observed 0.7, expected 0.5, kappa 0.4 (Wikipedia, Cohen's kappa, simple example)."""
    assert cohens_kappa(pairs(20, 5, 10, 15)) == pytest.approx(0.4)


@given(st.tuples(*[st.integers(0, 12)] * 4))
def test_the_same_as_another_library(counts: tuple[int, int, int, int]) -> None:
    ours = cohens_kappa(pairs(*counts))
    yes_yes, yes_no, no_yes, no_no = counts
    one_sided = (yes_yes + yes_no + no_yes) * (no_no + yes_no + no_yes) == 0
    if one_sided:
        assert ours is None
    else:
        assert ours == pytest.approx(by_statsmodels([[yes_yes, yes_no], [no_yes, no_no]], return_results=False))


def test_nobody_agrees_about_nothing() -> None:
    assert cohens_kappa([]) is None


def test_each_theme_is_a_decision_of_its_own() -> None:
    found = agreement(10, [(["A"], ["A"]), (["A", "B"], ["A"]), (["B"], ["B"]), ([], [])])
    assert [(one.theme, one.first, one.second, one.both) for one in found.themes] == [("A", 2, 2, 2), ("B", 2, 1, 1)]
    assert found.themes[0].kappa == 1
    assert found.themes[1].kappa == pytest.approx(0.5)  # observed 3/4, expected 1/2
    assert found.enough  # four of ten, a fifth is asked
    assert not agreement(21, [(["A"], ["A"])] * 4).enough

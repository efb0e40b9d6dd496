"""What a pilot can show, told while it is designed: evaluation reference, sections 3.4 and 3.8."""

from dataclasses import replace

import pytest

from lms.evaluation.indicators.definition import Grouping
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.measures.share import measure_share_of_units
from lms.evaluation.power import Method, Planned, Team, Trouble, power
from lms.evaluation.units import Unit

FIVE = [Team(code, shift, 12) for code, shift in zip("abcde", ["m", "m", "e", "e", "n"], strict=True)]
SHARE = Planned("C1", INDICATORS["C1"], 0.8, 0.95, n_min=30, min_teams=3, icc0=0.1)
ALONE = replace(SHARE, icc0=0.0)
GAP = Planned("Q1", INDICATORS["Q1"], 0.15, None, n_min=10, min_teams=3, icc0=0.1)


def test_the_table_of_the_reference() -> None:
    """Section 3.8, n = 60, T = 80 %, no clustering: met / not met / inconclusive."""
    found = {one.truth: (one.met, one.not_met, one.inconclusive) for one in power(ALONE, FIVE).alike}
    assert found[0.7] == pytest.approx((0, 0.44, 0.56), abs=0.006)
    assert found[0.8] == pytest.approx((0.01, 0.02, 0.97), abs=0.006)
    assert found[0.9] == pytest.approx((0.44, 0, 0.56), abs=0.006)
    assert found[0.95] == pytest.approx((0.92, 0, 0.08), abs=0.006)


def test_successes_needed() -> None:
    """Section 3.4 at threshold 80 %: 55/60 with DEFF 1, 57/60 with DEFF 2.1 (five teams of twelve, ICC .10)."""
    assert power(ALONE, FIVE).needed == 55
    clustered = power(SHARE, FIVE)
    assert (clustered.needed, clustered.deff) == (57, pytest.approx(2.1))


def test_how_many_would_settle() -> None:
    """Section 3.8: observed 85 % against 80 % needs 246 people at DEFF 1, 382 at 1.55; 90 % needs 62 and 96."""
    settled = {one.truth: one for one in power(ALONE, FIVE).settled}
    assert (settled[0.85].people, settled[0.9].people, settled[0.75].people) == (246, 62, 246)
    assert settled[0.9].teams == 6  # teams of twelve
    clustered = {one.truth: one.people for one in power(replace(SHARE, icc0=0.05), FIVE).settled}
    assert (clustered[0.85], clustered[0.9]) == (382, 96)


def test_the_curve_holds_the_table() -> None:
    found = power(SHARE, FIVE)
    assert set(found.alike) <= set(found.curve)
    assert [one.truth for one in found.curve] == sorted(one.truth for one in found.curve)
    assert all(one.met + one.not_met + one.inconclusive == pytest.approx(1) for one in found.curve)
    met = [one.met for one in found.curve]
    assert met == sorted(met)  # the truer, the likelier


@pytest.mark.parametrize(
    ("planned", "teams", "expected"),
    [
        (SHARE, [], [Trouble.NOBODY]),
        (SHARE, [Team("a", "m", 0)], [Trouble.NOBODY]),
        (SHARE, FIVE, []),
        (replace(SHARE, ambition=0.9), FIVE, [Trouble.AMBITION_UNLIKELY]),  # section 2.4: 44 % even without teams
        (replace(SHARE, ambition=None), FIVE[:2], [Trouble.FEW_PEOPLE, Trouble.FEW_TEAMS, Trouble.IMPOSSIBLE]),
        (
            # Section 3.4: at DEFF 2.1 (here 1.98) and 30 people no result is met at 80 %.
            replace(SHARE, ambition=None),
            [Team("a", "m", 12), Team("b", "m", 12), Team("c", "m", 6)],
            [Trouble.IMPOSSIBLE],
        ),
        (replace(GAP, n_min=20), FIVE, [Trouble.FEW_PEOPLE, Trouble.NEVER_LIKELY]),  # the night has twelve people
    ],
)
def test_troubles(planned: Planned, teams: list[Team], expected: list[Trouble]) -> None:
    found = power(planned, teams)
    assert list(found.troubles) == expected
    assert found.enough is not bool({Trouble.NOBODY, Trouble.FEW_PEOPLE, Trouble.FEW_TEAMS} & set(expected))


def test_a_gap_is_drawn_the_same_way_each_time() -> None:
    one, again = power(GAP, FIVE), power(replace(GAP, code="Q1-2"), FIVE)
    assert (one.method, one.curve) == (Method.SIMULATED, again.curve)
    assert one.needed is None


def test_a_gap_with_many_people_is_settled() -> None:
    """A gap of 45 points against a margin of 15 shows in shifts of two hundred who do not resemble each other."""
    many = [Team(code, shift, 100) for code, shift in zip("abcdef", "mmeenn", strict=True)]
    found = {one.truth: one for one in power(replace(GAP, icc0=0.0), many).curve}
    assert found[0.45].not_met > 0.95
    assert found[0.0].met > 0.6


def test_what_cannot_be_told_beforehand() -> None:
    definition = INDICATORS["C1"]
    for changed, method in (
        ({"counts_all": True}, Method.CENSUS),
        ({"measuring": measure_share_of_units}, Method.UNITS_UNKNOWN),
        ({"unit": Unit.DAYS, "measuring": lambda *_: None}, Method.NONE),
    ):
        found = power(replace(SHARE, definition=replace(definition, **changed)), FIVE)
        assert (found.method, found.curve, found.at_ambition) == (method, (), None)
    other = replace(GAP, definition=replace(INDICATORS["Q1"], grouping=Grouping.AGE_BAND))
    assert power(other, FIVE).method is Method.NONE


def test_what_a_mean_of_few_people_can_show() -> None:
    """Section 3.4: with 60 pairs .258 standard deviations can be told from 0; here six points of a spread of 25."""
    definition = replace(INDICATORS["C1"], unit=Unit.GAIN, measuring=lambda *_: None)
    found = {one.truth: one for one in power(replace(ALONE, definition=definition, threshold=0.1), FIVE).curve}
    assert found[0.1].met < 0.06
    assert found[0.2].met > 0.75  # .4 standard deviations away
    assert found[0.0].not_met > 0.75

"""The verdict rule: its steps, in their order, and what recommendations come to."""

import pytest

from lms.evaluation.verdict import (
    Direction,
    Evidence,
    Measure,
    Missing,
    Reason,
    RecommendationReason,
    RecommendationVerdict,
    Rule,
    Verdict,
    judge,
    weigh,
)
from lms.kernel.intervals import Interval, wilson
from tests.evaluation.golden import rows


def measure(x: int, n: int, deff: float = 1, teams: int = 5, missing: Missing | None = None) -> Measure:
    interval = wilson(x / deff, n / deff)
    return Measure(x / n, interval, x, n, n=n, gate_n=n, n_eff=n / deff, deff=deff, teams=teams, missing=missing)


def rule(threshold: float = 0.8, direction: str = "ge", n_min: int = 30, min_teams: int = 3) -> Rule:
    return Rule(threshold, Direction(direction), n_min, min_teams, icc0=0.1)


@pytest.mark.parametrize(("name", "row"), [found for found in rows("verdict_") if "args" in found[1]])
def test_golden_verdicts(name: str, row: dict) -> None:
    """Rows `verdict_*` of the reference's golden values, every field."""
    x, n, threshold, *direction = row["args"]
    found = measure(x, n, row["deff"])
    ruling = judge(found, rule(threshold, *direction, min_teams=0))
    expected = row["out"]
    assert found.estimate == pytest.approx(expected["estimate"], abs=5e-5)
    assert (found.interval.low, found.interval.high) == pytest.approx((expected["lo"], expected["hi"]), abs=5e-5)
    assert found.n_eff == pytest.approx(expected["n_eff"], abs=5e-3)
    assert found.n == expected["n"]
    assert (ruling.verdict.value, ruling.reason.value) == (expected["verdict"], expected["reason"])
    assert ruling.reaches is expected["observed_reaches"]


NARROW, WIDE = Interval(0.85, 0.95), Interval(0.70, 0.95)
MISSING_APART = Missing(12, 0.25, Interval(0.5, 0.7), Interval(0.85, 0.95))
MISSING_FEW = Missing(9, 0.15, Interval(0.5, 0.7), Interval(0.85, 0.95))
MISSING_TOGETHER = Missing(12, 0.25, Interval(0.81, 0.9), Interval(0.85, 0.95))
MISSING_LIMIT = Missing(12, 0.2, Interval(0.5, 0.7), Interval(0.85, 0.95))


@pytest.mark.parametrize(
    ("found", "given", "verdict", "reason"),
    [
        (None, rule(), Verdict.NOT_MEASURABLE, Reason.NO_DATA),  # step 0
        (measure(29, 29), rule(), Verdict.INCONCLUSIVE, Reason.N_TOO_SMALL),  # 29/29 clears 80 %, n comes first
        (measure(0, 29), rule(), Verdict.INCONCLUSIVE, Reason.N_TOO_SMALL),  # nor is 0/29 a no
        (measure(30, 30), rule(), Verdict.MET, Reason.CLEARS),  # the least n itself is enough
        (measure(60, 60, teams=2), rule(), Verdict.INCONCLUSIVE, Reason.TOO_FEW_TEAMS),
        (measure(60, 60, teams=3), rule(), Verdict.MET, Reason.CLEARS),
        (measure(10, 10, teams=1), rule(), Verdict.INCONCLUSIVE, Reason.N_TOO_SMALL),  # persons before teams
        (measure(57, 60, missing=MISSING_APART), rule(), Verdict.INCONCLUSIVE, Reason.MISSING_DATA),
        (measure(57, 60, missing=MISSING_LIMIT), rule(), Verdict.MET, Reason.CLEARS),  # 20 % is not over 20 %
        (measure(57, 60, missing=MISSING_FEW), rule(), Verdict.MET, Reason.CLEARS),
        (measure(57, 60, missing=MISSING_TOGETHER), rule(), Verdict.MET, Reason.CLEARS),
        (measure(40, 60), rule(), Verdict.NOT_MET, Reason.EXCLUDES),
        (measure(48, 60), rule(), Verdict.INCONCLUSIVE, Reason.CONTAINS),  # the constat reaches, the interval does not
        (measure(1, 60), rule(0.1, "le"), Verdict.MET, Reason.CLEARS),
        (measure(14, 60), rule(0.1, "le"), Verdict.NOT_MET, Reason.EXCLUDES),
        (measure(4, 60), rule(0.1, "le"), Verdict.INCONCLUSIVE, Reason.CONTAINS),
    ],
)
def test_the_order_of_the_steps(found: Measure | None, given: Rule, verdict: Verdict, reason: Reason) -> None:
    ruling = judge(found, given)
    assert (ruling.verdict, ruling.reason) == (verdict, reason)


@pytest.mark.parametrize(
    ("interval", "direction", "verdict"),
    [
        (Interval(0.8, 0.9), "ge", Verdict.MET),  # a bound on the threshold clears it
        (Interval(0.7, 0.8), "ge", Verdict.INCONCLUSIVE),  # and does not exclude it
        (Interval(0.7, 0.8), "le", Verdict.MET),
        (Interval(0.8, 0.9), "le", Verdict.INCONCLUSIVE),
    ],
)
def test_a_bound_on_the_threshold(interval: Interval, direction: str, verdict: Verdict) -> None:
    found = Measure(0.8, interval, 48, 60, n=60, gate_n=60, n_eff=60, deff=1, teams=5)
    assert judge(found, rule(0.8, direction)).verdict is verdict


def test_the_smallest_group_must_reach_the_least_number() -> None:
    found = Measure(0.34, Interval(0.066, 0.562), None, None, n=45, gate_n=19, n_eff=45, deff=1, teams=3)
    assert judge(found, rule(0.1, "le", n_min=20)).reason is Reason.N_TOO_SMALL


@pytest.mark.parametrize(
    ("reached", "of", "expected"),
    [(48, 60, True), (47, 60, False), (60, 60, True)],
)
def test_the_constat_is_the_bare_figure(reached: int, of: int, expected: bool) -> None:
    assert judge(measure(reached, of), rule()).reaches is expected


MET, NOT_MET, OPEN = (Evidence(verdict, True) for verdict in (Verdict.MET, Verdict.NOT_MET, Verdict.INCONCLUSIVE))
UNMEASURED = Evidence(Verdict.NOT_MEASURABLE, True)
MINOR_NO, SECONDARY = Evidence(Verdict.NOT_MET, False), Evidence(None, False)
R, W = RecommendationVerdict, RecommendationReason


@pytest.mark.parametrize(
    ("testable", "evidence", "expected"),
    [
        (True, [MET, MET], (R.MET, W.ALL_CRITICAL_MET)),
        (True, [MET, NOT_MET], (R.NOT_MET, W.CRITICAL_NOT_MET)),
        (True, [OPEN, NOT_MET], (R.NOT_MET, W.CRITICAL_NOT_MET)),  # one clear no outweighs what is open
        (True, [MET, OPEN], (R.INCONCLUSIVE, W.CRITICAL_OPEN)),
        (True, [MET, UNMEASURED], (R.INCONCLUSIVE, W.CRITICAL_OPEN)),
        (True, [MET, MINOR_NO], (R.MET, W.ALL_CRITICAL_MET)),  # what is not critical does not decide
        (True, [MET, SECONDARY], (R.MET, W.ALL_CRITICAL_MET)),
        (True, [MINOR_NO], (R.INCONCLUSIVE, W.NO_CRITICAL_INDICATOR)),  # all of none is not met
        (True, [], (R.OUTSIDE_PILOT, W.NO_INDICATOR)),
        (False, [MET], (R.OUTSIDE_PILOT, W.UNTESTABLE)),
    ],
)
def test_what_a_recommendation_comes_to(testable: bool, evidence: list[Evidence], expected: tuple[R, W]) -> None:
    assert weigh(testable, evidence) == expected

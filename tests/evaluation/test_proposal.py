"""The decision rule of section 8, case by case."""

import pytest

from lms.evaluation.proposal import Because, Decision, Ground, propose


def indicator(code: str, verdict: str | None, *, critical: bool = True, needed: int | None = None) -> dict:
    return {
        "code": code,
        "indicator": code.partition("-")[0],
        "verdict": verdict,
        "critical": critical,
        "n_to_settle": needed,
    }


FAMILIES = {"C1": "usage", "L1": "learning", "Q1": "equity", "Q4": "conditions", "E1": "costs", "C2": "usage"}


def proposed(*indicators: dict, recommendations: tuple[str, ...] = ("met",), vigilance: tuple[dict, ...] = ()):  # noqa: ANN201
    rows = [{"code": f"P{place}", "verdict": verdict} for place, verdict in enumerate(recommendations, 1)]
    return propose({"indicators": list(indicators), "recommendations": rows}, vigilance, FAMILIES)


def point(status: str, *, blocking: bool = True) -> dict:
    return {"code": "V1", "status": status, "blocking": blocking}


def test_generalise_when_everything_holds() -> None:
    found = proposed(indicator("C1", "met"), vigilance=(point("lifted"), point("open", blocking=False)))
    assert (found.decision, found.because) == (Decision.GENERALISE, (Because(Ground.ALL_MET),))
    assert not found.cost_measured


@pytest.mark.parametrize("harm", ["Q1", "Q4"])
def test_one_harm_stops_even_when_it_is_not_critical(harm: str) -> None:
    found = proposed(indicator("C1", "met"), indicator(harm, "not_met", critical=False))
    assert (found.decision, found.because) == (Decision.STOP, (Because(Ground.HARM, (harm,)),))


def test_two_critical_not_met_stop_and_one_does_not() -> None:
    two = proposed(indicator("C1", "not_met"), indicator("L1", "not_met"), recommendations=("not_met",))
    assert (two.decision, two.because) == (Decision.STOP, (Because(Ground.CRITICAL_NOT_MET, ("C1", "L1")),))
    one = proposed(indicator("C1", "not_met"), indicator("L1", "met"), recommendations=("not_met", "met"))
    assert (one.decision, one.change) == (Decision.ADJUST, ("C1",))


def test_an_open_answer_is_extended_with_what_would_settle_it() -> None:
    found = proposed(
        indicator("C1", "inconclusive", needed=120), indicator("C2", None), recommendations=("inconclusive",)
    )
    assert found.decision is Decision.ADJUST
    assert found.because == (Because(Ground.OPEN, ("P1",)),)
    assert found.settle == (("C1", 120),)


@pytest.mark.parametrize("status", ["open", "mitigating"])
def test_a_blocking_point_of_vigilance_keeps_from_generalising(status: str) -> None:
    found = proposed(indicator("C1", "met"), vigilance=(point(status),))
    assert (found.decision, found.because) == (Decision.ADJUST, (Because(Ground.BLOCKING_VIGILANCE, ("V1",)),))


@pytest.mark.parametrize("verdict", ["inconclusive", "not_met"])
def test_a_cost_that_does_not_hold_keeps_from_generalising(verdict: str) -> None:
    found = proposed(indicator("C1", "met"), indicator("E1", verdict, critical=False))
    assert found.decision is Decision.ADJUST
    assert Because(Ground.COST_NOT_ACCEPTED, ("E1",)) in found.because
    assert proposed(indicator("C1", "met"), indicator("E1", "met", critical=False)).cost_measured


def test_nothing_tested_generalises_nothing() -> None:
    found = proposed(recommendations=("outside_pilot",))
    assert (found.decision, found.because) == (Decision.ADJUST, (Because(Ground.NOTHING_JUDGED),))

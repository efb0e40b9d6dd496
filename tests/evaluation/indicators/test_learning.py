"""What was learnt, and equity: one example of each worked by hand."""

import pytest

from lms.evaluation.facts import Facts, Item, Sure
from tests.evaluation.indicators.small import at, facts, further, measured, member, outcome, row, successes

PRE = [4, 5, 3, 6, 5, 2, 4, 5, 6, 3, 4, 5]
POST = [7, 8, 6, 8, 9, 5, 6, 8, 9, 4, 8, 7]
TESTS = {"tests": ["form-a", "form-b", "form-c"]}


def taken(score: float, ended: int, hour: int = 8, passed: bool = True):  # noqa: ANN201
    return outcome(ended, first_score=score, first_ended_at=at(ended, hour), first_passed=passed)


def with_tests() -> Facts:
    outcomes = {}
    for person, (before, after) in enumerate(zip(PRE, POST, strict=True)):
        first, second = ("form-a", "form-b") if person % 2 else ("form-b", "form-a")
        outcomes |= {
            (person, first): taken(before / 10, 0), (person, "m1"): outcome(0, 2),
            (person, second): taken(after / 10, 3),
        }  # fmt: skip
    # Two who never finished: one with the first test only, one without any.
    outcomes |= {(20, "form-a"): taken(0.1, 0), (20, "m1"): outcome(0)}
    return facts([row(person) for person in [*range(12), 20, 21]], outcomes, options=TESTS)


def test_gain() -> None:
    """Section 3.9: pseudo-median 3.0 [2.0, 3.5] of 10; class gain .485294; the mean gain 2.75 = 7.0833 - 4.3333."""
    measure = measured("L2", with_tests())
    assert measure.estimate == pytest.approx(0.3)
    assert (measure.interval.low, measure.interval.high) == pytest.approx((0.2, 0.35))
    assert (measure.gate_n, measure.missing.count) == (12, 2)
    told = further("L2", with_tests())
    assert told["class_gain"] == pytest.approx(0.485294, abs=1e-6)
    assert told["mean_after"] - told["mean_before"] == pytest.approx(0.275)
    assert [told[name] for name in ("pairs", "before_only", "after_only", "no_test")] == [12, 1, 0, 1]


def test_a_test_after_the_start_is_no_test_before() -> None:
    outcomes = {(1, "form-a"): taken(0.2, 0, 12), (1, "m1"): outcome(0, 2), (1, "form-b"): taken(0.9, 3)}
    found = facts([row(1)], outcomes, options=TESTS)
    assert measured("L2", found) is None
    assert further("L2", found)["after_only"] == 1


def test_retention() -> None:
    """Completed on day 2: what remains is measured from day 27 to day 42; another test than the one after."""
    on_time = {(1, "m1"): outcome(0, 2), (1, "form-a"): taken(0.9, 3), (1, "form-b"): taken(0.8, 30, passed=False)}
    late = {(2, "m1"): outcome(0, 2), (2, "form-a"): taken(0.9, 3), (2, "form-b"): taken(0.8, 43)}
    not_due = {(3, "m1"): outcome(0, 80), (3, "form-a"): taken(0.9, 81)}
    kept = {(4, "m1"): outcome(0, 2), (4, "form-b"): taken(0.6, 3), (4, "form-c"): taken(0.7, 41)}
    found = facts([row(n) for n in (1, 2, 3, 4)], {**on_time, **late, **not_due, **kept}, options=TESTS)
    measure = measured("L3", found)
    assert (measure.gate_n, measure.interval) == (2, None)
    assert measure.estimate == pytest.approx(0.0)
    assert further("L3", found) == {"due_later": 3, "still_passing": pytest.approx(1 / 3)}


def test_mastery_counts_those_who_never_came() -> None:
    outcomes = {
        (1, "m1"): outcome(0, 1, best_score=0.8, attempts=3), (2, "m1"): outcome(0, 1, best_score=0.79, attempts=1),
    }  # fmt: skip
    found = facts([row(1), row(2), row(3)], outcomes)
    assert successes("L4", found) == {1: True, 2: False, 3: False}
    assert further("L4", found) == {"attempts_each": 2}


def test_quiz_quality() -> None:
    """One flagged of two with enough answers; the third is too early, the fourth of another module."""
    items = (
        Item("m1", "q1", 40, True, 0.6, 1.1), Item("m1", "q2", 31, False, 0.6, 1.1), Item("m1", "q3", 29, None, 0.6, 1),
        Item("m9", "q1", 90, True, 0.1, 1),
    )  # fmt: skip
    measure = measured("L6", facts([row(1)], {}, items=items))
    assert (measure.estimate, measure.gate_n) == (0.5, 31)
    assert further("L6", facts([row(1)], {}, items=items)) == {"alpha": 0.6, "standard_error": 1.1}


def test_age_gap_leaves_out_whose_band_is_unknown() -> None:
    """3 of 4 under 35, 1 of 4 from 50: 50 points; the one of unknown age is in neither."""
    members = tuple(member(n, age_band="under_35" if n < 4 else "50_plus" if n < 8 else None) for n in range(9))
    outcomes = {(n, "m1"): outcome(0, 1) for n in (0, 1, 2, 4, 8)}
    measure = measured("Q2", facts([row(n) for n in range(9)], outcomes, members=members))
    assert (measure.estimate, measure.gate_n, measure.n) == (0.5, 4, 8)


def test_calibration() -> None:
    """Sure .75 and right half the time; sure .5 and always right: on average .125 less sure than right."""
    told = (
        Sure(1, "m1", 1.0, True), Sure(1, "m1", 0.5, False), Sure(2, "m1", 0.5, True), Sure(2, "m1", 0.5, True),
        Sure(1, "m9", 0.0, True), Sure(9, "m1", 0.0, True),
    )  # fmt: skip
    found = facts([row(1), row(2), row(3)], {}, sureness=told)
    measure = measured("L5", found)
    assert (measure.estimate, measure.gate_n) == (pytest.approx((0.25 - 0.5) / 2), 2)
    assert further("L5", found) == {"confidence": 0.625, "right_answers": 0.75}
    assert measured("L5", facts([row(1)], {})) is None

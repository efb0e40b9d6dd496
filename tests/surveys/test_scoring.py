"""Scores against the golden values of the evaluation reference (section 1.4, evaluation-golden.json)."""

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from lms.surveys import scoring
from lms.surveys.content import Element
from lms.surveys.shipped import shipped
from tests.evaluation.golden import expected, given

MATRIX = [
    [1, 1, 1, 1, 1],
    [1, 1, 1, 1, 0],
    [1, 1, 1, 0, 1],
    [1, 1, 1, 0, 0],
    [1, 1, 0, 1, 0],
    [1, 1, 0, 0, 1],
    [1, 0, 1, 0, 0],
    [1, 1, 0, 0, 0],
    [0, 1, 0, 0, 1],
    [1, 0, 0, 0, 0],
]
"""evaluation-golden.json, input of `alpha`."""


def test_percent_of_maximum_possible() -> None:
    """Section 1.4: item 4 reversed, then with item 3 missing; the reference's note says what two missing come to."""
    facts = given("pomp")
    reversed_places = {facts["reversed_item"] - 1}
    assert [scoring.pomp(answers, reversed_places=reversed_places) for answers in facts["answers"]] == expected("pomp")
    assert scoring.pomp([4, None, None, 2, 4, 4], reversed_places=reversed_places) is None


@pytest.mark.parametrize(("items", "least"), [(8, 7), (10, 8), (6, 5), (4, 4), (2, 2), (5, 4), (1, 1), (15, 12)])
def test_four_in_five_must_be_answered(items: int, least: int) -> None:
    """Section 1.4: 7/8, 8/10, 5/6, 4/4; both of a facet of two. 12/15 would be 13 in floating point."""
    assert scoring.least_answered(items) == least


def test_two_items_as_umux_lite() -> None:
    facts = given("umux_lite")
    told = zip(facts["items"], facts["points"], strict=True)
    assert [scoring.two_items(*pair, points) for pair, points in told] == expected("umux_lite")
    assert scoring.two_items(4, None) is None


def test_ten_items_as_sus() -> None:
    content = shipped()["ERG"]
    keys = [item.key for item in content.items]
    sheets = given("sus")["answers"]
    assert [scoring.alternating(answers) for answers in sheets] == expected("sus")
    assert [scoring.score(content, dict(zip(keys, sheet, strict=True))) for sheet in sheets] == expected("sus")
    one_missing = [5, 1] * 4 + [5, None]
    assert scoring.alternating(one_missing) is None
    assert scoring.score(content, dict(zip(keys, one_missing, strict=True))) is None


def test_net_recommendation() -> None:
    """`nps` in evaluation-golden.json: 14, 9 and 7 come to 23.3333."""
    answers = [9, 10] * 7 + [7, 8, 8] * 3 + [0, 1, 2, 3, 4, 5, 6]
    assert scoring.recommendation_counts([*answers, None]) == (14, 9, 7)
    assert scoring.net_recommendation(14, 9, 7) == pytest.approx(23.3333, abs=1e-3)
    assert scoring.net_recommendation(0, 0, 0) is None


def test_alpha() -> None:
    """`alpha` in evaluation-golden.json: 0.3294573643 for the matrix of ten by five."""
    assert scoring.alpha(MATRIX) == pytest.approx(0.3294573643, abs=1e-9)
    assert scoring.alpha([[3, 3], [3, 3]]) is None
    assert scoring.alpha([[1, 2]]) is None


def test_five_points_collapse_on_three() -> None:
    assert [scoring.collapsed(answer) for answer in (1, 2, 3, 4, 5, None)] == [1, 1, 2, 3, 3, None]


@pytest.mark.parametrize(
    ("answers", "seconds", "expected"),
    [
        ([4] * 8, 1.4, True),
        ([4] * 8, 1.5, False),  # not under 1.5 s
        ([4] * 7 + [None], 1.0, False),  # only seven answers
        ([4] * 9 + [5], 1.0, False),  # one differs
        ([4] * 10, None, False),  # from paper: the time is unknown
    ],
)
def test_answers_all_alike_and_in_haste(answers: list[int | None], seconds: float | None, expected: bool) -> None:
    assert scoring.straight_lined(answers, seconds) is expected


def test_the_barrier_is_the_first_element_at_three_or_less() -> None:
    means = {Element.REINFORCEMENT: 1.0, Element.AWARENESS: 3.2, Element.DESIRE: 3.0, Element.KNOWLEDGE: 2.0}
    assert scoring.barrier(means) is Element.DESIRE
    assert scoring.barrier(dict.fromkeys(Element, 3.1)) is None


def test_elements_of_readiness_come_from_the_items_named_in_the_reference() -> None:
    """Section 1.4: A={ADH1}, D={ADH10}, K={ADH7}, Ab={ADH4, ADH6}, R={ADH5}."""
    sheet = {f"ADH{number}": 3 for number in range(1, 11)} | {"ADH1": 5, "ADH10": 4, "ADH7": 2, "ADH4": 1, "ADH6": 2}
    means = scoring.element_means(shipped()["ADH"], [sheet])
    assert {element.value: mean for element, mean in means.items()} == {
        "awareness": 5,
        "desire": 4,
        "knowledge": 2,
        "ability": 1.5,
        "reinforcement": 3,
    }
    on_three = scoring.element_means(shipped()["ADH"], [{"ADH1": 3, "ADH10": 2}], points=3)
    assert on_three == {Element.AWARENESS: 5, Element.DESIRE: 3}


def test_a_category_is_never_scored() -> None:
    content = shipped()["TRA"]
    five = {f"TRA{number}": 5 for number in range(1, 6)}
    assert scoring.score(content, {**five, "TRA6": 1}) == scoring.score(content, five) == 100


def test_a_profile_has_facets_and_no_total() -> None:
    content = shipped()["SAV"]
    answers = {"SAV1": 5, "SAV2": 4, "SAV3": 3, "SAV4": None}
    assert scoring.score(content, answers) is None
    assert scoring.facet_scores(content, answers) == {
        "meaning": 87.5,
        "self": None,
        "others": None,
        "text-screen": None,
    }


ANSWERS = st.lists(st.none() | st.integers(1, 5), min_size=1, max_size=12)


@drawn(ANSWERS)
def test_a_score_lies_between_0_and_100_and_turning_every_item_turns_it(answers: list[int | None]) -> None:
    score = scoring.pomp(answers)
    if score is None:
        assert sum(answer is not None for answer in answers) < scoring.least_answered(len(answers))
    else:
        assert 0 <= score <= 100
        everything = range(len(answers))
        assert scoring.pomp(answers, reversed_places=everything) == pytest.approx(100 - score)


@drawn(ANSWERS)
def test_a_higher_answer_never_lowers_the_score(answers: list[int | None]) -> None:
    raised = [answer and min(answer + 1, 5) for answer in answers]
    low, high = scoring.pomp(answers), scoring.pomp(raised)
    assert (low is None) == (high is None)
    assert low is None or low <= high

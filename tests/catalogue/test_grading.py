"""What each response comes to."""

from contextlib import suppress
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.catalogue.content import ModuleContent
from lms.catalogue.grading import AnswerMalformed, grade
from lms.catalogue.shuffling import other, token
from lms.demonstration.answering import response as demonstrated
from tests.catalogue.modules import FEEDBACK, both, whole

CONTENT = ModuleContent.model_validate(whole())
FILLED = {key: token(key, "gap", "salt") for key in ("g1", "g2")}
RIGHT = {key: token(key, "match", "salt") for key in ("p1", "p2", "p3")}


def correct(key: str, response: Any) -> bool:
    return grade(CONTENT.block(key), response, "salt").correct


@pytest.mark.parametrize(
    ("key", "response", "expected"),
    [
        ("one", "a", True),
        ("one", "b", False),
        ("some", ["c", "a"], True),  # in any order
        ("some", ["a"], False),  # one is missing
        ("some", ["a", "b", "c"], False),  # one too many
        ("some", [], False),
        ("so", False, True),
        ("so", True, False),
        ("much", 3.15, True),
        ("much", 3.2, True),  # 3.2 - 3.15 > 0.05 in binary
        ("much", 3.1, True),
        ("much", 3.2000001, False),
        ("much", 3, False),
        ("order", ["i1", "i2", "i3", "i4"], True),
        ("order", ["i2", "i1", "i3", "i4"], False),
        ("where", ["too", "here"], True),
        ("where", ["here"], False),
        ("where", ["here", "there", "too"], False),
        ("pick", "a", True),
        ("pick", "b", False),
        ("gap", FILLED, True),
        ("gap", {"g1": FILLED["g2"], "g2": FILLED["g1"]}, False),
        ("gap", FILLED | {"g2": token(other(0), "gap", "salt")}, False),
        ("match", RIGHT, True),
        ("match", {"p1": RIGHT["p2"], "p2": RIGHT["p1"], "p3": RIGHT["p3"]}, True),  # both say the same
        ("match", {"p1": RIGHT["p3"], "p2": RIGHT["p2"], "p3": RIGHT["p1"]}, False),
    ],
)
def test_grade(key: str, response: Any, expected: bool) -> None:
    assert correct(key, response) is expected


def test_points_and_feedback() -> None:
    right = grade(CONTENT.block("some"), ["a", "c"], "salt")
    assert (right.points, right.feedback, right.options) == (2, FEEDBACK["correct"], {"a": both("A is")})
    wrong = grade(CONTENT.block("one"), "b", "salt")
    assert (wrong.points, wrong.feedback, wrong.options) == (0, FEEDBACK["incorrect"], {"b": both("B is not")})


@pytest.mark.parametrize(
    ("key", "response"),
    [
        ("one", "z"),
        ("one", ["a"]),
        ("one", None),
        ("some", "a"),
        ("some", ["a", "a"]),
        ("some", ["z"]),
        ("some", [["a"]]),
        ("so", 0),  # false in Python, and no answer
        ("so", "false"),
        ("much", True),
        ("much", "3.15"),
        ("much", float("nan")),
        ("much", 10**400),
        ("order", ["i1", "i2", "i3"]),
        ("order", ["i1", "i2", "i3", "i3"]),
        ("order", {"i1": 1}),
        ("where", "here"),
        ("where", ["nowhere"]),
        ("where", ["here", "here"]),
        ("pick", ["a"]),
        ("pick", "z"),
        ("gap", {"g1": FILLED["g1"]}),
        ("gap", FILLED | {"g3": FILLED["g1"]}),
        ("gap", {"g1": "g1", "g2": "g2"}),  # keys are no tokens
        ("gap", "g1"),
        ("match", {"p1": RIGHT["p1"]}),
        ("match", RIGHT | {"p4": "x"}),
        ("match", {"p1": "p1", "p2": "p2", "p3": "p3"}),  # keys are no tokens
        ("match", dict.fromkeys(RIGHT, [])),
        ("match", list(RIGHT)),
    ],
)
def test_a_malformed_response_is_refused(key: str, response: Any) -> None:
    with pytest.raises(AnswerMalformed):
        correct(key, response)


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=3)
    | st.sampled_from(["a", "i1", "p1", "here", *FILLED.values()]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["p1", "p2", "p3", "g1", "g2", "x"]), inner)
    ),
    max_leaves=6,
)


@given(st.sampled_from([question.key for question in CONTENT.questions]), anything)
def test_any_response_is_graded_or_refused(key: str, response: Any) -> None:
    with suppress(AnswerMalformed):
        assert correct(key, response) in (True, False)


@pytest.mark.parametrize(
    ("key", "response", "parts"),
    [
        ("one", "b", {"b": False}),
        ("some", ["a", "b"], {"a": True, "b": False}),  # what was not chosen is not told
        ("where", ["there", "too"], {"there": False, "too": True}),
        ("pick", "a", {"a": True}),
        ("order", ["i1", "i3", "i2", "i4"], {"i1": True, "i2": False, "i3": False, "i4": True}),
        ("gap", FILLED | {"g2": FILLED["g1"]}, {"g1": True, "g2": False}),
        ("so", True, {}),
        ("much", 1, {}),
    ],
)
def test_parts_say_what_was_right_and_not_what_would_have_been(key: str, response: Any, parts: dict) -> None:
    assert grade(CONTENT.block(key), response, "salt", parts=True).parts == parts
    assert grade(CONTENT.block(key), response, "salt").parts == {}


@given(st.sampled_from(CONTENT.questions), st.integers(0, 99), st.booleans())
def test_all_parts_are_right_when_the_answer_is(question: Any, seed: int, right: bool) -> None:
    given_answer = demonstrated(question, "salt", right, Random(seed))
    graded = grade(question, given_answer, "salt", parts=True)
    assert graded.correct is right
    if right:
        assert all(graded.parts.values())

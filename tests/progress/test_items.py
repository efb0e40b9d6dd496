"""What a trainer is told of each question, and when it is too early to say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.catalogue.content import ModuleContent
from lms.progress.items import Analysis, Answered, Attempt, Flag, QuestionAnalysis, analyse

WORDS = {"en": "x"}
SLOW = 9000


def content(*questions: dict) -> ModuleContent:
    common = {"prompt": WORDS, "feedback": {"correct": WORDS, "incorrect": WORDS}}
    blocks = [{**common, **question, "key": f"q{number}"} for number, question in enumerate(questions, 1)]
    module = {"format": "etabli-module/1", "code": "m", "languages": ["en"], "title": WORDS, "summary": WORDS}
    return ModuleContent.model_validate({**module, "minutes": 3, "blocks": blocks})


def choice(*keys: str, kind: str = "single", right: str = "a") -> dict:
    return {"question": kind, "options": [{"key": key, "text": WORDS, "correct": key in right} for key in keys]}


def matching(*rights: str) -> dict:
    pairs = [{"key": f"p{n}", "left": WORDS, "right": {"en": right}} for n, right in enumerate(rights)]
    return {"question": "matching", "pairs": pairs}


TRUE = {"question": "true_false", "answer": True}
FOUR = content(choice("a", "b", "c"), TRUE, TRUE, TRUE)


def attempt(first: str, others: int, milliseconds: int = SLOW) -> Attempt:
    """Someone who chose `first` and got so many of the three others right."""
    told = {"q1": Answered(first == "a", first, milliseconds)}
    return told | {f"q{n + 2}": Answered(n < others, n < others, SLOW) for n in range(3)}


def many(*groups: tuple[int, str, int], milliseconds: int = SLOW) -> list[Attempt]:
    return [attempt(first, others, milliseconds) for people, first, others in groups for _ in range(people)]


def first(attempts: list[Attempt], *, before: bool = False, module: ModuleContent = FOUR) -> QuestionAnalysis:
    return analyse(module, attempts, 5, before=before).questions[0]


GOOD = ((10, "a", 3), (5, "a", 2), (6, "b", 1), (5, "b", 0), (4, "c", 0))


def test_a_question_with_nothing_to_say_of_it() -> None:
    found = first(many(*GOOD))
    assert found.flags == frozenset()
    assert found.figures.facility == 50
    assert (found.interval.low, found.interval.high) == pytest.approx((0.3315, 0.6685), abs=5e-5)  # Wilson, 15/30
    assert found.guess == pytest.approx(100 / 3)
    assert found.median_ms == SLOW


def test_the_table_of_choices() -> None:
    """By hand: the rest is 0 for nine, 1 for six, 2 for five, 3 for ten; thirds of ten go 9, 11 and 10."""
    key, near, far = first(many(*GOOD)).choices
    assert [(one.key, one.correct, one.chosen, one.thirds) for one in (key, near, far)] == [
        ("a", True, 15, (0, 5, 10)),
        ("b", False, 11, (5, 6, 0)),
        ("c", False, 4, (4, 0, 0)),
    ]
    assert key.percent == 50
    assert key.discrimination > 0 > near.discrimination


@pytest.mark.parametrize(
    ("groups", "flags"),
    [
        (((8, "a", 3), (7, "b", 1), (5, "b", 0), (10, "c", 0)), {Flag.TOO_HARD}),  # 8/30
        (((9, "a", 3), (6, "b", 1), (5, "b", 0), (10, "c", 0)), set()),  # 9/30 is 30 % exactly
        (((8, "a", 0), (7, "a", 1), (8, "b", 3), (7, "c", 2)), {Flag.CHECK_KEY, Flag.SUSPECT_KEY}),
        (((8, "a", 3), (7, "a", 0), (8, "b", 0), (7, "c", 3)), {Flag.AMBIGUOUS}),  # the rest tells nothing
        (((15, "a", 3), (14, "b", 1), (1, "c", 0)), {Flag.IDLE_DISTRACTOR}),  # 1/30 is under 5 %
        (((15, "a", 3), (13, "b", 1), (2, "c", 0)), set()),  # 2/30 is not
    ],
)
def test_flags(groups: tuple, flags: set[Flag]) -> None:
    assert first(many(*groups)).flags == flags


def test_known_before_is_a_matter_of_the_first_test() -> None:
    """30/31 is over 95 %; after learning it is what the module is for."""
    attempts = many((29, "a", 3), (1, "a", 2), (1, "b", 0))
    assert Flag.KNOWN_BEFORE in first(attempts, before=True).flags
    assert Flag.KNOWN_BEFORE not in first(attempts).flags


@pytest.mark.parametrize(("milliseconds", "flagged"), [(1999, True), (2000, False)])
def test_answered_faster_than_it_can_be_read(milliseconds: int, flagged: bool) -> None:
    assert (Flag.CLICKED_AT_RANDOM in first(many(*GOOD, milliseconds=milliseconds)).flags) is flagged


def test_too_early() -> None:
    """Section 4.3: under 30 first attempts nothing is flagged, though the figures are there."""
    found = first(many(*GOOD)[1:])
    assert found.answers == 29
    assert found.figures is not None
    assert found.flags is None


def test_small_groups_are_not_shown() -> None:
    attempts = many((2, "a", 3), (2, "b", 0))
    assert analyse(FOUR, attempts, 5) == Analysis(4, None, tuple(QuestionAnalysis(f"q{n}", 4) for n in range(1, 5)))


def test_what_all_of_a_few_got_right_is_not_shown() -> None:
    """Section 3.7, rule 2: it says it of each of them; of ten it may be said."""
    assert first(many((4, "a", 3), (5, "a", 0))).figures is None
    assert first(many((5, "a", 3), (5, "a", 0))).figures.facility == 100
    assert first(many((4, "a", 3), (5, "b", 0))).figures is not None


def test_thirds_that_are_small_groups_are_not_shown() -> None:
    found = first(many((6, "a", 3), (4, "b", 1), (4, "c", 0)))
    assert [choice.thirds for choice in found.choices] == [None] * 3
    assert [choice.chosen for choice in found.choices] == [6, 4, 4]


@pytest.mark.parametrize(
    ("question", "guess"),
    [
        (choice("a", "b", "c", "d"), 25),
        (TRUE, 50),
        (choice("a", "b", "c", kind="multiple", right="ab"), 100 / 7),  # all sets but the empty one
        ({"question": "numeric", "answer": 2}, None),
        ({"question": "ordering", "items": [{"key": key, "text": WORDS} for key in "abc"]}, 100 / 6),
        (matching("x", "y"), 25),
        (matching("x", "x"), 100),
    ],
)
def test_what_chance_alone_would_give(question: dict, guess: float | None) -> None:
    attempts = [{"q1": Answered(n % 2 == 0, None, None)} for n in range(8)]
    found = first(attempts, module=content(question))
    assert found.guess == (None if guess is None else pytest.approx(guess))
    assert found.median_ms is None


def test_several_right_options() -> None:
    """Each option that was ticked counts for itself; a response that was not kept for none."""
    module = content(choice("a", "b", "c", kind="multiple", right="ab"))
    told = [["a", "b"]] * 4 + [["a"]] * 3 + [["a", "c"]] * 2 + [None]
    attempts = [{"q1": Answered(response == ["a", "b"], response, None)} for response in told]
    assert [one.chosen for one in first(attempts, module=module).choices] == [9, 4, 2]


people = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), min_size=2, max_size=60)


@given(people)
def test_whatever_happened_the_counts_add_up(told: list[tuple[str, int]]) -> None:
    attempts = [attempt(*one) for one in told]
    found = first(attempts)
    assert first(attempts[::-1]) == found or found.figures is None
    if found.figures is None:
        assert (found.choices, found.flags, found.interval) == ((), None, None)
    else:
        assert sum(one.chosen for one in found.choices) == len(told)
        assert found.interval.low <= found.figures.facility / 100 <= found.interval.high
        for one in found.choices:
            assert one.thirds is None or sum(one.thirds) == one.chosen
            assert one.upper_half <= one.chosen

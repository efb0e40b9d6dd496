"""What is pooled of editions that ask alike, and what of small groups is shown; where people leave."""

import pytest

from lms.kernel.intervals import wilson
from lms.progress.findings import findings
from lms.progress.items import Flag, analyse, pooled
from lms.progress.leaving import steps, worst
from tests.progress.test_items import FOUR, GOOD, TRUE, attempt, choice, content, many

OTHER = content(choice("a", "b", "c", right="b"), TRUE, TRUE, TRUE)
"""Asks the first question otherwise."""


def people(*groups: tuple[tuple[int, ...], int]) -> list:
    """So many people who took these editions, in this order."""
    return [[(number, attempt("a", 2)) for number in taken] for taken, many in groups for _ in range(many)]


def test_one_edition_pooled_is_that_edition() -> None:
    attempts = many(*GOOD)
    alone = analyse(FOUR, attempts, 5).questions[0]
    found = pooled(FOUR.questions[0], [(FOUR, attempts)], 5)
    assert found.figures.facility == alone.figures.facility
    assert found.figures.discrimination == pytest.approx(alone.figures.discrimination)
    assert [(one.key, one.chosen, one.thirds) for one in found.choices] == [
        (one.key, one.chosen, one.thirds) for one in alone.choices
    ]


def test_people_are_compared_within_their_edition() -> None:
    """The others were so easy in one edition that everybody had them: it says nothing of who is better.

    Pooled as one, the question would seem to go with the others: nobody was right where they were hard.
    """
    easy, hard = many((20, "a", 3)), many((20, "b", 0))
    found = pooled(FOUR.questions[0], [(FOUR, easy), (FOUR, hard)], 5)
    assert found.figures.facility == 50
    assert found.figures.discrimination is None
    assert found.flags == {Flag.IDLE_DISTRACTOR}


def test_only_editions_that_ask_alike_are_pooled_and_nobody_counts_twice() -> None:
    told = findings({1: OTHER, 2: FOUR, 3: FOUR}, people(((1,), 30), ((2, 3), 10), ((3,), 20)), None, 5)
    assert (told.number, told.alone, told.attempts, told.editions) == (3, False, 30, (3, 2, 1))
    assert [(one.since, one.analysis.answers) for one in told.questions] == [(2, 30), (1, 60), (1, 60), (1, 60)]


def test_an_edition_alone() -> None:
    told = findings({1: OTHER, 2: FOUR}, people(((1,), 30), ((1, 2), 10)), 1, 5)
    assert (told.number, told.alone, told.attempts) == (1, True, 40)
    assert {one.since for one in told.questions} == {1}


def test_few_people_of_one_edition_cannot_be_worked_out() -> None:
    """Three took the newest: it is not shown alone, nor is the one before beside the whole of both."""
    told = findings({1: FOUR, 2: FOUR}, people(((1,), 30), ((2,), 3)), None, 5)
    assert told.editions == ()
    assert (told.attempts, told.quiz) == (None, None)
    assert told.questions[0].analysis.answers == 33
    assert findings({1: FOUR, 2: FOUR}, people(((1,), 30), ((2,), 3)), 1, 5).questions[0].analysis.figures is None


def test_a_third_of_the_people_chose_one_wrong_answer() -> None:
    """Twelve of twenty chose B: a trainer is asked why, though it is too early for the rules."""
    found = analyse(FOUR, many((8, "a", 3), (12, "b", 1)), 5).questions[0]
    assert (found.tempting.key, found.tempting.chosen, found.flags) == ("b", 12, None)
    assert analyse(FOUR, many((14, "a", 3), (6, "b", 1)), 5).questions[0].tempting is None


def test_where_people_leave() -> None:
    """Of 30 who began, 6 stopped after the first card, 4 of them for good; 3 after the second; the rest finished."""
    first, second, last = steps({1: (6, 4), 2: (3, 1), 3: (21, 0)}, 3, 5)
    assert [(one.reached, one.left) for one in (first, second, last)] == [(30, 4), (24, 1), (21, 0)]
    assert first.interval == wilson(4, 30)
    assert worst([first, second, last]) == first
    assert first.share == pytest.approx(4 / 30)


def test_steps_that_few_reached_are_not_shown() -> None:
    assert steps({1: (4, 4)}, 2, 5) == []
    first, second = steps({1: (26, 1), 2: (4, 4)}, 2, 5)
    assert (second.reached, second.left, second.interval) == (None, None, None)
    assert worst([first, second]) == first
    assert worst(steps({1: (9, 9)}, 1, 5)) is None

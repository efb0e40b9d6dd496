"""What the first attempts say of each question of an edition (evaluation reference, section 4). Pure.

Questions are judged, never people: nobody is named here, and what so few people answered
that it would tell of one of them is left out.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import singledispatch
from math import factorial, prod
from statistics import fmean, median, stdev
from sys import intern
from typing import Any

from lms.catalogue.content import ModuleContent
from lms.catalogue.questions import (
    ChoiceQuestion,
    Gaps,
    Hotspot,
    Matching,
    MultipleChoice,
    Ordering,
    PictureChoice,
    Question,
    SingleChoice,
    TrueFalse,
    choices,
)
from lms.kernel.intervals import Interval, wilson
from lms.kernel.suppression import reveals_everyone
from lms.progress.psychometrics import ItemFigures, QuizFigures, correlation, item_figures, quiz_figures

ENOUGH = 30
"""First attempts from which a question is flagged; before, it is too early."""
TOO_HARD, KNOWN, BARELY_TELLING, IDLE = 30.0, 95.0, 15.0, 5.0
"""Percent: facility under and over, discrimination under, choice of a distractor under."""
TEMPTING = 100 / 3
"""Percent who chose one and the same wrong option from which a trainer is asked why (own threshold)."""
ORDINARY = (30.0, 90.0)
"""Percent: the facilities at which a question ought to tell people apart."""
FASTEST_MS = 2000


@dataclass(frozen=True, slots=True)
class Answered:
    """One person's answer to one question."""

    success: bool
    response: Any
    duration_ms: int | None


Attempt = Mapping[str, Answered]
"""One person's first attempt: the answer to every question, by its key."""


def as_attempt(answers: Mapping[str, Any], said: dict[str, Any]) -> Attempt:
    """Return an attempt's answers as they are analysed, from the records of it by question.

    `said` fills with what was answered in it and in those before: a hundred thousand people
    choose from a few answers, each of which is held once.
    """
    return {
        intern(key): Answered(bool(row.success), said.setdefault(repr(row.response), row.response), row.duration_ms)
        for key, row in answers.items()
    }


class Flag(StrEnum):
    """What a trainer should look at."""

    TOO_HARD = "too_hard"
    """Too hard, or the key is wrong."""
    KNOWN_BEFORE = "known_before"
    """Nearly everyone knew it before the module."""
    CHECK_KEY = "check_key"
    """Who does well elsewhere does badly here: look at the key first."""
    AMBIGUOUS = "ambiguous"
    IDLE_DISTRACTOR = "idle_distractor"
    """A wrong option that hardly anyone chooses."""
    SUSPECT_KEY = "suspect_key"
    """The better half chooses a wrong option more than the right one."""
    CLICKED_AT_RANDOM = "clicked_at_random"
    """Answered faster than it can be read."""


@dataclass(frozen=True)
class Choice:
    """An option, and by whom it was chosen."""

    key: str
    correct: bool
    chosen: int
    percent: float
    thirds: tuple[int, int, int] | None
    """By the lower, middle and upper third of the rest of the quiz; None when a third is a small group."""
    discrimination: float | None
    """Correlation of choosing it with the rest of the quiz, -1 to 1: a key's is positive, a distractor's negative."""
    upper_half: int


@dataclass(frozen=True)
class QuestionAnalysis:
    """What the first attempts say of a question; `figures` is None where they would tell of people."""

    key: str
    answers: int
    figures: ItemFigures | None = None
    interval: Interval | None = None
    """Of the facility, 0 to 1: Wilson's, teams not allowed for."""
    guess: float | None = None
    """Percent who would be right by chance; None where there is nothing to choose from."""
    median_ms: float | None = None
    choices: tuple[Choice, ...] = ()
    flags: frozenset[Flag] | None = None
    """None: too early."""

    @property
    def tempting(self) -> Choice | None:
        """The wrong option that a third of the people or more chose, the most chosen of them; None without one."""
        wrong = [choice for choice in self.choices if not choice.correct and choice.percent >= TEMPTING]
        return max(wrong, key=lambda choice: choice.chosen, default=None)


@dataclass(frozen=True)
class Analysis:
    """What the first attempts say of an edition's questions and of them together."""

    attempts: int
    quiz: QuizFigures | None
    """None when too few people answered to be shown."""
    questions: tuple[QuestionAnalysis, ...]


def analyse(content: ModuleContent, attempts: Sequence[Attempt], least: int, *, before: bool = False) -> Analysis:
    """Return the analysis of an edition's questions; `before` when they were asked before learning.

    Under `least` attempts nothing is shown, and under twice as many nothing of a question that
    all or none got right.
    """
    questions = content.questions
    if not questions or len(attempts) < least or len(attempts) < 2:
        hidden = tuple(QuestionAnalysis(question.key, len(attempts)) for question in questions)
        return Analysis(len(attempts), None, hidden)
    if content.draws:
        return Analysis(len(attempts), None, tuple(_of_a_draw(one, content, attempts, least) for one in questions))
    points = [float(question.points) for question in questions]
    marks = [[one.points * attempt[one.key].success for one in questions] for attempt in attempts]
    figures = item_figures(marks, points)
    return Analysis(
        attempts=len(attempts),
        quiz=quiz_figures(marks),
        questions=tuple(
            _question(question, figure, [attempt[question.key] for attempt in attempts], rest, least, before)
            for question, figure, rest in zip(questions, figures, _rests(marks), strict=True)
        ),
    )


def _of_a_draw(question: Question, content: ModuleContent, attempts: Sequence[Attempt], least: int) -> QuestionAnalysis:
    """Analyse a question with those who were asked it, each told by their share of the points they were asked."""
    return pooled(question, [(content, [one for one in attempts if question.key in one])], least)


def pooled(
    question: Question, groups: Sequence[tuple[ModuleContent, Sequence[Attempt]]], least: int
) -> QuestionAnalysis:
    """Return the analysis of a question over several editions that ask it alike, everybody in one of them only.

    What else a quiz asked may differ from one edition to the next: people are compared with those who had the same,
    so that discrimination is correlation within editions, and a third of the people is a third of each edition's.
    """
    answers: list[Answered] = []
    rest: list[float] = []
    group: list[int] = []
    for number, (content, attempts) in enumerate(groups):
        points = {one.key: one.points for one in content.questions if one.key != question.key}
        for attempt in attempts:
            asked = {key: points[key] for key in attempt if key in points}
            right = sum(most for key, most in asked.items() if attempt[key].success)
            answers.append(attempt[question.key])
            rest.append(right / (sum(asked.values()) or 1))
            group.append(number)
    if len(answers) < least or len(answers) < 2:
        return QuestionAnalysis(question.key, len(answers))
    marks = [float(answer.success) for answer in answers]
    found = correlation(_centred(marks, group), _centred(rest, group))
    figures = ItemFigures(
        facility=100 * fmean(marks),
        deviation=100 * stdev(marks),
        discrimination=None if found is None else 100 * found,
        efficiency=None,
        effective_weight=None,
        intended_weight=None,
    )
    return _question(question, figures, answers, rest, least, False, group)


def _centred(values: Sequence[float], group: Sequence[int]) -> list[float]:
    """Return how far each value lies from the mean of its group; the values themselves where there is one group."""
    if len(set(group)) == 1:
        return list(values)
    own: dict[int, list[float]] = defaultdict(list)
    for value, number in zip(values, group, strict=True):
        own[number].append(value)
    means = {number: fmean(members) for number, members in own.items()}
    # Rounding must not make a group vary in which all are alike.
    return [round(value - means[number], 12) for value, number in zip(values, group, strict=True)]


def _question(
    question: Question,
    figures: ItemFigures,
    answers: Sequence[Answered],
    rest: Sequence[float],
    least: int,
    before: bool,
    group: Sequence[int] | None = None,
) -> QuestionAnalysis:
    successes, n = sum(answer.success for answer in answers), len(answers)
    if reveals_everyone(successes, n, least):
        return QuestionAnalysis(question.key, n)
    times = [answer.duration_ms for answer in answers if answer.duration_ms is not None]
    median_ms = median(times) if times else None
    choices = _choices(question, answers, rest, group or [0] * n, least)
    return QuestionAnalysis(
        key=question.key,
        answers=n,
        figures=figures,
        interval=wilson(successes, n),
        guess=_guess(question),
        median_ms=median_ms,
        choices=choices,
        flags=frozenset(_flags(figures, choices, median_ms, before)) if n >= ENOUGH else None,
    )


def _flags(figures: ItemFigures, choices: Sequence[Choice], median_ms: float | None, before: bool) -> set[Flag]:
    found = {
        Flag.TOO_HARD: figures.facility < TOO_HARD,
        Flag.KNOWN_BEFORE: before and figures.facility > KNOWN,
        Flag.CLICKED_AT_RANDOM: median_ms is not None and median_ms < FASTEST_MS,
        Flag.IDLE_DISTRACTOR: any(not choice.correct and choice.percent < IDLE for choice in choices),
        Flag.SUSPECT_KEY: _key_is_suspect(choices),
    }
    if figures.discrimination is not None:
        # Rounding must not make nothing negative.
        backwards = figures.discrimination < -1e-9
        ordinary = ORDINARY[0] <= figures.facility <= ORDINARY[1]
        found[Flag.CHECK_KEY] = backwards
        found[Flag.AMBIGUOUS] = not backwards and figures.discrimination < BARELY_TELLING and ordinary
    return {flag for flag, raised in found.items() if raised}


def _key_is_suspect(choices: Sequence[Choice]) -> bool:
    right = [choice.upper_half for choice in choices if choice.correct]
    wrong = [choice.upper_half for choice in choices if not choice.correct]
    return bool(right and wrong) and max(wrong) > min(right)


def _choices(
    question: Question, answers: Sequence[Answered], rest: Sequence[float], group: Sequence[int], least: int
) -> tuple[Choice, ...]:
    thirds, halves = _parts_within(rest, group, 3), _parts_within(rest, group, 2)
    centred = _centred(rest, group)
    shown = min(thirds.count(part) for part in range(3)) >= least
    found = []
    for key, correct in _options(question).items():
        took = [key in _chosen(answer.response) for answer in answers]
        found.append(
            Choice(
                key=key,
                correct=correct,
                chosen=sum(took),
                percent=100 * sum(took) / len(answers),
                thirds=_counts(took, thirds) if shown else None,
                discrimination=correlation(_centred([float(one) for one in took], group), centred),
                upper_half=sum(one for one, half in zip(took, halves, strict=True) if half == 1),
            )
        )
    return tuple(found)


def _counts(took: Sequence[bool], thirds: Sequence[int]) -> tuple[int, int, int]:
    lower, middle, upper = (
        sum(one for one, third in zip(took, thirds, strict=True) if third == part) for part in range(3)
    )
    return lower, middle, upper


def _parts_within(scores: Sequence[float], group: Sequence[int], number: int) -> list[int]:
    """Return which part of their own group each belongs to, as `_parts` tells it."""
    members: dict[int, list[int]] = defaultdict(list)
    for place, name in enumerate(group):
        members[name].append(place)
    found = [0] * len(scores)
    for places in members.values():
        for place, part in zip(places, _parts([scores[place] for place in places], number), strict=True):
            found[place] = part
    return found


def _parts(scores: Sequence[float], number: int) -> list[int]:
    """Return which part of the people, from 0 for the lowest, each belongs to.

    Equal scores stay together, by the middle of their ranks, so that no tie is broken.
    """
    ranked = sorted(scores)
    part = {}
    for score in set(scores):
        below, equal = ranked.index(score), ranked.count(score)
        part[score] = int(number * (below + equal / 2) / len(ranked))
    return [min(part[score], number - 1) for score in scores]


def _rests(marks: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return, for each question, what each person has in the others."""
    totals = [sum(row) for row in marks]
    return [[total - mark for total, mark in zip(totals, column, strict=True)] for column in zip(*marks, strict=True)]


def _options(question: Question) -> dict[str, bool]:
    """Return the options of a question and whether each is right; none where nothing is chosen from a list."""
    if isinstance(question, ChoiceQuestion):
        return {option.key: option.correct for option in choices(question)}
    if isinstance(question, TrueFalse):
        return {"true": question.answer, "false": not question.answer}
    return {}


def _chosen(response: Any) -> frozenset[str]:
    """Return the keys of a response; a record from elsewhere may say none."""
    if isinstance(response, bool):
        return frozenset(["true" if response else "false"])
    if isinstance(response, str):
        return frozenset([response])
    return frozenset(key for key in response if isinstance(key, str)) if isinstance(response, list) else frozenset()


@singledispatch
def _guess(question: Any) -> float | None:
    return None


@_guess.register
def _(question: SingleChoice | PictureChoice) -> float | None:
    return 100 / len(question.options)


@_guess.register
def _(question: TrueFalse) -> float | None:
    return 50.0


@_guess.register
def _(question: MultipleChoice) -> float | None:
    # Any set of options but the empty one.
    return 100 / (2 ** len(question.options) - 1)


@_guess.register
def _(question: Hotspot) -> float | None:
    # Who is told that one place is right does not choose two.
    return 100 / (2 ** len(question.places) - 1 if question.several else len(question.places))


@_guess.register
def _(question: Ordering) -> float | None:
    return 100 / factorial(len(question.items))


@_guess.register
def _(question: Matching) -> float | None:
    # Each left-hand side is given any right-hand side; pairs may share what stands there.
    rights = [pair.right for pair in question.pairs]
    return 100 * prod(rights.count(right) / len(rights) for right in rights)


@_guess.register
def _(question: Gaps) -> float | None:
    words = [*(gap.word for gap in question.gaps), *question.others]
    return 100 * prod(words.count(gap.word) / len(words) for gap in question.gaps)

"""What a response to a question comes to. Pure: no database, no clock.

The shapes of responses stand in `docs/architecture.md`, "Answers".
"""

import math
from dataclasses import dataclass, field
from decimal import Decimal
from functools import singledispatch
from typing import Any

from lms.catalogue.questions import (
    ChoiceQuestion,
    Gaps,
    Hotspot,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    PictureChoice,
    Question,
    SingleChoice,
    TrueFalse,
    choices,
)
from lms.catalogue.shuffling import other, token
from lms.kernel.refusals import Refusal

Words = dict[str, str]


class AnswerMalformed(Refusal):
    """A response does not have the shape of its question's answers."""


@dataclass(frozen=True)
class Grade:
    """What a response came to: `points` is all of the question's or none."""

    correct: bool
    points: int
    feedback: Words
    """What explains the answer as a whole, by language."""
    options: dict[str, Words] = field(default_factory=dict)
    """What explains each chosen option that has its own explanation."""
    parts: dict[str, bool] = field(default_factory=dict)
    """Where they were asked for, whether each part of the response is right: an option chosen, a thing put in its
    place; what was not chosen is left out, so that a wrong answer does not tell the right one."""


def grade(question: Question, response: Any, salt: str, *, parts: bool = False) -> Grade:
    """Grade a response; `salt` is the edition's digest, `parts` whether it lets its parts be judged.

    Raises AnswerMalformed when the response is not an answer to this question at all.
    """
    correct = _is_correct(question, response, salt)
    return Grade(
        correct=correct,
        points=question.points if correct else 0,
        feedback=question.feedback.correct if correct else question.feedback.incorrect,
        options=_chosen_feedback(question, response),
        parts=_parts(question, response, salt) if parts else {},
    )


@singledispatch
def _is_correct(question: Any, response: Any, salt: str) -> bool:
    raise TypeError(type(question))


@_is_correct.register
def _(question: SingleChoice | PictureChoice, response: Any, salt: str) -> bool:
    keys = {option.key: option.correct for option in question.options}
    _require(isinstance(response, str) and response in keys, question)
    return keys[response]


@_is_correct.register
def _(question: MultipleChoice | Hotspot, response: Any, salt: str) -> bool:
    chosen = _distinct(question, response)
    _require(chosen <= {option.key for option in choices(question)}, question)
    return chosen == {option.key for option in choices(question) if option.correct}


@_is_correct.register
def _(question: TrueFalse, response: Any, salt: str) -> bool:
    _require(isinstance(response, bool), question)
    return response is question.answer


@_is_correct.register
def _(question: Numeric, response: Any, salt: str) -> bool:
    _require(isinstance(response, int | float) and not isinstance(response, bool), question)
    _require(abs(response) < 1e300 and math.isfinite(response), question)
    # Decimal, so that 3.2 is within 0.05 of 3.15 as it is on paper.
    return abs(_decimal(response) - _decimal(question.answer)) <= _decimal(question.tolerance)


@_is_correct.register
def _(question: Ordering, response: Any, salt: str) -> bool:
    right = [item.key for item in question.items]
    _require(_distinct(question, response) == set(right), question)
    return response == right


@_is_correct.register
def _(question: Matching | Gaps, response: Any, salt: str) -> bool:
    return all(_put_together(question, response, salt).values())


def _put_together(question: Matching | Gaps, response: Any, salt: str) -> dict[str, bool]:
    """Return of each left-hand side, or gap, whether what was put there is right."""
    rights, said = _rights(question, salt)
    _require(isinstance(response, dict) and set(response) == set(rights), question)
    _require(all(isinstance(given, str) and given in said for given in response.values()), question)
    # Two pairs may share their right-hand side: what it says counts, not which of the two it is.
    return {key: said[response[key]] == right for key, right in rights.items()}


def _rights(question: Matching | Gaps, salt: str) -> tuple[dict[str, Words], dict[str, Words]]:
    """Return what is right by key, and what each token says."""
    if isinstance(question, Matching):
        rights, others = {pair.key: pair.right for pair in question.pairs}, []
    else:
        rights, others = {gap.key: gap.word for gap in question.gaps}, question.others
    named = {**rights, **{other(place): words for place, words in enumerate(others)}}
    return rights, {token(key, question.key, salt): words for key, words in named.items()}


@singledispatch
def _parts(question: Any, response: Any, salt: str) -> dict[str, bool]:
    return {}


@_parts.register
def _(question: ChoiceQuestion, response: Any, salt: str) -> dict[str, bool]:
    chosen = [response] if isinstance(response, str) else response
    return {option.key: option.correct for option in choices(question) if option.key in chosen}


@_parts.register
def _(question: Ordering, response: Any, salt: str) -> dict[str, bool]:
    return {item.key: item.key == given for item, given in zip(question.items, response, strict=True)}


@_parts.register
def _(question: Matching | Gaps, response: Any, salt: str) -> dict[str, bool]:
    return _put_together(question, response, salt)


def _chosen_feedback(question: Question, response: Any) -> dict[str, Words]:
    if not isinstance(question, ChoiceQuestion):
        return {}
    chosen = [response] if isinstance(response, str) else response
    return {option.key: option.feedback for option in choices(question) if option.feedback and option.key in chosen}


def _distinct(question: Question, response: Any) -> set[str]:
    _require(isinstance(response, list) and all(isinstance(key, str) for key in response), question)
    _require(len(set(response)) == len(response), question)
    return set(response)


def _require(holds: bool, question: Question) -> None:
    if not holds:
        raise AnswerMalformed(question=question.key)


def _decimal(number: float) -> Decimal:
    return Decimal(repr(number))

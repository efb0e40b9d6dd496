"""What a response to a question comes to. Pure: no database, no clock.

The shapes of responses stand in `docs/architecture.md`, "Answers".
"""

import math
from dataclasses import dataclass, field
from decimal import Decimal
from functools import singledispatch
from typing import Any

from lms.catalogue.blocks import Matching, MultipleChoice, Numeric, Ordering, Question, SingleChoice, TrueFalse
from lms.catalogue.shuffling import token
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


def grade(question: Question, response: Any, salt: str) -> Grade:
    """Grade a response; `salt` is the edition's digest.

    Raises AnswerMalformed when the response is not an answer to this question at all.
    """
    correct = _is_correct(question, response, salt)
    return Grade(
        correct=correct,
        points=question.points if correct else 0,
        feedback=question.feedback.correct if correct else question.feedback.incorrect,
        options=_chosen_feedback(question, response),
    )


@singledispatch
def _is_correct(question: Any, response: Any, salt: str) -> bool:
    raise TypeError(type(question))


@_is_correct.register
def _(question: SingleChoice, response: Any, salt: str) -> bool:
    keys = {option.key: option.correct for option in question.options}
    _require(isinstance(response, str) and response in keys, question)
    return keys[response]


@_is_correct.register
def _(question: MultipleChoice, response: Any, salt: str) -> bool:
    chosen = _distinct(question, response)
    _require(chosen <= {option.key for option in question.options}, question)
    return chosen == {option.key for option in question.options if option.correct}


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
def _(question: Matching, response: Any, salt: str) -> bool:
    rights = {token(pair.key, question.key, salt): pair.right for pair in question.pairs}
    _require(isinstance(response, dict) and set(response) == {pair.key for pair in question.pairs}, question)
    _require(all(isinstance(given, str) and given in rights for given in response.values()), question)
    # Two pairs may share their right-hand side: what it says counts, not which of the two it is.
    return all(rights[response[pair.key]] == pair.right for pair in question.pairs)


def _chosen_feedback(question: Question, response: Any) -> dict[str, Words]:
    if not isinstance(question, SingleChoice | MultipleChoice):
        return {}
    chosen = [response] if isinstance(response, str) else response
    return {option.key: option.feedback for option in question.options if option.feedback and option.key in chosen}


def _distinct(question: Question, response: Any) -> set[str]:
    _require(isinstance(response, list) and all(isinstance(key, str) for key in response), question)
    _require(len(set(response)) == len(response), question)
    return set(response)


def _require(holds: bool, question: Question) -> None:
    if not holds:
        raise AnswerMalformed(question=question.key)


def _decimal(number: float) -> Decimal:
    return Decimal(repr(number))

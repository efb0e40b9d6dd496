"""Right and wrong responses to a question, as a kiosk would send them. Pure."""

from functools import singledispatch
from random import Random
from typing import Any

from lms.catalogue.questions import (
    Gaps,
    Hotspot,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    PictureChoice,
    SingleChoice,
    TrueFalse,
    choices,
)
from lms.catalogue.shuffling import other, token


def response(question: Any, salt: str, right: bool, random: Random) -> Any:
    """Return a response that is right, or wrong as people are wrong; `salt` is the edition's digest."""
    return _right(question, salt) if right else _wrong(question, salt, random)


@singledispatch
def _right(question: Any, salt: str) -> Any:
    raise TypeError(type(question))


@_right.register
def _(question: SingleChoice | PictureChoice, salt: str) -> str:
    return next(option.key for option in question.options if option.correct)


@_right.register
def _(question: MultipleChoice | Hotspot, salt: str) -> list[str]:
    return [option.key for option in choices(question) if option.correct]


@_right.register
def _(question: TrueFalse, salt: str) -> bool:
    return question.answer


@_right.register
def _(question: Numeric, salt: str) -> float:
    return question.answer


@_right.register
def _(question: Ordering, salt: str) -> list[str]:
    return [item.key for item in question.items]


@_right.register
def _(question: Matching, salt: str) -> dict[str, str]:
    return {pair.key: token(pair.key, question.key, salt) for pair in question.pairs}


@_right.register
def _(question: Gaps, salt: str) -> dict[str, str]:
    return {gap.key: token(gap.key, question.key, salt) for gap in question.gaps}


@singledispatch
def _wrong(question: Any, salt: str, random: Random) -> Any:
    raise TypeError(type(question))


@_wrong.register
def _(question: SingleChoice | PictureChoice, salt: str, random: Random) -> str:
    return random.choice([option.key for option in question.options if not option.correct])


@_wrong.register
def _(question: MultipleChoice | Hotspot, salt: str, random: Random) -> list[str]:
    right = _right(question, salt)
    others = [option.key for option in choices(question) if not option.correct]
    return right[:-1] or others[:1] or [*right, *others]


@_wrong.register
def _(question: TrueFalse, salt: str, random: Random) -> bool:
    return not question.answer


@_wrong.register
def _(question: Numeric, salt: str, random: Random) -> float:
    return question.answer + question.tolerance + random.choice((1, 10))


@_wrong.register
def _(question: Ordering, salt: str, random: Random) -> list[str]:
    right = _right(question, salt)
    place = random.randrange(len(right) - 1)
    return [*right[:place], right[place + 1], right[place], *right[place + 2 :]]


@_wrong.register
def _(question: Matching, salt: str, random: Random) -> dict[str, str]:
    right = _right(question, salt)
    keys = list(right)
    first = random.randrange(len(keys))
    # The neighbour may say the same thing on the right; someone further on does not.
    says = {pair.key: pair.right for pair in question.pairs}
    second = next((key for key in keys if says[key] != says[keys[first]]), keys[first - 1])
    return {**right, keys[first]: right[second], second: right[keys[first]]}


@_wrong.register
def _(question: Gaps, salt: str, random: Random) -> dict[str, str]:
    mistaken = random.choice(question.gaps)
    misled = random.randrange(len(question.others))
    return {**_right(question, salt), mistaken.key: token(other(misled), question.key, salt)}

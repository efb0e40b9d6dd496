"""What a kiosk needs to mark an answer in practice by itself, while the server is away. Pure.

A key is JSON; `static/kiosk/marking.js` comes to the same with it as `catalogue.grading`. It has one of

    right    the keys chosen, no other; `[true]` or `[false]`
    range    [least, most], bounds included
    order    the keys in order
    pairs    {left key: [tokens that are right there]}

and `says` {right, again}, `options` {key: what explains it}, both in one language, and `parts`: whether each part
of an answer is marked.

A kiosk is no safe place: whoever still has to sit a certifying module must not find there what
that asks. `withheld` says which keys stay at the server.
"""

from collections.abc import Iterable
from decimal import Decimal
from functools import singledispatch
from typing import Any

from lms.catalogue.content import ModuleContent
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
from lms.kernel.languages import in_language

Words = dict[str, str]


def key_of(question: Question, salt: str, language: str, *, parts: bool) -> dict[str, Any]:
    """Return the key of a question; `salt` and `parts` as for `grading.grade`, what explains it in one language."""
    explained = choices(question) if isinstance(question, ChoiceQuestion) else []
    says = {"right": question.feedback.correct, "again": question.feedback.incorrect}
    return {
        **_right(question, salt),
        "says": {name: in_language(words, language) for name, words in says.items()},
        "options": {one.key: in_language(one.feedback, language) for one in explained if one.feedback},
        "parts": parts,
    }


def asked_in(contents: Iterable[ModuleContent]) -> frozenset[str]:
    """Return the words in which these modules ask, in all their languages."""
    return frozenset().union(*(_asked(question) for content in contents for question in content.questions))


def withheld(question: Question, words: frozenset[str]) -> bool:
    """Whether a question is asked in such words too, whatever its key: then it is the same."""
    return not words.isdisjoint(_asked(question))


def _asked(question: Question) -> set[str]:
    return {" ".join(words.casefold().split()) for words in question.prompt.values()}


@singledispatch
def _right(question: Any, salt: str) -> dict[str, Any]:
    raise TypeError(type(question))


@_right.register
def _(question: SingleChoice | MultipleChoice | PictureChoice | Hotspot, salt: str) -> dict[str, Any]:
    return {"right": [one.key for one in choices(question) if one.correct]}


@_right.register
def _(question: TrueFalse, salt: str) -> dict[str, Any]:
    return {"right": [question.answer]}


@_right.register
def _(question: Numeric, salt: str) -> dict[str, Any]:
    # Worked out in decimals, so that 3.2 is within 0.05 of 3.15 in a browser too.
    answer, tolerance = Decimal(repr(question.answer)), Decimal(repr(question.tolerance))
    return {"range": [float(answer - tolerance), float(answer + tolerance)]}


@_right.register
def _(question: Ordering, salt: str) -> dict[str, Any]:
    return {"order": [item.key for item in question.items]}


@_right.register
def _(question: Matching, salt: str) -> dict[str, Any]:
    rights = {pair.key: pair.right for pair in question.pairs}
    return _pairs(question.key, rights, rights, salt)


@_right.register
def _(question: Gaps, salt: str) -> dict[str, Any]:
    rights = {gap.key: gap.word for gap in question.gaps}
    return _pairs(question.key, rights, rights | {other(at): words for at, words in enumerate(question.others)}, salt)


def _pairs(question: str, rights: dict[str, Words], said: dict[str, Words], salt: str) -> dict[str, Any]:
    """Return the right tokens of each left-hand side: two that say the same are both right."""
    return {
        "pairs": {
            left: [token(key, question, salt) for key, words in said.items() if words == right]
            for left, right in rights.items()
        }
    }

"""A module's questions as GIFT, which holds choices, true or false, numbers and pairs, in words only."""

import re
from collections.abc import Callable, Iterator

from lms.authoring.exports.written import ReadFile, Written, lost, of_every, of_module
from lms.catalogue.content import ModuleContent
from lms.catalogue.questions import Matching, MultipleChoice, Numeric, Option, Question, SingleChoice, TrueFalse
from lms.kernel.refusals import Problem

ARROW = "->"
"""What stands between the two sides of a pair."""
_SIGNS = re.compile(r"([\\~=#{}:])")


def write(content: ModuleContent, language: str, read_file: ReadFile) -> Written:
    """Return the questions in one language; pictures have no place in it."""
    paragraphs: list[str] = []
    left = list(of_module(content))
    for block in content.blocks:
        if not isinstance(block, Question) or type(block) not in _WRITERS:
            left.append(lost("export.kind", block))
            continue
        left += _lost(block, language)
        paragraphs.append(
            f"::{block.key}::[plain]{_text(block.prompt[language])} {{{_WRITERS[type(block)](block, language)}}}\n"
        )
    return Written("\n".join(paragraphs).encode(), tuple(left))


def _lost(question: Question, language: str) -> Iterator[Problem]:
    yield from of_every(question)
    if question.picture:
        yield lost("export.picture", question)
    if question.points > 1:
        yield lost("export.points", question)
    if isinstance(question, Numeric) and question.unit:
        yield lost("export.unit", question)
    if isinstance(question, MultipleChoice) and sum(option.correct for option in question.options) == 1:
        yield lost("export.becomes_single", question)
    if isinstance(question, Matching) and any(ARROW in pair.left[language] for pair in question.pairs):
        yield lost("export.arrow", question)
    if _says_too_much(question):
        yield lost("export.feedback", question)


def _says_too_much(question: Question) -> bool:
    """Whether GIFT, which has one text for every answer beside those of each, holds less than is explained."""
    if isinstance(question, SingleChoice):
        own = next(option.feedback for option in question.options if option.correct)
        return own is not None and own != question.feedback.correct
    together = isinstance(question, MultipleChoice | Matching)
    return together and question.feedback.correct != question.feedback.incorrect


def _text(text: str) -> str:
    escaped = _SIGNS.sub(r"\\\1", text)
    return f"\\{escaped}" if escaped.startswith("[") else escaped


def _told(text: str) -> str:
    return f"#{_text(text)}"


def _single(question: SingleChoice, language: str) -> str:
    parts = []
    for option in question.options:
        told = option.feedback or (question.feedback.correct if option.correct else None)
        sign = "=" if option.correct else "~"
        parts.append(
            _option(sign, 100 if option.correct else 0, option, language, _told(told[language]) if told else "")
        )
    return f"\n{''.join(parts)}####{_text(question.feedback.incorrect[language])}\n"


def _multiple(question: MultipleChoice, language: str) -> str:
    right = sum(option.correct for option in question.options)
    share = f"{100 / right:.5f}".rstrip("0").rstrip(".")
    parts = []
    for option in question.options:
        told = _told(option.feedback[language]) if option.feedback else ""
        weight = share if option.correct else "-100"
        parts.append(f"~%{weight}%{_text(option.text[language])}{told}\n")
    return f"\n{''.join(parts)}####{_text(question.feedback.incorrect[language])}\n"


def _option(sign: str, weight: int, option: Option, language: str, told: str) -> str:
    text = _text(option.text[language])
    # A text that begins like a weight must not be taken for one.
    weighted = f"%{weight}%" if text.startswith("%") else ""
    return f"{sign}{weighted}{text}{told}\n"


def _true_false(question: TrueFalse, language: str) -> str:
    told = question.feedback
    return f"{'T' if question.answer else 'F'}{_told(told.incorrect[language])}{_told(told.correct[language])}"


def _numeric(question: Numeric, language: str) -> str:
    told = question.feedback
    number = f"#{question.answer!r}:{question.tolerance!r}"
    return f"{number}{_told(told.correct[language])}~{_told(told.incorrect[language])}"


def _matching(question: Matching, language: str) -> str:
    # An arrow within the left side would be taken for the one between the two.
    lefts = [_text(pair.left[language].replace(ARROW, "→")) for pair in question.pairs]
    pairs = [f"={left} -> {_text(pair.right[language])}\n" for left, pair in zip(lefts, question.pairs, strict=True)]
    return f"\n{''.join(pairs)}####{_text(question.feedback.incorrect[language])}\n"


_WRITERS: dict[type, Callable[..., str]] = {
    SingleChoice: _single,
    MultipleChoice: _multiple,
    TrueFalse: _true_false,
    Numeric: _numeric,
    Matching: _matching,
}

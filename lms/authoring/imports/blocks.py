"""Blocks made of what was read, within what a kiosk shows. Pure.

What cannot become a block raises Unmapped with the code of its reason. A question without
feedback comes in without it: a draft lists what is missing, and publishing refuses until it is
there.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lms.authoring.editing import key_from
from lms.authoring.imports.reading import Special, Words
from lms.catalogue.fields import KEY_PATTERN, LONGEST_LINE, on_one_line
from lms.kernel import rich_text

MOST_OPTIONS = 6
MOST_GAPS = 4
FULL = 100.0
_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|gif|bmp|tiff?|webp|svg|[ew]mf)", re.IGNORECASE)


class Unmapped(Exception):
    """The thing has no counterpart here; its text is the code of the reason."""


@dataclass(frozen=True)
class Answer:
    """One possible answer; `weight` is in per cent of the points."""

    text: str
    weight: float
    feedback: str = ""
    picture: dict[str, Any] | None = None
    key: str = ""


def words(text: str, language: str) -> Words:
    """Return a line of text; raises Unmapped for none or one that is too long."""
    line = on_one_line(text)
    if not line.strip():
        raise Unmapped("item.no_text")
    if len(line) > LONGEST_LINE:
        raise Unmapped("item.too_long")
    return {language: line}


def alt(text: str) -> str:
    """Return what a picture shows as far as it is said; the name of its file says nothing."""
    line = on_one_line(text)[:LONGEST_LINE].strip()
    return "" if _FILE_NAME.fullmatch(line) else line


def of_html(html: str) -> str:
    """Return the words of HTML on one line; a picture leaves nothing. Raises Unmapped over 8,000 characters."""
    try:
        return rich_text.to_text(html)
    except rich_text.RichTextTooLong as error:
        raise Unmapped("item.too_long") from error


def question(key: str, prompt: str, special: dict[str, Any], told: tuple[str, str], language: str) -> dict[str, Any]:
    """Return a question; `told` is what explains a right and a wrong answer."""
    explained = feedback(*told, language)
    return {"key": key, "prompt": words(prompt, language), **special, **({"feedback": explained} if explained else {})}


def feedback(right: str, wrong: str, language: str) -> dict[str, Words]:
    """Return what explains an answer, as far as anything does."""
    told = {"correct": on_one_line(right), "incorrect": on_one_line(wrong)}
    return {name: words(text, language) for name, text in told.items() if text.strip()}


def choice(answers: Sequence[Answer], language: str, *, single: bool) -> Special:
    """Return a choice of one answer (the one that earns all points), or of all that earn points."""
    if len(answers) > MOST_OPTIONS:
        raise Unmapped("item.too_many_options")
    best = max((answer.weight for answer in answers), default=0)
    right = [answer.weight == best if single else answer.weight > 0 for answer in answers]
    if best <= 0 or len(answers) < 2:
        raise Unmapped("item.none_right")
    if single and sum(right) > 1:
        raise Unmapped("item.several_right")
    partial = single and any(0 < answer.weight < best for answer in answers)
    lost = ["item.partial_credit"] if partial or single and best < FULL else []
    if single and all(answer.picture for answer in answers):
        return _pictures(answers, right, language), lost
    if any(answer.picture for answer in answers):
        lost.append("item.picture_dropped")
    options = [_option(place, *pair, language) for place, pair in enumerate(zip(answers, right, strict=True))]
    return {"question": "single" if single else "multiple", "options": options}, lost


def _pictures(answers: Sequence[Answer], right: list[bool], language: str) -> dict[str, Any]:
    options = [
        {
            "key": answer.key or letter(place),
            "picture": answer.picture,
            **({"text": words(answer.text, language)} if answer.text.strip() else {}),
            "correct": is_right,
            **_explained(answer, language),
        }
        for place, (answer, is_right) in enumerate(zip(answers, right, strict=True))
    ]
    return {"question": "picture_choice", "options": options}


def _option(place: int, answer: Answer, right: bool, language: str) -> dict[str, Any]:
    key = answer.key or letter(place)
    return {"key": key, "text": words(answer.text, language), "correct": right, **_explained(answer, language)}


def _explained(answer: Answer, language: str) -> dict[str, Words]:
    return {"feedback": words(answer.feedback, language)} if answer.feedback.strip() else {}


def matching(pairs: Sequence[tuple[str, str]], language: str, *, unused: int = 0, keys: Sequence[str] = ()) -> Special:
    """Return pairs to bring together; what matches nothing (`unused`) is left out."""
    _within(len(pairs), 2)
    written = [
        {"key": key, "left": words(left, language), "right": words(right, language)}
        for key, (left, right) in zip(keys or letters(len(pairs)), pairs, strict=True)
    ]
    return {"question": "matching", "pairs": written}, ["item.distractor_dropped"] if unused else []


def ordering(texts: Sequence[str], language: str, keys: Sequence[str] = ()) -> Special:
    """Return things to put in order, given in the right one."""
    _within(len(texts), 3)
    items = [
        {"key": key, "text": words(text, language)}
        for key, text in zip(keys or letters(len(texts)), texts, strict=True)
    ]
    return {"question": "ordering", "items": items}, []


def gaps(text: str, missing: Sequence[str], others: Sequence[str], language: str, keys: Sequence[str] = ()) -> Special:
    """Return a sentence with gaps: each stands in the text as its key (`a`, `b`… if none is given) in brackets."""
    if len(missing) > MOST_GAPS:
        raise Unmapped("item.too_many_gaps")
    if not missing or not others:
        raise Unmapped("item.no_other_words")
    kept, lost = others[:MOST_GAPS], ["item.distractor_dropped"] if len(others) > MOST_GAPS else []
    named = [
        {"key": key, "word": words(word, language)}
        for key, word in zip(keys or letters(len(missing)), missing, strict=True)
    ]
    sentence, spare = words(text, language), [words(other, language) for other in kept]
    return {"question": "gaps", "text": sentence, "gaps": named, "others": spare}, lost


def _within(count: int, least: int) -> None:
    if count > MOST_OPTIONS:
        raise Unmapped("item.too_many_options")
    if count < least:
        raise Unmapped("item.none_right")


def letter(place: int) -> str:
    """Return the key of the answer at a place, from 0."""
    return chr(ord("a") + place)


def letters(count: int) -> list[str]:
    """Return as many keys as there are answers."""
    return [letter(place) for place in range(count)]


def key_giver() -> Callable[[str, str], str]:
    """Return a function that makes keys of names, or of what stands for one; none is given twice."""
    given: set[str] = set()

    def key(name: str, otherwise: str) -> str:
        free = next(one for one in _candidates(key_of(name) or otherwise) if one not in given)
        given.add(free)
        return free

    return key


def key_of(name: str) -> str:
    """Return a name as a key; one that is a key already stays. Empty when nothing of it can be in a key."""
    if re.fullmatch(KEY_PATTERN, name):
        return name
    return key_from(name)[:30].strip("-")


def _candidates(base: str) -> Iterator[str]:
    yield base
    number = 2
    while True:
        yield f"{base[:36]}-{number}"
        number += 1

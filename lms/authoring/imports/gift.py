"""From GIFT questions to ours: what maps becomes a block, the rest is named with its reason.

A question without feedback comes in without it: a draft lists what is missing, and
publishing refuses until it is there.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lms.authoring.imports.gift_syntax import Choice, Entry, Kind, Range, Text, Unreadable, entries
from lms.kernel.refusals import FileRefused, Problem
from lms.kernel.rich_text import RichTextTooLong, from_markdown, to_text

LONGEST_LINE = 300
MOST_OPTIONS = 6
FULL = 100.0
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")


@dataclass(frozen=True)
class Found:
    """A question that maps: its block as plain data, and what was lost on the way."""

    line: int
    block: dict[str, Any]
    warnings: tuple[str, ...] = ()
    """Codes: `gift.partial_credit`, `gift.distractor_dropped`, `gift.feedback_dropped`."""


@dataclass(frozen=True)
class Skipped:
    """A paragraph that cannot become one of our questions, and why."""

    line: int
    title: str
    reason: str
    """Code: `gift.essay`, `gift.short_answer`, `gift.description`, `gift.several_right`…"""


@dataclass(frozen=True)
class GiftFile:
    """What a file held."""

    encoding: str
    questions: tuple[Found, ...]
    skipped: tuple[Skipped, ...]
    counts: dict[str, int]
    """Paragraphs by their GIFT kind, categories aside."""


class _Unmapped(Exception):
    """The question has no counterpart here."""


def read(source: bytes, file: str, language: str = "fr") -> GiftFile:
    """Return the questions of a GIFT file, their words in `language`.

    Raises FileRefused for a file that is empty, is no text, or has a faulty paragraph
    (all of them are named): nothing of it is kept.
    """
    text, encoding = decode(source, file)
    read_entries = list(entries(text))
    faults = [
        Problem(one.code, file, one.line, facts={"detail": one.detail})
        for one in read_entries
        if isinstance(one, Unreadable)
    ]
    found = [one for one in read_entries if isinstance(one, Entry) and one.kind is not Kind.CATEGORY]
    if not read_entries:
        faults = [Problem("gift.empty", file)]
    if faults:
        raise FileRefused(faults)
    questions, skipped = _sorted_out(found, language)
    return GiftFile(encoding, tuple(questions), tuple(skipped), dict(Counter(one.kind.value for one in found)))


def decode(source: bytes, file: str) -> tuple[str, str]:
    """Return the text and the encoding it was in: UTF-8 (with or without BOM), else Windows-1252."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = source.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROLS.search(text):
            break
        return text, encoding
    raise FileRefused([Problem("gift.not_text", file)])


def _sorted_out(found: list[Entry], language: str) -> tuple[list[Found], list[Skipped]]:
    questions: list[Found] = []
    skipped: list[Skipped] = []
    keys = _keys()
    for entry in found:
        try:
            questions.append(_found(entry, language, keys))
        except _Unmapped as reason:
            skipped.append(Skipped(entry.line, _name(entry), str(reason)))
        except RichTextTooLong:
            skipped.append(Skipped(entry.line, _name(entry), "gift.too_long"))
    return questions, skipped


def _found(entry: Entry, language: str, keys: Callable[[Entry], str]) -> Found:
    if entry.kind not in _MAPPINGS:
        raise _Unmapped(_REASONS[entry.kind])
    special, warnings = _MAPPINGS[entry.kind](entry, language)
    feedback = _feedback(entry, language)
    block = {"key": keys(entry), "prompt": _words(entry.stem, language), **special}
    return Found(entry.line, {**block, **({"feedback": feedback} if feedback else {})}, tuple(warnings))


def _choice(entry: Entry, language: str) -> tuple[dict[str, Any], list[str]]:
    if len(entry.choices) > MOST_OPTIONS:
        raise _Unmapped("gift.too_many_options")
    whole = [_is_whole(choice) for choice in entry.choices]
    if sum(whole) > 1:
        raise _Unmapped("gift.several_right")
    single = any(whole)
    right = whole if single else [(choice.weight or 0) > 0 for choice in entry.choices]
    if not any(right) or len(entry.choices) < 2:
        raise _Unmapped("gift.none_right")
    partial = single and any(0 < (choice.weight or 0) < FULL for choice in entry.choices)
    options = [_option(place, *pair, language) for place, pair in enumerate(zip(entry.choices, right, strict=True))]
    warnings = ["gift.partial_credit"] if partial else []
    return {"question": "single" if single else "multiple", "options": options}, warnings


def _is_whole(choice: Choice) -> bool:
    return choice.weight == FULL if choice.weight is not None else choice.right


def _option(place: int, choice: Choice, right: bool, language: str) -> dict[str, Any]:
    feedback = {"feedback": _words(choice.feedback, language)} if choice.feedback else {}
    return {"key": chr(ord("a") + place), "text": _words(choice.value, language), "correct": right, **feedback}


def _true_false(entry: Entry, language: str) -> tuple[dict[str, Any], list[str]]:
    return {"question": "true_false", "answer": entry.answer}, []


def _numerical(entry: Entry, language: str) -> tuple[dict[str, Any], list[str]]:
    whole = [choice for choice in entry.choices if choice.weight in (None, FULL)]
    if len(whole) != 1 or not isinstance(whole[0].value, Range):
        raise _Unmapped("gift.several_right")
    low, high = whole[0].value.low, whole[0].value.high
    warnings = ["gift.partial_credit"] if any(0 < (one.weight or 0) < FULL for one in entry.choices) else []
    if any(one.weight == 0 and one.feedback for one in entry.choices):
        warnings.append("gift.feedback_dropped")
    # Halving adds digits that nobody wrote: 3.1415 ± 0.0005 must stay so.
    middle, half = round((low + high) / 2, 12), round((high - low) / 2, 12)
    return {"question": "numeric", "answer": middle, "tolerance": half}, warnings


def _matching(entry: Entry, language: str) -> tuple[dict[str, Any], list[str]]:
    pairs = [choice for choice in entry.choices if isinstance(choice.value, Text) and choice.value.text]
    if not 2 <= len(pairs) <= MOST_OPTIONS:
        raise _Unmapped("gift.too_many_options" if len(pairs) > MOST_OPTIONS else "gift.none_right")
    written = [
        {
            "key": chr(ord("a") + place),
            "left": _words(pair.value, language),
            "right": _words(Text("plain", pair.match or ""), language),
        }
        for place, pair in enumerate(pairs)
    ]
    warnings = ["gift.distractor_dropped"] if len(pairs) < len(entry.choices) else []
    return {"question": "matching", "pairs": written}, warnings


_MAPPINGS: dict[Kind, Callable[[Entry, str], tuple[dict[str, Any], list[str]]]] = {
    Kind.CHOICE: _choice,
    Kind.TRUE_FALSE: _true_false,
    Kind.NUMERICAL: _numerical,
    Kind.MATCHING: _matching,
}
_REASONS = {
    Kind.ESSAY: "gift.essay",
    Kind.SHORT: "gift.short_answer",
    Kind.DESCRIPTION: "gift.description",
}


def _feedback(entry: Entry, language: str) -> dict[str, dict[str, str]]:
    """Return what explains a right and a wrong answer, as far as the file says it."""
    whole = [choice.feedback for choice in entry.choices if _is_whole(choice) and choice.feedback]
    right = entry.feedback_right or (whole[0] if whole else None) or entry.feedback_all
    wrong = entry.feedback_wrong or entry.feedback_all
    told = {"correct": right, "incorrect": wrong}
    return {name: _words(text, language) for name, text in told.items() if text and plain(text)}


def _words(text: Any, language: str) -> dict[str, str]:
    line = plain(text) if text else ""
    if not line:
        raise _Unmapped("gift.no_text")
    if len(line) > LONGEST_LINE:
        raise _Unmapped("gift.too_long")
    return {language: line}


def plain(text: Text) -> str:
    """Return the text on one line without markup; a picture leaves nothing.

    Raises RichTextTooLong over 8,000 characters.
    """
    if text.format == "plain":
        return " ".join(text.text.split())
    return to_text(from_markdown(text.text) if text.format == "markdown" else text.text)


def _keys() -> Callable[[Entry], str]:
    given: set[str] = set()

    def key(entry: Entry) -> str:
        base = re.sub(r"[^a-z0-9]+", "-", _name(entry).lower()).strip("-")[:30].strip("-") or f"line-{entry.line}"
        free = next(name for name in _candidates(base) if name not in given)
        given.add(free)
        return free

    return key


def _candidates(base: str) -> Iterator[str]:
    yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1


def _name(entry: Entry) -> str:
    # The beginning is enough for a name, however long the text.
    return entry.title or (plain(Text(entry.stem.format, entry.stem.text[:200]))[:60] if entry.stem else "")

"""Reading GIFT, Moodle's text format for questions, as it is written. Pure.

Questions are paragraphs; `{…}` holds the answers; a backslash keeps a control character
as it is. The reference readings are those of gift-pegjs and Moodle's own format.php
(docs.moodle.org, "GIFT format").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum


class Kind(StrEnum):
    """What a paragraph is."""

    CATEGORY = "Category"
    DESCRIPTION = "Description"
    ESSAY = "Essay"
    TRUE_FALSE = "TF"
    NUMERICAL = "Numerical"
    MATCHING = "Matching"
    SHORT = "Short"
    CHOICE = "MC"


@dataclass(frozen=True)
class Text:
    """A text and how it is marked up: moodle (light HTML), html, plain or markdown."""

    format: str
    text: str


@dataclass(frozen=True)
class Range:
    """A number with a tolerance, or the bounds it must lie within."""

    low: float
    high: float
    written: str
    """`simple`, `range` (number:tolerance) or `high-low`."""
    number: float
    tolerance: float
    """The same as a number and how far off it may be, as they are written or as the bounds give them."""


@dataclass(frozen=True)
class Choice:
    """One answer; `weight` is in per cent, None when the file gives none."""

    right: bool
    weight: float | None
    value: Text | Range
    feedback: Text | None
    match: str | None = None
    """What a subquestion is matched with."""


@dataclass(frozen=True)
class Entry:
    """One paragraph as it was read."""

    kind: Kind
    line: int
    title: str | None = None
    stem: Text | None = None
    choices: tuple[Choice, ...] = ()
    answer: bool | None = None
    feedback_wrong: Text | None = None
    feedback_right: Text | None = None
    feedback_all: Text | None = None


class Unreadable(Exception):
    """A paragraph is not GIFT; `code` says why, `line` where it begins."""

    def __init__(self, code: str, line: int, detail: str = "") -> None:
        super().__init__(code, line, detail)
        self.code, self.line, self.detail = code, line, detail


FORMATS = ("html", "moodle", "plain", "markdown")
_TITLE = re.compile(r"::((?:\\.|(?!::).)*)::\s*", re.S)
_FORMAT = re.compile(rf"\s*\[({'|'.join(FORMATS)})\]", re.S)
_TRUTH = re.compile(r"(TRUE|FALSE|T|F)\s*(?=#|$)", re.S)
_WEIGHT = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%", re.S)
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_RANGE = re.compile(rf"\s*({_NUMBER})\s*(?:\.\.\s*({_NUMBER})|:\s*({_NUMBER}))?\s*$")
_ESCAPED = re.compile(r"\\([\\~=#{}:\[\]n])")
_LINE_END = re.compile(r"\r\n|\r|\n")
_FOLDED = re.compile(r"[ \t\r\n\f]+")
GAP = "_____"


def entries(text: str) -> Iterator[Entry | Unreadable]:
    """Yield each paragraph as an entry, or why it cannot be read."""
    for line, paragraph in _paragraphs(text):
        while paragraph.startswith("$CATEGORY:"):
            first, _, paragraph = paragraph.partition("\n")
            yield Entry(Kind.CATEGORY, line, title=first.removeprefix("$CATEGORY:").strip())
            line, paragraph = line + 1, paragraph.strip()
        if paragraph:
            try:
                yield _entry(paragraph, line)
            except Unreadable as fault:
                yield fault


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line, text) of each paragraph, comment lines taken out."""
    held: list[str] = []
    begins = 1
    for number, line in enumerate([*_LINE_END.split(text), ""], start=1):
        if line.strip() and not line.lstrip().startswith("//"):
            begins = begins if held else number
            held.append(line)
        elif held and not line.strip():
            yield begins, "\n".join(held).strip()
            held = []


def _entry(paragraph: str, line: int) -> Entry:
    title, rest = _taken(_TITLE, paragraph)
    format_, rest = _taken(_FORMAT, rest)
    before, inside, after = _braces(rest, line)
    written = format_ or "moodle"
    if inside is None:
        return Entry(Kind.DESCRIPTION, line, _title(title), _text(before, written))
    # What follows the braces without a word of its own (a stray quote mark) is no gap.
    stem = f"{before.rstrip()} {GAP} {after.strip()}" if after.strip(' \n\t";') else before
    return _answered(Entry(Kind.ESSAY, line, _title(title), _text(stem, written)), inside.strip(), written)


def _answered(essay: Entry, inside: str, written: str) -> Entry:
    inside, feedback = _split_all(inside, written)
    entry = replace(essay, feedback_all=feedback)
    if not inside:
        return entry
    truth = _TRUTH.match(inside)
    if truth:
        parts = _split(inside[truth.end() :], "#")[1:]
        wrong, right, *_ = [*(_marked(part, written) for part in parts[:2]), None, None]
        return replace(
            entry,
            kind=Kind.TRUE_FALSE,
            answer=truth[1].startswith("T"),
            feedback_wrong=wrong,
            feedback_right=right,
        )
    if inside.startswith("#"):
        return _numerical(replace(entry, kind=Kind.NUMERICAL), inside[1:].strip(), written)
    signed = list(_signed(inside, entry.line))
    pairs = all(sign == "=" and "->" in part for sign, part in signed)
    choices = tuple(_choice(sign, part, written, pairs) for sign, part in signed)
    return replace(entry, kind=_kind(choices, pairs), choices=choices)


def _kind(choices: tuple[Choice, ...], pairs: bool) -> Kind:
    if pairs:
        return Kind.MATCHING
    return Kind.SHORT if all(choice.right for choice in choices) else Kind.CHOICE


def _numerical(entry: Entry, inside: str, written: str) -> Entry:
    if not inside.startswith("="):
        number, *others = _split(inside, "~")
        wrong = _marked(others[0].lstrip().removeprefix("#"), written) if others else None
        value, feedback = _value_and_feedback(number, written)
        choice = Choice(True, None, _range(value, entry.line), feedback)
        return replace(entry, choices=(choice,), feedback_wrong=wrong)
    signed = [part for sign, part in _signed(inside, entry.line) if sign == "="]
    return replace(entry, choices=tuple(_number_choice(part, written, entry.line) for part in signed if part.strip()))


def _number_choice(part: str, written: str, line: int) -> Choice:
    weight, rest = _taken(_WEIGHT, part)
    value, feedback = _value_and_feedback(rest, written)
    return Choice(True, float(weight) if weight else None, _range(value, line), feedback)


def _range(text: str, line: int) -> Range:
    found = _RANGE.match(text)
    if not found:
        raise Unreadable("gift.not_a_number", line, text.strip()[:40])
    number = float(found[1])
    if found[2] is not None:
        high = float(found[2])
        # Halving adds digits that nobody wrote: 3.1415 ± 0.0005 must stay so.
        return Range(number, high, "high-low", round((number + high) / 2, 12), round((high - number) / 2, 12))
    tolerance = float(found[3]) if found[3] is not None else 0.0
    written = "simple" if found[3] is None else "range"
    return Range(number - tolerance, number + tolerance, written, number, tolerance)


def _choice(sign: str, part: str, written: str, paired: bool) -> Choice:
    weight, rest = _taken(_WEIGHT, part)
    value, feedback = _value_and_feedback(rest, written)
    left, _, right = value.partition("->")
    match = _unescape(right).strip() if paired else None
    text = _marked(left if match is not None else value, written)
    return Choice(sign == "=", float(weight) if weight else None, text or Text(written, ""), feedback, match)


def _value_and_feedback(part: str, written: str) -> tuple[str, Text | None]:
    pieces = _split(part, "#")
    return pieces[0], _marked("#".join(pieces[1:]), written) if len(pieces) > 1 else None


def _split_all(inside: str, written: str) -> tuple[str, Text | None]:
    """Take the feedback to every answer (`####`) off the end."""
    before, marker, after = inside.partition("####")
    return (before.rstrip(), _marked(after, written)) if marker else (inside, None)


def _signed(inside: str, line: int) -> Iterator[tuple[str, str]]:
    places = [place for place, letter in _bare(inside) if letter in "=~"]
    if not places or inside[: places[0]].strip():
        raise Unreadable("gift.answers", line, inside[:40])
    for place, until in zip(places, [*places[1:], len(inside)], strict=True):
        yield inside[place], inside[place + 1 : until]


def _braces(text: str, line: int) -> tuple[str, str | None, str]:
    """Return what stands before, within and after the answers; None within: there are none."""
    places = [(place, letter) for place, letter in _bare(text) if letter in "{}"]
    if not places:
        return text, None, ""
    (start, opening), (end, closing) = places[0], places[-1]
    if opening != "{" or closing != "}" or len(places) != 2:
        raise Unreadable("gift.braces", line)
    return text[:start], text[start + 1 : end], text[end + 1 :]


def _bare(text: str) -> Iterator[tuple[int, str]]:
    """Yield (place, letter) of each letter that no backslash keeps."""
    kept = {found.start() + 1 for found in _ESCAPED.finditer(text)}
    yield from ((place, letter) for place, letter in enumerate(text) if place not in kept)


def _split(text: str, sign: str) -> list[str]:
    places = [place for place, letter in _bare(text) if letter == sign]
    starts, ends = [0, *(place + 1 for place in places)], [*places, len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str | None, str]:
    found = pattern.match(text)
    return (found[1], text[found.end() :]) if found else (None, text)


def _title(title: str | None) -> str | None:
    return None if title is None else _unescape(" ".join(title.split()))


def _marked(text: str, inherited: str) -> Text | None:
    own, rest = _taken(_FORMAT, text)
    return _text(rest, own or inherited) if rest.strip() else None


def _text(text: str, written: str) -> Text:
    # Line ends mean something in Markdown only; elsewhere the author broke a long line.
    folded = text.strip() if written == "markdown" else _FOLDED.sub(" ", text)
    return Text(written, _unescape(folded).strip())


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], text)

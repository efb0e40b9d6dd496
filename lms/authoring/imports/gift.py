"""From GIFT questions to ours: what maps becomes a block, the rest is named with its reason."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from lms.authoring.imports import blocks, prose
from lms.authoring.imports.blocks import FULL, Answer, Unmapped
from lms.authoring.imports.gift_syntax import Choice, Entry, Kind, Range, Text, Unreadable, entries
from lms.authoring.imports.kinds import Kind as FileKind
from lms.authoring.imports.reading import Found, Left, Reading, Special
from lms.catalogue.fields import LONGEST_LINE, on_one_line
from lms.kernel.jobs.kinds import Report, silent
from lms.kernel.refusals import FileRefused, Problem
from lms.kernel.rich_text import from_markdown

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_ENDING = re.compile(r"(\.gift)?(\.txt)?$", re.IGNORECASE)
STEP = 100
"""Questions between two words on how far it is."""


def read(source: bytes, file: str, language: str = "fr", report: Report = silent) -> Reading:
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
    stated = [one for one in read_entries if isinstance(one, Entry) and one.kind is not Kind.CATEGORY]
    if not read_entries:
        faults = [Problem("gift.empty", file)]
    if faults:
        raise FileRefused(faults)
    found, left = _sorted_out(stated, language, report)
    return Reading(
        FileKind.GIFT,
        file,
        _ENDING.sub("", file),
        language,
        tuple(found),
        tuple(left),
        (Problem("gift.other_encoding", file),) if encoding == "cp1252" else (),
        stated=len(stated),
        counts=dict(Counter(one.kind.value for one in stated)),
    )


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


def _sorted_out(stated: list[Entry], language: str, report: Report) -> tuple[list[Found], list[Left]]:
    found: list[Found] = []
    left: list[Left] = []
    keys = blocks.key_giver()
    for number, entry in enumerate(stated):
        if number % STEP == 0:
            report(number, len(stated))
        try:
            found.append(_found(entry, language, keys))
        except Unmapped as reason:
            left.append(Left(entry.line, _name(entry), str(reason)))
    return found, left


def _found(entry: Entry, language: str, keys: Callable[[str, str], str]) -> Found:
    if entry.kind is Kind.DESCRIPTION and entry.stem:
        return Found(entry.line, _card(entry, language, keys))
    if entry.kind not in _MAPPINGS:
        raise Unmapped(_REASONS[entry.kind])
    special, lost = _MAPPINGS[entry.kind](entry, language)
    key = keys(_name(entry), f"line-{entry.line}")
    block = blocks.question(key, plain(entry.stem), special, _told(entry), language)
    return Found(entry.line, block, tuple(lost))


def _card(entry: Entry, language: str, keys: Callable[[str, str], str]) -> dict[str, Any]:
    """Return a text that asks nothing as a card."""
    name = entry.title or plain(entry.stem)
    title = blocks.words(name if len(name) <= LONGEST_LINE else f"{name[: LONGEST_LINE - 1]}…", language)
    body = _prose(entry.stem)
    if not body:
        raise Unmapped("item.no_text")
    return {"key": keys(_name(entry), f"line-{entry.line}"), "card": "text", "title": title, "body": {language: body}}


def _prose(stem: Text | None) -> str:
    if stem is None or stem.format == "plain":
        return prose.escaped(stem.text) if stem else ""
    return prose.from_html(from_markdown(stem.text) if stem.format == "markdown" else stem.text)


def _choice(entry: Entry, language: str) -> Special:
    answers = [Answer(plain(one.value), _weight(one), plain(one.feedback)) for one in entry.choices]
    return blocks.choice(answers, language, single=any(answer.weight == FULL for answer in answers))


def _weight(choice: Choice) -> float:
    return choice.weight if choice.weight is not None else FULL * choice.right


def _true_false(entry: Entry, language: str) -> Special:
    return {"question": "true_false", "answer": entry.answer}, []


def _numerical(entry: Entry, language: str) -> Special:
    whole = [choice for choice in entry.choices if choice.weight in (None, FULL)]
    if len(whole) != 1 or not isinstance(whole[0].value, Range):
        raise Unmapped("item.several_right")
    value = whole[0].value
    lost = ["item.partial_credit"] if any(0 < (one.weight or 0) < FULL for one in entry.choices) else []
    if any(one.weight == 0 and one.feedback for one in entry.choices):
        lost.append("item.feedback_dropped")
    return {"question": "numeric", "answer": value.number, "tolerance": value.tolerance}, lost


def _matching(entry: Entry, language: str) -> Special:
    pairs = [(plain(one.value), one.match or "") for one in entry.choices if plain(one.value)]
    return blocks.matching(pairs, language, unused=len(entry.choices) - len(pairs))


_MAPPINGS: dict[Kind, Callable[[Entry, str], Special]] = {
    Kind.CHOICE: _choice,
    Kind.TRUE_FALSE: _true_false,
    Kind.NUMERICAL: _numerical,
    Kind.MATCHING: _matching,
}
_REASONS = {
    Kind.ESSAY: "item.essay",
    Kind.SHORT: "item.short_answer",
}


def _told(entry: Entry) -> tuple[str, str]:
    """Return what explains a right and a wrong answer, as far as the file says it."""
    whole = [one.feedback for one in entry.choices if _weight(one) == FULL and one.feedback]
    right = entry.feedback_right or (whole[0] if whole else None) or entry.feedback_all
    return plain(right), plain(entry.feedback_wrong or entry.feedback_all)


def plain(text: Text | Range | None) -> str:
    """Return a text on one line without markup; a picture leaves nothing.

    Raises Unmapped over 8,000 characters.
    """
    if not isinstance(text, Text):
        return ""
    if text.format == "plain":
        return on_one_line(text.text)
    return blocks.of_html(from_markdown(text.text) if text.format == "markdown" else text.text)


def _name(entry: Entry) -> str:
    # The beginning is enough for a name, however long the text.
    return entry.title or (plain(Text(entry.stem.format, entry.stem.text[:200]))[:60] if entry.stem else "")

"""A block that is still being written, filled up so that a kiosk can show it as far as it goes. Pure.

Words that are missing are an ellipsis, rows that are missing have no other word, and where nothing is
said to be right the first is. What a picture or a film is missing for cannot be filled up.
"""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from pydantic import TypeAdapter, ValidationError

from lms.catalogue.blocks import Block
from lms.catalogue.fields import reading

MISSING = "…"
_BLOCK: TypeAdapter[Any] = TypeAdapter(Block)
_ROUNDS = 4
"""Filled up from outside in: a list, its rows, their words, what holds between them."""
_WORDS = frozenset({"title", "body", "prompt", "text", "alt", "correct", "incorrect", "left", "right", "source"})
_ROWS = {
    "options": ("text",),
    "items": ("text",),
    "steps": ("text",),
    "checks": ("text",),
    "pairs": ("left", "right"),
}
_WITHOUT_KEYS = ("steps", "checks")
_LEAST = {"items": 3}


def sketched(block: dict[str, Any], language: str) -> Any | None:
    """Return a block that has one language as the module would have it; None where words do not suffice."""
    filled = deepcopy(block)
    for _ in range(_ROUNDS):
        try:
            with reading({"languages": [language]}):
                return _BLOCK.validate_python(filled)
        except ValidationError as error:
            faults = error.errors(include_url=False, include_input=False)
        if not all(_fill(filled, _place(one["loc"]), one["type"], language) for one in faults):
            return None
    return None


def _place(found: Sequence[int | str]) -> list[int | str]:
    """Return where a fault lies in the document: kinds stand in angle brackets."""
    return [part for part in found if not str(part).startswith("<")]


def _fill(block: dict[str, Any], place: list[int | str], fault: str, language: str) -> bool:
    """Fill up what one fault says is missing; tell whether that can be done."""
    if fault in ("question.one_correct", "question.some_correct"):
        block["places" if "places" in block else "options"][0]["correct"] = True
        return True
    if fault == "document.no_page":
        block["body"] = {language: MISSING}
        return True
    if fault not in ("missing", "too_short") or not place:
        return False
    inside: Any = block
    for part in place[:-1]:
        inside = inside[part]
    name = place[-1]
    words = {language: MISSING}
    if name in _WORDS:
        inside[name] = words
    elif name in _ROWS:
        inside[name] = _rows(str(name), inside.get(name) or [], words)
    elif name in _WHOLE:
        inside[name] = dict.fromkeys(_WHOLE[str(name)], words)
    elif name == "answer":
        inside[name] = block["question"] == "true_false" or 0.0
    elif name == "level":
        inside[name] = "danger"
    else:
        return False
    return True


_WHOLE = {"feedback": ("correct", "incorrect"), "front": ("body",), "back": ("body",)}


def _rows(name: str, there: list[Any], words: dict[str, str]) -> list[Any]:
    taken = [one.get("key") for one in there]
    free = (letter for letter in "abcdefgh" if letter not in taken)
    blank = dict.fromkeys(_ROWS[name], words)
    wanted = range(_LEAST.get(name, 2) - len(there))
    return [*there, *(blank if name in _WITHOUT_KEYS else {"key": next(free), **blank} for _ in wanted)]

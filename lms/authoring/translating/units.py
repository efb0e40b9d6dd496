"""The texts of a module document, each with a name that stays when blocks and answers change places. Pure.

A document may be a draft with faults: what is no text in the module's languages is passed over.
"""

import hashlib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lms.authoring.drafts import Document
from lms.catalogue.fields import LONGEST_LINE, on_one_line
from lms.kernel import rich_text
from lms.kernel.refusals import NotFound

HEAD = "_"
"""What stands for the module itself where others have the key of their block; no key looks so."""
_FILES = frozenset({"file", "captions", "poster", "sound"})
"""Fields that hold a file for each language, and no text."""


class Shape(StrEnum):
    """What a text may hold."""

    LINE = "line"
    """One line of plain text."""
    GAPS = "gaps"
    """One line in which keys between brackets stand for missing words."""
    PROSE = "prose"
    """Markdown."""


@dataclass(frozen=True)
class Unit:
    """One text of a module."""

    id: str
    """The key of its block and the way to it by keys, dotted: `loto.options.a.text`."""
    block: str
    """The key of its block, HEAD for the module itself."""
    path: str
    """The way to it in its block as places are shown, by positions: `options.0.text`."""
    shape: Shape
    texts: Mapping[str, str]
    """By language; a language in which it is missing is not there."""

    @property
    def limit(self) -> int:
        """How many characters it may have."""
        return rich_text.LONGEST if self.shape is Shape.PROSE else LONGEST_LINE


def units(document: Document) -> list[Unit]:
    """Return the texts that there are in the original language, in the order of the document."""
    original = document["languages"][0]
    return [unit for unit, _texts in _found(document) if original in unit.texts]


def unit_of(document: Document, name: str) -> Unit:
    """Return one of them; raises NotFound."""
    return next((unit for unit in units(document) if unit.id == name), None) or _gone()


def with_texts(document: Document, language: str, texts: Mapping[str, str]) -> Document:
    """Put texts in a language into their units; an empty one is taken out. Names of no unit raise NotFound."""
    changed = deepcopy(document)
    places = {unit.id: (unit, found) for unit, found in _found(changed)}
    for name, text in texts.items():
        unit, found = places[name] if name in places else _gone()
        written = normal(text, unit.shape)
        if written:
            found[language] = written
        else:
            found.pop(language, None)
    return changed


def normal(text: str, shape: Shape) -> str:
    """Return a text as a document keeps it."""
    if shape is Shape.PROSE:
        return text.replace("\r\n", "\n").strip()
    return on_one_line(text)


def digest(text: str) -> str:
    """Return 32 hexadecimal digits that tell a text from any other."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _gone() -> Any:
    raise NotFound()


def _found(document: Document) -> Iterator[tuple[Unit, dict[str, str]]]:
    """Yield each unit with the mapping of the document that holds its texts."""
    languages = set(document["languages"])
    head = {name: value for name, value in document.items() if name != "blocks"}
    yield from _walk(head, languages, HEAD, (), ())
    for block in document["blocks"]:
        if block.get("key"):
            yield from _walk(block, languages, block["key"], (), ())


def _walk(
    value: Any, languages: set[str], block: str, way: tuple[str, ...], shown: tuple[str, ...]
) -> Iterator[tuple[Unit, dict[str, str]]]:
    if isinstance(value, dict) and value and value.keys() <= languages:
        texts = {language: text for language, text in value.items() if isinstance(text, str) and text}
        yield Unit(".".join((block, *way)), block, ".".join(shown), _shape(way, texts), texts), value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in _FILES:
                yield from _walk(inner, languages, block, (*way, name), (*shown, name))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            key = inner.get("key") if isinstance(inner, dict) else None
            yield from _walk(inner, languages, block, (*way, str(key or place)), (*shown, str(place)))


def _shape(way: tuple[str, ...], texts: Mapping[str, str]) -> Shape:
    if way[-1] == "body" and "spots" not in way:
        return Shape.PROSE
    return Shape.GAPS if way == ("text",) else Shape.LINE

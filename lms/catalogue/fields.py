"""What the fields of a module document hold, and how to find them by what they hold.

`MEDIA` marks the types that name files; `media_paths` walks a document by this mark.
While a whole module is read, every text is checked against the module's languages and
every block's key against the others, so that each fault is found at its place.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Annotated, Any, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from lms.kernel import rich_text
from lms.kernel.documents import Path, tag
from lms.kernel.refusals import TextFault

KEY_PATTERN = r"[a-z0-9][a-z0-9-]{0,39}"
LONGEST_LINE = 300
"""In characters."""


@dataclass(frozen=True)
class Mark:
    """What a field's type says of its values, beside their shape."""

    name: str


MEDIA = Mark("names a file of the module")


@dataclass
class _Reading:
    languages: tuple[str, ...] = ()
    keys: set[str] = field(default_factory=set)
    files: dict[str, str] = field(default_factory=dict)
    """Each file that was named, by its name in small letters."""


_reading: ContextVar[_Reading | None] = ContextVar("reading", default=None)


@contextmanager
def reading(document: Any) -> Iterator[None]:
    """While this module document is read, hold its texts and keys against each other."""
    spoken: Any = document.get("languages") if isinstance(document, dict) else None
    # A faulty list is a fault of its own, and not one of every text.
    clear = isinstance(spoken, list) and all(isinstance(one, str) for one in spoken) and len(set(spoken)) == len(spoken)
    token = _reading.set(_Reading(tuple(spoken) if clear else ()))
    try:
        yield
    finally:
        _reading.reset(token)


def _shaped(code: str, pattern: str) -> list[Any]:
    """Return a constraint for the schema and a check that gives its own error."""

    def check(value: Any) -> Any:
        if isinstance(value, str) and not re.fullmatch(pattern, value):
            raise PydanticCustomError(code, "not written as it must be")  # type: ignore[arg-type]
        return value

    return [StringConstraints(pattern=f"^{pattern}$"), BeforeValidator(check)]


def _printable(value: Any) -> Any:
    if isinstance(value, str) and any(
        unicodedata.category(letter) in {"Cc", "Cs"} and letter not in "\n\r\t" for letter in value
    ):
        raise PydanticCustomError("content.control_character", "a text holds a character that cannot be shown")
    return value


def on_one_line(text: str) -> str:
    """Return a text as a line of a document keeps it; one of mere spaces, of whatever kind, is empty."""
    # Not `split()`: French puts narrow spaces, which must stay, before some signs.
    line = re.sub(r"[ \t\r\n\f]+", " ", text).strip(" ")
    return line if line.strip() else ""


def _on_one_line(value: Any) -> Any:
    return on_one_line(value) if isinstance(value, str) else value


def _markdown_only(value: Any) -> Any:
    if isinstance(value, str) and len(value) <= rich_text.LONGEST:
        found: list[TextFault] = rich_text.faults_in(value)
        if found:
            raise PydanticCustomError(
                "content.markdown", "the text holds more than simple Markdown", {"faults_in_text": found}
            )
    return value


def _in_every_language(words: Any) -> Any:
    current = _reading.get()
    if not isinstance(words, dict) or current is None or not current.languages:
        return words
    missing = [language for language in current.languages if language not in words]
    if missing:
        raise PydanticCustomError(
            "content.missing_language", "a language is missing", {"languages": ", ".join(missing)}
        )
    return _in_listed_languages(words)


def _in_listed_languages(files: Any) -> Any:
    current = _reading.get()
    if not isinstance(files, dict) or current is None or not current.languages:
        return files
    unknown = [language for language in files if language not in current.languages]
    if unknown:
        raise PydanticCustomError(
            "content.unlisted_language", "a language is not listed", {"languages": ", ".join(unknown)}
        )
    return files


def _new_key(key: str) -> str:
    current = _reading.get()
    if current is not None:
        if key in current.keys:
            raise PydanticCustomError("content.repeated_key", "the key {key} is used twice", {"key": key})
        current.keys.add(key)
    return key


def _told_apart(file: str) -> str:
    current = _reading.get()
    if current is not None:
        other = current.files.setdefault(file.casefold(), file)
        if other != file:  # One file, for many a computer that unpacks the module.
            raise PydanticCustomError(
                "content.files_alike", "{other} differs only in capitals", {"file": file, "other": other}
            )
    return file


Key = Annotated[str, *_shaped("content.key", KEY_PATTERN)]
BlockKey = Annotated[Key, AfterValidator(_new_key)]
Language = Annotated[str, *_shaped("content.language", r"[a-z]{2,3}(-[A-Z]{2})?")]
Line = Annotated[
    str,
    StringConstraints(min_length=1, max_length=LONGEST_LINE),
    BeforeValidator(_on_one_line),
    BeforeValidator(_printable),
]
Markdown = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=rich_text.LONGEST),
    BeforeValidator(_markdown_only),
    BeforeValidator(_printable),
]
MediaPath = Annotated[
    str,
    *_shaped("content.media_path", r"media/[A-Za-z0-9][A-Za-z0-9._-]{0,99}"),
    AfterValidator(_told_apart),
    MEDIA,
]

Words = Annotated[dict[Language, Line], Field(min_length=1), AfterValidator(_in_every_language)]
"""One line of plain text in each language."""

Prose = Annotated[dict[Language, Markdown], Field(min_length=1), AfterValidator(_in_every_language)]
"""Markdown (paragraphs, bold, italic, lists, links; no HTML) in each language."""

FileByLanguage = Annotated[dict[Language, MediaPath], Field(min_length=1), AfterValidator(_in_every_language)]
"""A file for each language."""

FilesInSomeLanguages = Annotated[dict[Language, MediaPath], Field(min_length=1), AfterValidator(_in_listed_languages)]
"""A file for some of the languages."""

PerCent = Annotated[float, Field(ge=3, le=97, strict=True)]
"""Of a picture's side; not at its very edge, where half of a spot would be cut off."""

Wide = Annotated[int, Field(ge=5, le=60, strict=True)]
"""How wide a round place on a picture is, in whole per cent of the picture's width."""


def _one_or_several(value: Any) -> str:
    return "<file>" if isinstance(value, str) else "<files>"


MediaByLanguage = Annotated[
    Annotated[MediaPath, tag("file")] | Annotated[FileByLanguage, tag("files")], Discriminator(_one_or_several)
]
"""One file for every reader, or one for each language."""


class Part(BaseModel):
    """A piece of a module: unknown fields are faults, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def media_paths(part: Part) -> Iterator[tuple[Path, str]]:
    """Yield (path of the field, media file) for each file the part refers to."""
    return _marked(part, MEDIA)


def _marked(part: Part, mark: Mark, path: Path = ()) -> Iterator[tuple[Path, str]]:
    for name, info in type(part).model_fields.items():
        value = getattr(part, name)
        for child_path, child in _children(value, (*path, name)):
            if isinstance(child, Part):
                yield from _marked(child, mark, child_path)
            elif isinstance(child, str) and _bears(mark, (info.annotation, *info.metadata)):
                yield child_path, child


def _children(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, dict):
        yield from (((*path, key), child) for key, child in value.items())
    elif isinstance(value, list):
        yield from (((*path, index), child) for index, child in enumerate(value))
    else:
        yield path, value


def _bears(mark: Mark, annotations: tuple[Any, ...]) -> bool:
    return any(found is mark or _bears(mark, get_args(found)) for found in annotations)


def refuse_repeats(keys: list[str]) -> None:
    """Raise `content.repeated_key` naming a key given twice."""
    repeated = [key for key, count in Counter(keys).items() if count > 1]
    if repeated:
        raise PydanticCustomError("content.repeated_key", "the key {key} is used twice", {"key": repeated[0]})

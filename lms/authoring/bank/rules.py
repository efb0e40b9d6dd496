"""When a module asks what a version of the bank says, and how a question goes from one to the other. Pure."""

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from lms.authoring.drafts import Document, used_media
from lms.authoring.editing import without_languages
from lms.authoring.media.files import free_name
from lms.kernel.refusals import Refusal

Media = Mapping[str, str]
"""Name in the document (`media/…`) to digest."""
OF_THE_MODULE = ("key", "pool", "form", "reserved")
"""What a question has in a module and not in the bank."""


class NotAQuestion(Refusal):
    """Only questions are kept in the bank."""


class NothingNew(Refusal):
    """The bank has this question just so already."""


class ThemeWanted(Refusal):
    """A question of the bank has a theme."""


def alike(one: Document, media: Media, languages: Collection[str], other: Document, other_media: Media) -> bool:
    """Whether a module's question, in its languages, says what a version of the bank says in those."""
    return comparable(one, media, languages) == comparable(other, other_media, languages)


def comparable(block: Document, media: Media, languages: Collection[str]) -> Document:
    """Return what a question says in some languages: digests for the names of files, nothing of its module."""
    spoken = _spoken(block)
    kept = without_languages(bare(block), spoken - set(languages), spoken)
    return renamed(kept, media)


def bare(block: Document) -> Document:
    """Return a question without what it has of its module alone."""
    return {name: value for name, value in block.items() if name not in OF_THE_MODULE}


def in_module(block: Document, media: Media, languages: Collection[str], taken: Media) -> tuple[Document, Media]:
    """Return a version as a module can hold it, without the languages that the module has not, and its files by name.

    A file whose name stands for another in the module gets a name of its own.
    """
    spoken = _spoken(block)
    kept = without_languages(block, spoken - set(languages), spoken)
    names: dict[str, str] = {}
    for name, digest in used_media(kept, media).items():
        known = next((there for there, same in taken.items() if same == digest), None)
        names[name] = known or (name if name not in taken else free_name(name, {*taken, *names.values()}))
    return renamed(kept, names), {names[name]: media[name] for name in names}


def renamed(value: Any, names: Mapping[str, str]) -> Any:
    """Return a document with other names for its files."""
    if isinstance(value, dict):
        return {name: renamed(inner, names) for name, inner in value.items()}
    if isinstance(value, list):
        return [renamed(inner, names) for inner in value]
    return names.get(value, value) if isinstance(value, str) else value


def words_of(block: Document) -> str:
    """Return everything a question says to its readers, as a search looks for it."""
    return " ".join(searched(text) for text in _texts({**block, "key": ""}))


def searched(text: str) -> str:
    """Return a text in small letters, without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(one for one in parts if not unicodedata.combining(one)).split())


def _spoken(block: Document) -> set[str]:
    """Return the languages a question is written in: those of its prompt."""
    prompt = block.get("prompt")
    return set(prompt) if isinstance(prompt, dict) else set()


def _texts(value: Any) -> Iterator[str]:
    for name, inner in value.items():
        for one in inner if isinstance(inner, list) else [inner]:
            if isinstance(one, dict):
                yield from _texts(one)
            elif isinstance(one, str) and name not in ("key", "question", "file"):
                yield one

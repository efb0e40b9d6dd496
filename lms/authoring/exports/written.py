"""What an export gives: the file, and what its format cannot hold, named."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from lms.catalogue.cards import Picture
from lms.catalogue.content import ModuleContent
from lms.kernel.refusals import Problem

ReadFile = Callable[[str], bytes]
"""Gives the bytes of a file of the module by its name."""


@dataclass(frozen=True)
class Written:
    """A file, and what of the module is not in it."""

    data: bytes
    left: tuple[Problem, ...]


def lost(code: str, block: Any = None) -> Problem:
    """Return one thing that a format cannot hold; `block` is that in which it lies."""
    return Problem(code, path=block.key if block is not None else "")


def of_module(content: ModuleContent) -> Iterator[Problem]:
    """Yield what no question format holds of the module itself."""
    yield lost("export.head")
    if len(content.languages) > 1:
        yield lost("export.languages")


def of_every(block: Any) -> Iterator[Problem]:
    """Yield what no question format holds of a block."""
    if block.sound:
        yield lost("export.sound", block)
    for name in ("pool", "form", "reserved"):
        if getattr(block, name, None):
            yield lost(f"export.{name}", block)


def file_of(picture: Picture, language: str) -> str:
    """Return the file of a picture in a language."""
    return picture.file if isinstance(picture.file, str) else picture.file[language]


def short(name: str) -> str:
    """Return a file's name without its folder."""
    return PurePosixPath(name).name

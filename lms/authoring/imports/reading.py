"""What was read of a file from elsewhere, whatever its format: what becomes a block, what does not, and why.

A reading waits between its preview and the decision as one zip: `reading.json` and the
pictures, of which each is unpacked when it is asked for.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from lms.authoring.drafts import Document, used_media
from lms.authoring.imports.kinds import Kind
from lms.catalogue.media import CheckedFile
from lms.kernel.refusals import Problem

DOCUMENT = "reading.json"


@dataclass(frozen=True)
class Found:
    """A thing that becomes a block, as plain data, and what was lost on the way."""

    line: int | None
    """Where it begins: the line of a text or sheet, the number of a slide."""
    block: Document
    warnings: tuple[str, ...] = ()
    """Codes: `item.partial_credit`, `item.distractor_dropped`, `item.feedback_dropped`…"""
    where: str = ""
    """The file within a package."""


@dataclass(frozen=True)
class Left:
    """A thing of which nothing is made, or a part that was left out, and why."""

    line: int | None
    title: str
    reason: str
    """Code: `item.essay`, `item.short_answer`, `slide.hidden`…"""
    where: str = ""
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """What a file held."""

    kind: Kind
    file: str
    title: str
    language: str
    found: tuple[Found, ...] = ()
    left: tuple[Left, ...] = ()
    notes: tuple[Problem, ...] = ()
    """What is to be known of the file as a whole."""
    faults: tuple[Problem, ...] = ()
    """Why it is refused; then nothing was read."""
    media: Mapping[str, CheckedFile] = field(default_factory=dict)
    head: Document | None = None
    """What a module file says of the module itself; its blocks replace those of the draft."""
    stated: int = 0
    """How many things the file holds: questions, slides, blocks."""
    counts: dict[str, int] = field(default_factory=dict)
    """What it held by its own names of kinds."""

    @property
    def understood(self) -> int:
        """How many of the stated things something is made of."""
        return len(_places(self.found))

    @property
    def named(self) -> int:
        """How many of the stated things are shown, whether anything is made of them or not."""
        return len(_places(self.found) | _places(self.left))

    @property
    def warnings(self) -> list[Problem]:
        """What whoever accepts it should know, in the order of the file."""
        losses = [
            Problem(code, self.file, one.line, _path(one.where, one.block["key"]))
            for one in self.found
            for code in one.warnings
        ]
        losses += [
            Problem(one.reason, self.file, one.line, _path(one.where, one.title), dict(one.facts)) for one in self.left
        ]
        return [*self.notes, *sorted(losses, key=lambda problem: problem.line or 0)]

    def without(self, left: Collection[int]) -> "Reading":
        """Return the same without the things at these numbers, from 0, and without the files that only they name."""
        if not left:
            return self
        found = tuple(one for number, one in enumerate(self.found) if number not in left)
        named = used_media({**(self.head or {}), "blocks": [one.block for one in found]}, dict.fromkeys(self.media, ""))
        return replace(self, found=found, media=_Some(self.media, frozenset(named)))


def refused(kind: Kind, file: str, *problems: Problem) -> Reading:
    """Return the reading of a file that cannot be taken."""
    return Reading(kind, file, file, "", faults=problems)


def _places(things: tuple[Found, ...] | tuple[Left, ...]) -> set[tuple[str, int | None]]:
    return {(one.where, one.line) for one in things}


def _path(where: str, title: str) -> str:
    return f"{where} {title}".strip()


def pack(reading: Reading, target: Path) -> None:
    """Write a reading with its pictures."""
    media = {name: file.media_type for name, file in reading.media.items()}
    plain = {**asdict(replace(reading, media={})), "media": media}
    with ZipFile(target, "w", ZIP_STORED) as packed:
        packed.writestr(DOCUMENT, json.dumps(plain))
        for name, file in reading.media.items():
            packed.writestr(name, file.data)


def unpack(source: Path) -> Reading:
    """Return a reading that was packed."""
    with ZipFile(source) as packed:
        plain = json.loads(packed.read(DOCUMENT))
    return Reading(
        **{
            **plain,
            "kind": Kind(plain["kind"]),
            "found": tuple(Found(**{**one, "warnings": tuple(one["warnings"])}) for one in plain["found"]),
            "left": tuple(Left(**one) for one in plain["left"]),
            "notes": tuple(Problem(**one) for one in plain["notes"]),
            "faults": tuple(Problem(**one) for one in plain["faults"]),
            "media": _Packed(source, plain["media"]),
        }
    )


class _Packed(Mapping[str, CheckedFile]):
    """Pictures that are read one by one: all of a deck would fill the server's memory."""

    def __init__(self, source: Path, types: dict[str, str]) -> None:
        self._source, self._types = source, types

    def __getitem__(self, name: str) -> CheckedFile:
        media_type = self._types[name]
        with ZipFile(self._source) as packed:
            return CheckedFile(packed.read(name), media_type)

    def __iter__(self) -> Iterator[str]:
        return iter(self._types)

    def __len__(self) -> int:
        return len(self._types)


class _Some(Mapping[str, CheckedFile]):
    """Some of the files of a reading, none of which is opened before it is asked for."""

    def __init__(self, every: Mapping[str, CheckedFile], names: frozenset[str]) -> None:
        self._every, self._names = every, names

    def __getitem__(self, name: str) -> CheckedFile:
        if name not in self._names:
            raise KeyError(name)
        return self._every[name]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._names))

    def __len__(self) -> int:
        return len(self._names)


Words = dict[str, str]
Special = tuple[dict[str, Any], list[str]]
"""What is particular to a kind of question, and the codes of what was lost."""

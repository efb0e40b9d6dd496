"""What becomes of a file that was read: which modules get its blocks, and how it is taken into their drafts.

More blocks than a module may have go on in further modules.
"""

import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from lms.authoring import actions, editing, queries
from lms.authoring.actions import Addition
from lms.authoring.bank import actions as bank
from lms.authoring.drafts import Document
from lms.authoring.imports import every, module_file
from lms.authoring.imports.kinds import Kind
from lms.authoring.imports.reading import Found, Reading, refused
from lms.authoring.models import Draft
from lms.authoring.queries import DraftState
from lms.catalogue.actions import Stored, record_file, store_bytes
from lms.catalogue.content import MOST_BLOCKS
from lms.kernel.jobs.kinds import Report, silent
from lms.kernel.refusals import FileRefused, Problem

BANK = "+bank"
"""Stands for the question bank where a module's code could stand: no module has such a code."""


@dataclass(frozen=True)
class Target:
    """Where blocks go: a module's code (made from the file's name if none) or BANK, and their language."""

    code: str | None = None
    language: str = "fr"


@dataclass(frozen=True)
class Part:
    """What one module gets of a file."""

    code: str
    title: str
    found: tuple[Found, ...]
    new: bool
    """Whether the module is begun for it."""
    replaced: int = 0
    """Questions that take the place of those with their key."""
    loses: bool = False
    """Whether what is in the draft, and never published, gives way."""

    @property
    def questions(self) -> int:
        """How many questions it gets."""
        return sum("question" in one.block for one in self.found)


@dataclass(frozen=True)
class Brought:
    """What became of one file; `drafts` hold what was taken of it."""

    reading: Reading
    warnings: list[Problem] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)

    @property
    def accepted(self) -> bool:
        """Whether the file was read without fault."""
        return not self.reading.faults


def bring_in_path(path: Path, target: Target, *, by: int | None, now: datetime) -> Brought:
    """Bring in a folder or a file from disk; what is wrong with it stands in the result."""
    reading = _read_path(path, target.language)
    drafts = [] if reading.faults else take(reading, target, store(reading), by=by, now=now)
    return Brought(reading, reading.warnings, drafts)


def _read_path(path: Path, language: str) -> Reading:
    if not path.is_dir():
        if path.stat().st_size > every.MOST_BYTES:
            limit = every.MOST_BYTES // 1_000_000
            return refused(Kind.UNKNOWN, path.name, Problem("import.too_large", path.name, facts={"limit": limit}))
        return every.read(path.read_bytes(), path.name, language)
    try:
        return every.of_module(module_file.read_folder(path), path.name)
    except FileRefused as error:
        return refused(Kind.MODULE, path.name, *error.problems)


def plan(reading: Reading, target: Target) -> list[Part]:
    """Return what modules a reading makes or changes; nothing for one of which nothing can be made."""
    if reading.head is not None:
        return [_whole(reading)]
    if target.code == BANK:
        questions = tuple(one for one in reading.found if "question" in one.block)
        return [Part(BANK, reading.title, questions, new=False)] if questions else []
    return list(_parts(reading, target.code or code_of(reading.title)))


def code_of(title: str) -> str:
    """Return a module's code made of a title."""
    return editing.key_from(title)[:40].strip("-") or "questions"


def free_code(title: str) -> str:
    """Return a code made of a title that no module has."""
    base, number = code_of(title), 2
    code = base
    while queries.draft_or_none(code) is not None:
        code, number = f"{base[:36]}-{number}", number + 1
    return code


def _whole(reading: Reading) -> Part:
    code = str((reading.head or {})["code"])
    draft = queries.draft_or_none(code)
    loses = False
    if draft is not None:
        work = queries.work(code)
        loses = work.state is not DraftState.PUBLISHED and work.document != _document(reading)
    return Part(code, reading.title, reading.found, draft is None, loses=loses)


def _document(reading: Reading) -> Document:
    return {**(reading.head or {}), "blocks": [one.block for one in reading.found]}


def _parts(reading: Reading, base: str) -> Iterator[Part]:
    rest, number = list(reading.found), 1
    while rest:
        code = base if number == 1 else f"{base[:36]}-{number}"
        draft = queries.draft_or_none(code)
        document = draft.content if draft else {"blocks": []}
        taken, replaced = _fitting(rest, document)
        if taken:
            title = reading.title if number == 1 else f"{reading.title} ({number})"
            yield Part(code, title, tuple(taken), draft is None, replaced)
        rest, number = rest[len(taken) :], number + 1


def _fitting(found: list[Found], document: Document) -> tuple[list[Found], int]:
    """Return the first of these that have room in a module, and how many of them replace something."""
    present = {block.get("key"): block for block in document["blocks"]}
    room, taken, replaced = MOST_BLOCKS - len(document["blocks"]), [], 0
    for one in found:
        there = present.get(one.block["key"])
        stays = there == one.block
        takes_its_place = there is not None and "question" in there and "question" in one.block
        if not stays and not takes_its_place:
            if not room:
                break
            room -= 1
        replaced += takes_its_place and not stays
        taken.append(one)
    return taken, replaced


def store(reading: Reading, report: Report = silent) -> dict[str, Stored]:
    """Put the pictures of a reading where files are kept: what a refusal leaves behind does no harm."""
    stored = {}
    for number, (name, file) in enumerate(reading.media.items()):
        report(number, len(reading.media))
        stored[name] = store_bytes(io.BytesIO(file.data), file.media_type)
    return stored


def take(
    reading: Reading, target: Target, stored: Mapping[str, Stored], *, by: int | None, now: datetime
) -> list[Draft]:
    """Take a reading into drafts as planned: all of it or, when anything refuses, nothing."""
    if reading.head is not None:
        return [actions.store_document(_document(reading), stored, by=by, now=now)]
    if target.code == BANK:
        _take_to_bank(reading, target, stored, by=by, now=now)
        return []
    return [
        actions.add_blocks(
            Addition(part.code, part.title, reading.language, [one.block for one in part.found]),
            stored,
            by=by,
            now=now,
        )
        for part in plan(reading, target)
    ]


def _take_to_bank(
    reading: Reading, target: Target, stored: Mapping[str, Stored], *, by: int | None, now: datetime
) -> None:
    """Keep the questions of a reading in the bank, under the title of the file; cards have no place there."""
    blocks = [one.block for part in plan(reading, target) for one in part.found]
    digests = {name: record_file(file, now=now) for name, file in stored.items()}
    bank.keep_all(blocks, digests, reading.language, reading.title, by=by, now=now)


def fingerprint(parts: list[Part]) -> str:
    """Return what tells whether a plan is still the one that was looked at."""
    told = [(part.code, part.new, part.replaced, part.loses, len(part.found)) for part in parts]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]

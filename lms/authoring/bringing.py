"""One door for content from elsewhere: see what it is, read it, put it into a draft."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from lms.authoring import actions, queries
from lms.authoring.drafts import Document
from lms.authoring.imports import gift, module_file
from lms.authoring.imports.kinds import READ_HERE, Kind, kind_of_bytes
from lms.authoring.models import Draft
from lms.authoring.queries import DraftState
from lms.kernel.archives import read_zip
from lms.kernel.refusals import FileRefused, Problem

MOST_BYTES = 64_000_000


@dataclass(frozen=True)
class Target:
    """Where questions of a bank go: a module's code (made from the file's name if none), and their language."""

    code: str | None = None
    language: str = "fr"


@dataclass(frozen=True)
class Brought:
    """What became of one file; `draft` holds what was taken of it."""

    file: str
    kind: Kind
    title: str = ""
    items: int = 0
    """Blocks of a module, questions of a bank (those that could not be taken, too)."""
    warnings: list[Problem] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    draft: Draft | None = None
    replaced: bool = False
    """Whether what was in the draft, and never published, gave way."""

    @property
    def accepted(self) -> bool:
        """Whether the file was read without fault."""
        return not self.errors


def bring_in_path(path: Path, target: Target, *, by: int | None, now: datetime) -> Brought:
    """Bring in a folder or a file from disk; what is wrong with it stands in the result."""
    if not path.is_dir():
        if path.stat().st_size > MOST_BYTES:
            return _refused(path.name, Kind.UNKNOWN, Problem("import.too_large", path.name, facts={"limit": 64}))
        return bring_in(path.read_bytes(), path.name, target, by=by, now=now)
    try:
        return _store(module_file.read_folder(path), path.name, by, now)
    except FileRefused as refused:
        return _refused(path.name, Kind.MODULE, *refused.problems)


def bring_in(source: bytes, name: str, target: Target, *, by: int | None, now: datetime) -> Brought:
    """Bring in a file; what is wrong with it stands in the result, and then nothing of it is kept."""
    kind = kind_of_bytes(source, name)
    try:
        if kind is Kind.MODULE:
            return _store(_module(source, name), name, by, now)
        if kind is Kind.GIFT:
            return _add(gift.read(source, name, target.language), name, target, by, now)
        return _refused(name, kind, _why_not(source, name, kind))
    except FileRefused as refused:
        return _refused(name, kind, *refused.problems)


def _module(source: bytes, name: str) -> module_file.ModuleFile:
    if source.startswith(b"PK"):
        return module_file.read_archive(io.BytesIO(source), name)
    return module_file.read_document(source, name)


def _why_not(source: bytes, name: str, kind: Kind) -> Problem:
    if not source:
        return Problem("import.empty", name)
    if kind not in READ_HERE and kind is not Kind.UNKNOWN:
        return Problem("import.not_read", name, facts={"kind": kind.value})
    if source.startswith(b"PK"):
        read_zip(io.BytesIO(source), name, module_file.LIMITS)  # An archive has its own reasons.
    return Problem("import.unknown", name)


def _refused(name: str, kind: Kind, *problems: Problem) -> Brought:
    return Brought(name, kind, errors=list(problems))


def _store(file: module_file.ModuleFile, name: str, by: int | None, now: datetime) -> Brought:
    content = file.content
    lost = _unpublished(content.code)
    draft = actions.store_file(file, by=by, now=now)
    return Brought(
        name,
        Kind.MODULE,
        title=content.title[content.languages[0]],
        items=len(content.blocks),
        warnings=list(file.warnings),
        draft=draft,
        replaced=lost not in (None, draft.content),
    )


def _unpublished(code: str) -> Document | None:
    """Return what a draft holds that no edition does."""
    if queries.draft_or_none(code) is None:
        return None
    work = queries.work(code)
    return None if work.state is DraftState.PUBLISHED else work.document


def _add(file: gift.GiftFile, name: str, target: Target, by: int | None, now: datetime) -> Brought:
    title = re.sub(r"(\.gift)?(\.txt)?$", "", name, flags=re.IGNORECASE)
    brought = Brought(
        name, Kind.GIFT, title=title, items=sum(file.counts.values()), warnings=sorted(_losses(file, name), key=_line)
    )
    if not file.questions:
        return brought
    code = target.code or _code(title)
    draft = actions.add_questions(file, code, title=title, language=target.language, by=by, now=now)
    return replace(brought, draft=draft)


def _code(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:40].strip("-") or "questions"


def _losses(file: gift.GiftFile, name: str) -> Iterator[Problem]:
    if file.encoding == "cp1252":
        yield Problem("gift.other_encoding", name)
    for found in file.questions:
        yield from (Problem(code, name, found.line, found.block["key"]) for code in found.warnings)
    for skipped in file.skipped:
        yield Problem(skipped.reason, name, skipped.line, skipped.title)


def _line(problem: Problem) -> int:
    return problem.line or 0

"""A file between being sent and being decided on: read once, kept for a day, nothing written to any draft.

What takes long is read, and taken, as a job: it neither holds up whoever waits nor fills the
server's memory.
"""

import hashlib
import json
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lms.authoring import bringing
from lms.authoring.bringing import Target
from lms.authoring.imports import every, leaving
from lms.authoring.imports.kinds import Kind, kind_of_bytes
from lms.authoring.imports.reading import Reading, pack, unpack
from lms.catalogue.actions import Stored
from lms.kernel import waiting
from lms.kernel.clock import now
from lms.kernel.jobs import kinds
from lms.kernel.jobs.actions import ask
from lms.kernel.jobs.kinds import Asked, Report, register, silent
from lms.kernel.jobs.models import Job

LONG_FILE = 1_000_000
"""Bytes over which a file is read as a job."""
HEAVY = frozenset({Kind.PPTX, Kind.DOCX})
"""Kinds whose readers take more memory than the server is to have."""
LONG_TAKE, MANY_PICTURES = 200, 10
"""Blocks and pictures over which a reading is taken as a job."""


def is_long(file: str, name: str) -> bool:
    """Whether reading a file takes longer than anyone waits for a page."""
    path = waiting.path(file)
    return path.stat().st_size > LONG_FILE or kind_of_bytes(path.read_bytes(), name) in HEAVY


def make(file: str, name: str, language: str, report: Report = silent) -> str:
    """Read a file that waits; return the name to ask for its preview by."""
    reading = every.read(waiting.read(file), name, language, report)
    with tempfile.TemporaryDirectory() as folder:
        packed = Path(folder) / "reading.zip"
        pack(reading, packed)
        with packed.open("rb") as stream:
            return waiting.keep_from(stream)


def find(preview: str) -> Reading:
    """Return a reading that waits; raises NotFound."""
    return unpack(waiting.path(preview))


def ask_to_read(file: str, name: str, language: str, *, by: int | None) -> Job:
    """Ask for a preview of a file that waits."""
    arguments = {"file": file, "name": name, "language": language}
    return ask(READING.name, f"{file} {language}", arguments, by=by, now=now())


def takes_long(reading: Reading) -> bool:
    """Whether taking a reading takes longer than anyone waits for a page."""
    return len(reading.found) > LONG_TAKE or len(reading.media) > MANY_PICTURES


def ask_to_take(preview: str, code: str, left: Collection[int], *, by: int | None) -> Job:
    """Ask for a reading that waits to be taken into the module of that code, without what is left out of it."""
    arguments = {"preview": preview, "code": code, "without": leaving.text_of(left)}
    return ask(TAKING.name, _digest_of(arguments), arguments, by=by, now=now())


def _digest_of(arguments: Mapping[str, str]) -> str:
    """Return what one thing that was asked is told from others by."""
    return hashlib.sha256(json.dumps(arguments, sort_keys=True).encode()).hexdigest()


def _read(asked: Asked, report: Report) -> str:
    return make(asked.arguments["file"], asked.arguments["name"], asked.arguments["language"], report)


def _keep_read(preview: str) -> dict[str, Any]:
    return {"preview": preview}


@dataclass(frozen=True)
class _ToTake:
    reading: Reading
    target: Target
    stored: dict[str, Stored]
    by: int | None


def _prepare(asked: Asked, report: Report) -> _ToTake:
    whole = find(asked.arguments["preview"])
    reading = whole.without(leaving.numbers(asked.arguments["without"], len(whole.found)))
    return _ToTake(reading, Target(asked.arguments["code"]), bringing.store(reading, report), asked.by)


def _take(ready: _ToTake) -> dict[str, Any]:
    drafts = bringing.take(ready.reading, ready.target, ready.stored, by=ready.by, now=now())
    return {"codes": [draft.module.code for draft in drafts]}


READING = register(kinds.Kind("import", work=_read, keep=_keep_read))
TAKING = register(kinds.Kind("import-take", work=_prepare, keep=_take))

"""Files kept once under their SHA-256, below `media/` in the instance folder.

A file appears whole or not at all: it is written aside, forced to disk and renamed. One
that a rolled-back transaction left behind does no harm.
"""

import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import IO

from flask import current_app

from lms.kernel.database import needing_room

CHUNK = 1 << 20


class FileDamaged(Exception):
    """A stored file is missing, or no longer what its name says."""


def keep(stream: IO[bytes]) -> tuple[str, int]:
    """Store what the stream holds; return its SHA-256 in hexadecimal and its size in bytes; raises NoRoom."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    whole, size = hashlib.sha256(), 0
    with needing_room(), tempfile.NamedTemporaryFile(dir=folder, prefix=".part-", delete=False) as partial:
        try:
            while chunk := stream.read(CHUNK):
                whole.update(chunk)
                size += len(chunk)
                partial.write(chunk)
            partial.flush()
            os.fsync(partial.fileno())
            _put(Path(partial.name), path(whole.hexdigest()))
        finally:
            Path(partial.name).unlink(missing_ok=True)
    return whole.hexdigest(), size


def path(digest: str) -> Path:
    """Return where the file of that digest lies, whether it is there or not."""
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise ValueError("not a SHA-256 in hexadecimal")
    return _folder() / digest[:2] / digest[2:]


def read(digest: str) -> bytes:
    """Return a stored file; raises FileDamaged when it is not what its name says."""
    try:
        data = path(digest).read_bytes()
    except FileNotFoundError as error:
        raise FileDamaged(digest) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise FileDamaged(digest)
    return data


def _folder() -> Path:
    return Path(current_app.config["INSTANCE_DIR"]) / "media"


def _put(partial: Path, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    partial.chmod(0o644)
    partial.replace(target)
    for folder in (target.parent, target.parent.parent):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

"""Files kept once under their SHA-256: below `media/` in the instance folder, or in an S3-compatible store besides.

A file appears whole or not at all: it is written aside, forced to disk and renamed. One
that a rolled-back transaction left behind does no harm. Where a store is configured (`LMS_S3_ADDRESS`),
a file is kept there before anybody is told that it is, and `media/` holds copies of what was asked for lately.
"""

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

from flask import current_app

from lms.kernel.database import needing_room
from lms.kernel.later import Later

objects = Later("lms.kernel.objects")

CHUNK = 1 << 20
DIGEST = re.compile(r"[0-9a-f]{64}")


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
            if _is_remote():
                objects.put(whole.hexdigest(), Path(partial.name))
            _put(Path(partial.name), _place(whole.hexdigest()))
        finally:
            Path(partial.name).unlink(missing_ok=True)
    return whole.hexdigest(), size


def path(digest: str) -> Path:
    """Return where the file of that digest lies, whether it is there or not."""
    place = _place(digest)
    if _is_remote():
        _fetch(digest, place)
    return place


def read(digest: str) -> bytes:
    """Return a stored file; raises FileDamaged when it is not what its name says."""
    try:
        data = path(digest).read_bytes()
    except FileNotFoundError as error:
        raise FileDamaged(digest) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise FileDamaged(digest)
    return data


_named_by: list[Callable[[], Iterable[str | None]]] = []


def named_by(digests: Callable[[], Iterable[str | None]]) -> None:
    """Say which digests a room's tables name: a room above those that tidy up is not known to them."""
    _named_by.append(digests)


def named_elsewhere() -> set[str]:
    """Return the digests that rooms said of themselves that they name."""
    return {digest for digests in _named_by for digest in digests() if digest}


def remove(digest: str) -> None:
    """Let go of the bytes of a digest, if they are there: nothing may name it any longer."""
    if _is_remote():
        objects.delete(digest)
    _place(digest).unlink(missing_ok=True)


def kept_since(seconds: float) -> Iterator[tuple[str, int]]:
    """Yield digest and size of what was stored so many seconds ago or longer."""
    latest = time.time() - seconds
    found = objects.listed() if _is_remote() else _listed()
    yield from ((digest, size) for digest, size, at in found if at <= latest)


def fetch_all() -> None:
    """Bring everything from the store into the folder, as a backup needs it; nothing where there is no store."""
    if _is_remote():
        for digest, _size, _at in objects.listed():
            _fetch(digest, _place(digest))


def send_all() -> None:
    """Send everything in the folder to the store, as restoring needs it; nothing where there is no store."""
    if _is_remote():
        there = {digest for digest, _size, _at in objects.listed()}
        for digest, _size, _at in _listed():
            if digest not in there:
                objects.put(digest, _place(digest))


def forget_copies(most: int) -> None:
    """Where there is a store, let go of the copies asked for longest ago, until they take so many bytes at most."""
    if not _is_remote():
        return
    copies = sorted(_listed(), key=lambda copy: _place(copy[0]).stat().st_atime)
    taken = sum(size for _digest, size, _at in copies)
    for digest, size, _at in copies:
        if taken <= most:
            break
        _place(digest).unlink(missing_ok=True)
        taken -= size


def _is_remote() -> bool:
    return bool(current_app.config["S3_ADDRESS"])


def _fetch(digest: str, place: Path) -> None:
    if place.exists():
        return
    _folder().mkdir(parents=True, exist_ok=True)
    with needing_room(), tempfile.NamedTemporaryFile(dir=_folder(), prefix=".part-", delete=False) as partial:
        try:
            if objects.get(digest, partial):
                partial.flush()
                _put(Path(partial.name), place)
        finally:
            Path(partial.name).unlink(missing_ok=True)


def _listed() -> Iterator[tuple[str, int, float]]:
    for file in sorted(_folder().glob("??/*")):
        digest = file.parent.name + file.name
        if DIGEST.fullmatch(digest):
            found = file.stat()
            yield digest, found.st_size, found.st_mtime


def _place(digest: str) -> Path:
    if not DIGEST.fullmatch(digest):
        raise ValueError("not a SHA-256 in hexadecimal")
    return _folder() / digest[:2] / digest[2:]


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

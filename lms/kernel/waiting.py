"""Files that wait between being shown and being decided on, for a day at most.

They lie in `waiting/` of the instance folder under their SHA-256, readable by the server
alone: a roster names people, and nobody needs it once it is applied or forgotten.
"""

import hashlib
import io
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from lms.kernel.ids import new_token
from lms.kernel.refusals import NotFound
from lms.kernel.settings import setting

SECONDS = 24 * 3600
CHUNK = 1 << 20


def keep(content: bytes) -> str:
    """Keep a file; return the name to ask for it by. What waited for more than a day goes."""
    return keep_from(io.BytesIO(content))


def keep_from(stream: IO[bytes]) -> str:
    """Keep what a stream holds, piece by piece; return the name to ask for it by."""
    folder = _folder()
    folder.mkdir(mode=0o700, exist_ok=True)
    purge()
    whole = hashlib.sha256()
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".part-", delete=False) as partial:
        try:
            while piece := stream.read(CHUNK):
                whole.update(piece)
                partial.write(piece)
            partial.close()
            Path(partial.name).replace(folder / whole.hexdigest())
        finally:
            Path(partial.name).unlink(missing_ok=True)
    return whole.hexdigest()


@contextmanager
def beside(ending: str, of: str = "") -> Iterator[Path]:
    """Give a path beside what waits, for something in the making; whatever lies there goes at the end.

    When this process is killed before, it goes when the same work (`of`) is taken up or given up (`forget_made`), at
    the latest with what has waited for a day.
    """
    folder = _folder()
    folder.mkdir(mode=0o700, exist_ok=True)
    made = folder / f".making-{_mark(of) if of else new_token()[:20]}{ending}"
    made.unlink(missing_ok=True)
    try:
        yield made
    finally:
        made.unlink(missing_ok=True)


def forget_made(of: str) -> None:
    """Remove what a killed process had begun to make of some work."""
    for made in _folder().glob(f".making-{_mark(of)}.*"):
        made.unlink(missing_ok=True)


def _mark(of: str) -> str:
    return hashlib.sha256(of.encode()).hexdigest()[:20]


def path(name: str) -> Path:
    """Return where a file waits; raises NotFound when it does not."""
    found = _path(name)
    if not found.is_file():
        raise NotFound()
    return found


def read(name: str) -> bytes:
    """Return a file that waits; raises NotFound."""
    try:
        return _path(name).read_bytes()
    except FileNotFoundError as error:
        raise NotFound() from error


def forget(name: str) -> None:
    """Remove a file that waited; raises NotFound for what never was a name."""
    _path(name).unlink(missing_ok=True)


def _path(name: str) -> Path:
    if not re.fullmatch(r"[0-9a-f]{64}", name):
        raise NotFound()
    return _folder() / name


def _folder() -> Path:
    return Path(setting("INSTANCE_DIR")) / "waiting"


def purge() -> None:
    """Let go of what has waited for more than a day, and of what was being made when somebody was killed."""
    oldest = time.time() - SECONDS
    for file in _folder().glob("*"):
        if file.stat().st_mtime < oldest:
            file.unlink(missing_ok=True)

"""What was drawn and printed, kept under the hash of what it was made from.

Nothing here is needed: the folder may be emptied any day, and what lacks is made again. A
file that nobody asked for in `DAYS` days goes when another is kept.
"""

import hashlib
import os
import tempfile
import time
from pathlib import Path

from lms.kernel.jobs.models import Job
from lms.kernel.refusals import NotFound
from lms.kernel.settings import setting

FOLDER = "drawn"
"""Within the instance folder."""
PROOFS = "proofs"
"""Beside it: prints that name people."""
DAYS = 30


def folder() -> Path:
    """Return the folder of the instance."""
    return Path(setting("INSTANCE_DIR")) / FOLDER


def proofs() -> Path:
    """Return the folder of prints and archives that name people: it is emptied when somebody is erased."""
    return Path(setting("INSTANCE_DIR")) / PROOFS


def forget_proofs() -> None:
    """Let go of everything that was kept and names people; what is asked for again is made again."""
    for file in proofs().glob("*"):
        file.unlink(missing_ok=True)


def place(within: Path, made_from: bytes, kind: str) -> Path:
    """Return where a file made from that lies, whether it is there or not."""
    return within / f"{hashlib.sha256(made_from).hexdigest()}.{kind}"


def read(file: Path) -> bytes:
    """Return a kept file, which stays for longer; raises FileNotFoundError."""
    _ask_for(file)
    return file.read_bytes()


def made_by(job: Job) -> bytes:
    """Return the print or archive that a job made and names people; raises NotFound once it is there no longer."""
    try:
        return read(proofs() / (job.result or {})["file"])
    except FileNotFoundError as error:
        raise NotFound() from error


def keep(file: Path, content: bytes) -> None:
    """Keep a file, whole or not at all; drop what nobody asked for in a long time."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".part", delete=False) as partial:
        partial.write(content)
    _ask_for(Path(partial.name))
    Path(partial.name).replace(file)
    _sweep(file.parent)


def _ask_for(file: Path) -> None:
    """Note that somebody asked for the file now, by the clock that the sweep goes by."""
    now = time.time()
    os.utime(file, (now, now))


def _sweep(within: Path) -> None:
    oldest = time.time() - DAYS * 24 * 3600
    with os.scandir(within) as entries:
        for entry in entries:
            if entry.stat().st_mtime < oldest:
                Path(entry.path).unlink(missing_ok=True)

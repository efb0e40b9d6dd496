"""Whether the server can do its work: what `/readyz` and `flask doctor` look at."""

import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from statistics import median

from sqlalchemy.exc import SQLAlchemyError

from lms.kernel import migrations
from lms.kernel.database import check_connection, db
from lms.kernel.settings import setting

LEAST_FREE = 1_000_000_000
LEAST_FREE_SHARE = 0.1
"""Reliability reference, section 5.6: an alarm at one gigabyte or a tenth of the disk."""
SYNCS = 100
BLOCK = b"\0" * 4096
ENOUGH_SYNCS = 200
"""A second. 500 kiosks bring 50 answers a second; a share of two to four leaves room for shift change."""
NETWORK_DISKS = ("nfs", "cifs", "smb", "fuse.sshfs", "9p")


class State(StrEnum):
    """How something fares."""

    FINE = "fine"
    DOUBTFUL = "doubtful"
    """It works; somebody should look at it."""
    FAILED = "failed"


@dataclass(frozen=True)
class Found:
    """What was found of one thing: how it fares and the facts of a sentence about it."""

    subject: str
    state: State
    facts: Mapping[str, object]


def database() -> Found:
    """Look whether the database answers."""
    kind = db.engine.dialect.name
    try:
        check_connection()
    except SQLAlchemyError as error:
        db.session.rollback()
        return Found("database", State.FAILED, {"kind": kind, "reason": str(error).splitlines()[0]})
    return Found("database", State.FINE, {"kind": kind})


def schema() -> Found:
    """Look whether the database has every migration, and none that this version does not know."""
    try:
        applied = migrations.applied()
    except SQLAlchemyError:
        db.session.rollback()
        applied = None
    facts = {"applied": applied or "–", "newest": migrations.newest()}
    return Found("schema", State.FINE if applied == migrations.newest() else State.FAILED, facts)


def storage() -> Found:
    """Look whether files can be written, on a disk of this machine: SQLite does not bear another one's."""
    folder = Path(setting("INSTANCE_DIR"))
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(BLOCK)
    except OSError as error:
        return Found("storage", State.FAILED, {"folder": str(folder), "reason": error.strerror or str(error)})
    kind = _kind_of_disk(folder)
    shared = kind.startswith(NETWORK_DISKS) and db.engine.dialect.name == "sqlite"
    return Found("storage", State.FAILED if shared else State.FINE, {"folder": str(folder), "kind": kind})


def free_space() -> Found:
    """Look how much room the disk of the instance has left."""
    usage = shutil.disk_usage(setting("INSTANCE_DIR"))
    tight = usage.free < LEAST_FREE or usage.free < usage.total * LEAST_FREE_SHARE
    facts = {"gigabytes": round(usage.free / 1e9, 1), "percent": round(100 * usage.free / usage.total)}
    return Found("free_space", State.DOUBTFUL if tight else State.FINE, facts)


def disk_speed() -> Found:
    """Measure how often a second the disk confirms a block of 4 KiB: an answer is acknowledged after one."""
    with tempfile.NamedTemporaryFile(dir=setting("INSTANCE_DIR")) as file:
        spans = [_sync(file.fileno()) for _ in range(SYNCS)]
    a_second = round(1 / max(median(spans), 1e-6))
    facts = {"syncs": a_second, "milliseconds": round(median(spans) * 1000, 2)}
    return Found("disk_speed", State.FINE if a_second >= ENOUGH_SYNCS else State.DOUBTFUL, facts)


def _sync(descriptor: int) -> float:
    begun = time.perf_counter()
    os.write(descriptor, BLOCK)
    os.fdatasync(descriptor)
    return time.perf_counter() - begun


def _kind_of_disk(folder: Path) -> str:
    """Return the file system of the mount that the folder lies on, or nothing where the system does not say."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return ""
    lines = [line.split() for line in mounts.read_text().splitlines()]
    around = [line for line in lines if folder.resolve().is_relative_to(line[1].replace("\\040", " "))]
    return max(around, key=lambda line: len(line[1]))[2] if around else ""

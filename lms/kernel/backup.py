"""A backup: one file that holds the database as of one moment, the media, and the keys; and the way back.

The file is a zip archive whose first entry says what is in it, with the SHA-256 of each: nothing
else is believed when it is brought back, and nothing of it is ever run. SQLite is copied in one
step while the server works (`VACUUM INTO`; copying page by page would start anew with every
write), PostgreSQL by `pg_dump` in a snapshot of its own.
"""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from flask import current_app
from sqlalchemy import inspect

from lms.kernel import epoch, migrations, storage
from lms.kernel.database import db, is_sqlite, needing_room, writing
from lms.kernel.ids import keyed_digest
from lms.kernel.refusals import Refusal
from lms.kernel.release import VERSION

FORMAT = "etabli-backup/1"
MANIFEST, SQLITE, DUMP, SECRET, MEDIA, TLS = (
    "manifest.json",
    "lms.sqlite",
    "database.dump",
    "secret_key",
    "media",
    "tls",
)
ALLOWED = re.compile(rf"{SQLITE}|{DUMP}|{SECRET}|{MEDIA}/[0-9a-f]{{2}}/[0-9a-f]{{62}}|{TLS}/[A-Za-z0-9][\w.-]*")
"""What a backup may hold; anything else is refused."""
CHUNK = 1 << 20
LARGEST_MANIFEST = 1 << 28


class BackupThere(Refusal):
    """A file of this name exists already: a backup overwrites nothing."""


class BackupDamaged(Refusal):
    """The file is no backup, or not all of it is as it was when it was made."""


class BackupOfAnother(Refusal):
    """The backup comes from the other kind of database, or from a newer version."""


class DatabaseThere(Refusal):
    """There is a database already: restoring overwrites nothing."""


class KeyDiffers(Refusal):
    """The secret key that is set is not the one under which the backup was made."""


class ToolNotInstalled(Refusal):
    """A program of PostgreSQL that is needed is not installed."""


class ToolFailed(Refusal):
    """A program of PostgreSQL failed."""


@dataclass(frozen=True)
class Contents:
    """What a backup holds."""

    made_at: datetime
    version: str
    migration: str
    files: int
    """Besides the database."""
    size: int
    """Of the backup, in bytes."""
    has_secret: bool
    """Whether the secret key is in it; else it came from the environment and has to be kept elsewhere."""


def make(target: Path, now: datetime) -> Contents:
    """Write a backup, readable by its owner alone; it appears whole or not at all.

    Raises BackupThere, NoRoom, ToolNotInstalled, ToolFailed.
    """
    if target.exists():
        raise BackupThere(file=target)
    partial = target.with_name(f".part-{target.name}")
    with needing_room(), tempfile.TemporaryDirectory(dir=_instance(), prefix=".backup-") as folder:
        try:
            manifest = _write(partial, Path(folder), now)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    return _contents(manifest, target)


def restore(source: Path, now: datetime) -> Contents:
    """Bring a backup back into an instance without a database, and begin a new epoch.

    All of it is checked before anything is put in its place. Raises DatabaseThere, BackupDamaged,
    BackupOfAnother, KeyDiffers, NoRoom, ToolNotInstalled, ToolFailed.
    """
    _refuse_to_overwrite()
    with needing_room(), tempfile.TemporaryDirectory(dir=_instance(), prefix=".restoring-") as name:
        folder = Path(name)
        manifest = _unpack(source, folder)
        _check_key(manifest, folder)
        _put_in_place(folder)
    storage.send_all()
    migrations.bring_up()
    with writing():
        epoch.begin(now)
        db.session.commit()
    return _contents(manifest, source)


def _instance() -> Path:
    return Path(current_app.config["INSTANCE_DIR"])


def _contents(manifest: dict[str, Any], file: Path) -> Contents:
    return Contents(
        made_at=datetime.fromisoformat(manifest["made_at"]),
        version=manifest["version"],
        migration=manifest["migration"],
        files=sum(not name.startswith((SQLITE, DUMP)) for name in manifest["files"]),
        size=file.stat().st_size,
        has_secret=SECRET in manifest["files"],
    )


def _write(partial: Path, folder: Path, now: datetime) -> dict[str, Any]:
    # The database first: a file that it names was there before it.
    database = _copy_database(folder)
    storage.fetch_all()
    files = {database.name: database, **{name: _instance() / name for name in _names_of_files()}}
    manifest = {
        "format": FORMAT,
        "made_at": now.isoformat(),
        "version": VERSION,
        "database": db.engine.dialect.name,
        "migration": migrations.applied(),
        "key": _key_check(current_app.config["SECRET_KEY"]),
        "files": {name: _sha256(file) for name, file in files.items()},
    }
    with open(partial, "xb", opener=_for_the_owner_alone) as opened:
        with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
            for name, file in files.items():
                archive.write(file, name, zipfile.ZIP_STORED if name.startswith(MEDIA) else None)
        opened.flush()
        os.fsync(opened.fileno())
    return manifest


def _for_the_owner_alone(file: str, flags: int) -> int:
    return os.open(file, flags, 0o600)


def _names_of_files() -> Iterator[str]:
    for folder in (SECRET, MEDIA, TLS):
        for file in [_instance() / folder, *sorted((_instance() / folder).rglob("*"))]:
            name = file.relative_to(_instance()).as_posix()
            if file.is_file() and ALLOWED.fullmatch(name):
                yield name


def _copy_database(folder: Path) -> Path:
    if not is_sqlite():
        target = folder / DUMP
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")
        return target
    target = folder / SQLITE
    with closing(sqlite3.connect(db.engine.url.database or "")) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))
    _check_sqlite(target)
    return target


def _check_sqlite(file: Path) -> None:
    try:
        with closing(sqlite3.connect(file)) as connection:
            fine = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    except sqlite3.DatabaseError as error:
        raise BackupDamaged(name=SQLITE) from error
    if not fine:
        raise BackupDamaged(name=SQLITE)


def _run(program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL on our database; the password goes by the environment, where nobody lists it."""
    if shutil.which(program) is None:
        raise ToolNotInstalled(program=program)
    url = db.engine.url
    address = url._replace(drivername="postgresql", password=None).render_as_string(hide_password=False)
    environment = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    command = [program, *arguments, f"--dbname={address}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise ToolFailed(program=program, reason=" ".join(done.stderr.split())[:300])


def _refuse_to_overwrite() -> None:
    file = Path(db.engine.url.database or "")
    if file.exists() if is_sqlite() else inspect(db.engine).get_table_names():
        raise DatabaseThere()


def _unpack(source: Path, folder: Path) -> dict[str, Any]:
    """Write the files of a backup aside, each as its manifest says or not at all; return the manifest."""
    with _reading(source) as archive:
        manifest = _manifest(archive)
        names = set(archive.namelist()) - {MANIFEST}
        if names != manifest["files"].keys() or len(archive.namelist()) != len(names) + 1:
            raise BackupDamaged(name=MANIFEST)
        for name, digest in manifest["files"].items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as opened, open(target, "xb", opener=_for_the_owner_alone) as kept:
                if _copy(opened, kept) != digest:
                    raise BackupDamaged(name=name)
    if (folder / SQLITE).exists():
        _check_sqlite(folder / SQLITE)
    return manifest


@contextmanager
def _reading(source: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(source) as archive:
            yield archive
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, KeyError) as error:
        raise BackupDamaged(name=source.name) from error


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
        raise BackupDamaged(name=MANIFEST)
    try:
        found = json.loads(archive.read(MANIFEST))
        files, kind = dict(found["files"]), found["database"]
        datetime.fromisoformat(found["made_at"])
        known = (found["format"], str(found["version"]), str(found["key"]))[0] == FORMAT
        newer = str(found["migration"]) > migrations.newest()
    except (ValueError, KeyError, TypeError) as error:
        raise BackupDamaged(name=MANIFEST) from error
    database = SQLITE if kind == "sqlite" else DUMP
    if not known or database not in files or not all(ALLOWED.fullmatch(str(name)) for name in files):
        raise BackupDamaged(name=MANIFEST)
    if newer or kind != db.engine.dialect.name:
        raise BackupOfAnother(database=kind, version=found["version"])
    return dict(found)


def _copy(source: IO[bytes], target: IO[bytes]) -> str:
    whole = hashlib.sha256()
    while chunk := source.read(CHUNK):
        whole.update(chunk)
        target.write(chunk)
    target.flush()
    os.fsync(target.fileno())
    return whole.hexdigest()


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _key_check(secret: str) -> str:
    return keyed_digest(secret, "backup", FORMAT).hex()


def _check_key(manifest: dict[str, Any], folder: Path) -> None:
    """A key in the backup takes the place of the one that was drawn for an empty instance, and of no other."""
    kept = folder / SECRET
    drawn = _instance() / SECRET
    ours = current_app.config["SECRET_KEY"]
    comes_back = kept.exists() and drawn.exists() and drawn.read_text().strip() == ours
    if _key_check(kept.read_text().strip() if comes_back else ours) != manifest["key"]:
        raise KeyDiffers()


def _put_in_place(folder: Path) -> None:
    """Put files where they belong, the database last: until then there is none, and restoring may be tried again."""
    if (folder / DUMP).exists():
        _run(
            "pg_restore", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", str(folder / DUMP)
        )
    files = [file for file in folder.rglob("*") if file.is_file() and file.name not in (SQLITE, DUMP)]
    for file in files:
        target = _instance() / file.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        if MEDIA in file.relative_to(folder).parts:
            file.chmod(0o644)
        file.replace(target)
    if (folder / SQLITE).exists():
        (folder / SQLITE).replace(str(db.engine.url.database))

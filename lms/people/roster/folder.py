"""Rosters that the HR system leaves in a folder: read when they are whole, applied unless they take too much away.

The folder is only read. A file is looked at again when it is another than the last of its name.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from lms.kernel.clock import local_day
from lms.kernel.clock import now as clock
from lms.kernel.jobs.actions import in_words
from lms.kernel.jobs.kinds import Asked, Kind, Report, register
from lms.kernel.refusals import NotFound, Refusal
from lms.kernel.settings import setting
from lms.people.permissions import Role
from lms.people.roster import applying, keeping
from lms.people.roster.comparison import Preview
from lms.people.roster.models import Fate, RosterImport, Way
from lms.people.roster.reading import Reading, open_roster, open_table

ENDINGS = (".csv", ".txt", ".xlsx", ".zip")
QUIET = 60
"""Seconds for which nobody has written to a file that is whole."""


class FileChanged(Refusal):
    """The file in the folder is no longer the one that was held."""


@dataclass(frozen=True)
class Left:
    """A file that was left in the folder."""

    name: str
    content: bytes


def again(held: RosterImport) -> bytes:
    """Return a roster that was held, as it lies there. Raises FileChanged."""
    try:
        content = _read(held.name)
    except NotFound as error:
        raise FileChanged() from error
    if keeping.digest(content) != held.digest:
        raise FileChanged()
    return content


def take(left: Left, now: datetime) -> RosterImport:
    """Apply a roster, or hold or refuse it, and keep what became of it.

    It gives the role of operator and no other: roles are given by whoever may.
    """
    try:
        roster = open_roster(open_table(left.content, Reading()), Reading())
        shown = applying.preview(roster, local_day(now), False, frozenset({Role.OPERATOR}))
        fate = _fate(shown)
        if fate is Fate.APPLIED:
            applying.apply(shown, None, now)
        told = keeping.report(shown)
    except Refusal as refusal:
        fate, told = Fate.REFUSED, {"reason": in_words(refusal)}
    return keeping.note(Way.FOLDER, left.name, left.content, fate, told, None, now)


def _fate(shown: Preview) -> Fate:
    takes_away = shown.losses.emptied or shown.losses.too_many(setting("ROSTER_LEAVERS_PERCENT"))
    nothing_fits = shown.rows and shown.refused == shown.rows
    return Fate.HELD if takes_away or nothing_fits else Fate.APPLIED


def _folder() -> Path | None:
    return Path(setting("ROSTER_FOLDER")) if setting("ROSTER_FOLDER") else None


def _read(name: str) -> bytes:
    folder = _folder()
    if folder is None or Path(name).name != name or not (folder / name).is_file():
        raise NotFound()
    if (folder / name).stat().st_size > setting("UPLOAD_MEGABYTES") * 1_000_000:
        raise NotFound()
    return (folder / name).read_bytes()


def _due(now: datetime) -> Iterator[tuple[str, dict[str, Any]]]:
    folder = _folder()
    if folder is None or not folder.is_dir():
        return
    for file in sorted(folder.iterdir()):
        whole = file.is_file() and time.time() - file.stat().st_mtime >= QUIET
        if not whole or file.suffix.lower() not in ENDINGS or file.name.startswith("."):
            continue
        last = keeping.last_of(file.name)
        if last is None or last.digest != keeping.digest(file.read_bytes()):
            yield file.name[:80], {"name": file.name}


def _work(asked: Asked, report: Report) -> Left:
    return Left(asked.arguments["name"], _read(asked.arguments["name"]))


def _keep(left: Left) -> dict[str, Any]:
    return {"roster": take(left, clock()).id}


ROSTER = register(Kind("roster", work=_work, keep=_keep, due=_due))

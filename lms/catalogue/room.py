"""How much room the files of modules may take."""

import shutil
from dataclasses import dataclass

from sqlalchemy import func, select

from lms.catalogue.models import Media
from lms.kernel.database import db
from lms.kernel.refusals import Refusal
from lms.kernel.settings import setting

GIGABYTE = 1_000_000_000


class QuotaReached(Refusal):
    """The files of modules take as much room as they may."""


class DiskKept(Refusal):
    """The disk has only what is kept free for records and backups."""


@dataclass(frozen=True)
class Room:
    """How the room is used, in bytes."""

    used: int
    most: int
    free: int
    """On the disk of the instance."""

    @property
    def share(self) -> float:
        """Of what files may take, how much they do: 0 to 1, more where the setting was lowered."""
        return self.used / self.most


def room() -> Room:
    """Return how the room is used now."""
    used = db.session.scalar(select(func.coalesce(func.sum(Media.size), 0)))
    free = shutil.disk_usage(setting("INSTANCE_DIR")).free
    return Room(int(used or 0), setting("MEDIA_GIGABYTES") * GIGABYTE, free)


def check(size: int) -> None:
    """Look whether there is room for so many bytes more; raises QuotaReached or DiskKept."""
    found = room()
    if found.used + size > found.most:
        raise QuotaReached(limit=found.most // GIGABYTE)
    check_disk(size)


def check_disk(size: int) -> None:
    """Look whether the disk has room for so many bytes more, without a word to the database; raises DiskKept."""
    if shutil.disk_usage(setting("INSTANCE_DIR")).free - size < setting("FREE_GIGABYTES") * GIGABYTE:
        raise DiskKept()

"""Files that come in by themselves, each at once: checked, made what a kiosk shows, known to their module."""

import io
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import PurePath
from typing import IO

from lms.authoring import queries
from lms.authoring.media import files
from lms.catalogue import pictures
from lms.catalogue.actions import record_file, store_bytes
from lms.catalogue.media import CAPTIONS, KINDS, MEGABYTE, SOUNDS, VIDEOS, CheckedFile, checked
from lms.catalogue.pictures import NotShown, Shown
from lms.kernel.database import release
from lms.kernel.refusals import FileRefused, Problem

HEAD = 4096
"""Bytes that tell what kind a file is of."""
MOST_BYTES = max(kind.largest for kind in KINDS)


class Wanted(StrEnum):
    """What a field takes."""

    PICTURE = "picture"
    VIDEO = "video"
    SOUND = "sound"
    CAPTIONS = "captions"


@dataclass(frozen=True)
class Arrived:
    """A file that a block may name now."""

    name: str
    digest: str
    kind: Wanted
    size: int
    """In bytes, as it is kept."""
    width: int = 0
    height: int = 0
    """In pixels; 0 where it has none."""


def bring(
    code: str, name: str, stream: IO[bytes], *, wanted: Wanted | None = None, by: int | None, now: datetime
) -> Arrived:
    """Bring a file into a module, for a block that will name it; what was brought and not named in a day goes.

    Raises NotFound for a module that is not there, FileRefused for what no kiosk shows or the field does not take.
    """
    module_id = queries.draft(code).module_id
    release()  # Drawing takes a second: nobody else waits for it.
    kind, made = _made(PurePath(name.replace("\\", "/")).name, stream, wanted)
    stored = store_bytes(io.BytesIO(made.file.data), made.file.media_type)
    digest = record_file(stored, now=now)
    files.forget_unnamed(now)
    known = files.add(module_id, f"{PurePath(name).stem}{made.ending}", digest, by=by, now=now)
    return Arrived(known, digest, kind, stored.size, made.width, made.height)


def _made(name: str, stream: IO[bytes], wanted: Wanted | None) -> tuple[Wanted, Shown]:
    data = stream.read(MOST_BYTES + 1)
    if not data:
        raise FileRefused([Problem("media.empty", name)])
    kind = Wanted.PICTURE if pictures.is_picture(data[:HEAD]) else _kind_by_name(name)
    if wanted is not None and kind is not wanted:
        raise FileRefused([Problem(f"media.not_{wanted}", name)])
    if kind is Wanted.PICTURE:
        return kind, drawn(name, data)
    if kind is Wanted.CAPTIONS and PurePath(name).suffix.lower() == ".srt":
        name, data = f"{PurePath(name).stem}.vtt", _as_webvtt(name, data)
    return kind, Shown(PurePath(name).suffix.lower(), checked(name, data))


def drawn(name: str, data: bytes) -> Shown:
    """Return a picture as it may be kept; raises FileRefused."""
    if not pictures.is_named_so(name):
        raise FileRefused([Problem("media.misnamed", name, facts={"media_type": "image"})])
    try:
        return pictures.shown_apart(data)
    except NotShown as refused:
        raise FileRefused([Problem(refused.code, name, facts=refused.facts)]) from refused


_BY_ENDING = {
    **dict.fromkeys(VIDEOS, Wanted.VIDEO),
    **dict.fromkeys(SOUNDS, Wanted.SOUND),
    **dict.fromkeys((*CAPTIONS, ".srt"), Wanted.CAPTIONS),
}


def _kind_by_name(name: str) -> Wanted:
    kind = _BY_ENDING.get(PurePath(name).suffix.lower())
    if kind is None:
        raise FileRefused([Problem("media.unknown", name)])
    return kind


_TIME = re.compile(rb"(\d\d:\d\d:\d\d),(\d{3})")


def _as_webvtt(name: str, data: bytes) -> bytes:
    """Return captions in SubRip as WebVTT: a head, and points for commas in times."""
    if len(data) > MEGABYTE or b"-->" not in data:
        raise FileRefused([Problem("media.damaged", name)])
    return b"WEBVTT\n\n" + _TIME.sub(rb"\1.\2", data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n"))


def checked_file(name: str, data: bytes) -> tuple[str, CheckedFile]:
    """Return what a form brought, and how its name ends; raises FileRefused."""
    kind, made = _made(name, io.BytesIO(data), None)
    return made.ending, made.file

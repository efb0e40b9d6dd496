"""Files that come in by themselves, each at once: checked, made what a kiosk shows, known to their module."""

import io
import re
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import IO

from lms.authoring import queries
from lms.authoring.media import files, videos
from lms.authoring.media.kinds import Wanted
from lms.catalogue import films, pictures, room
from lms.catalogue.actions import Stored, record_file, store_ahead
from lms.catalogue.media import CAPTIONS, MEGABYTE, CheckedFile, checked
from lms.catalogue.pictures import NotShown, Shown
from lms.kernel import waiting
from lms.kernel.database import release
from lms.kernel.jobs.models import Job
from lms.kernel.refusals import FileRefused, Problem

HEAD = 4096
"""Bytes that tell what kind a file is of."""
MOST_BYTES = pictures.MOST_BYTES
"""Of what is no video."""
FILM_ENDINGS = (
    ".mp4",
    ".m4v",
    ".mov",
    ".webm",
    ".mkv",
    ".avi",
    ".mpg",
    ".mpeg",
    ".3gp",
    ".wmv",
    ".mts",
    ".m2ts",
    ".ts",
)
SOUND_ENDINGS = (".m4a", ".mp3", ".ogg", ".oga", ".opus", ".wav", ".aac", ".amr", ".flac", ".caf")


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
) -> Arrived | Job:
    """Bring a file into a module, for a block that will name it; what was brought and not named in a day goes.

    A video is a job. Raises NotFound for a module that is not there, FileRefused for what no kiosk shows or
    the field does not take.
    """
    module_id = queries.draft(code).module_id
    release()  # Drawing takes a second: nobody else waits for it.
    name = PurePath(name.replace("\\", "/")).name
    kind = _kind(name, stream, wanted)
    if kind is Wanted.VIDEO:
        room.check_disk(stream.seek(0, io.SEEK_END))
        stream.seek(0)
        return videos.ask_for(code, name, waiting.keep_from(stream), by=by, now=now)
    return keep(module_id, _prepared(kind, name, stream), by=by, now=now)


@dataclass(frozen=True)
class Prepared:
    """A file as it may be kept, its bytes where files are kept; no module knows of it yet."""

    name: str
    """Its own, with the ending it has now."""
    kind: Wanted
    stored: Stored
    width: int
    height: int


def prepare_picture(name: str, stream: IO[bytes]) -> Prepared:
    """Make a picture what may be kept; takes its time and writes to no table. Raises FileRefused."""
    name = PurePath(name.replace("\\", "/")).name
    return _prepared(_kind(name, stream, Wanted.PICTURE), name, stream)


def _prepared(kind: Wanted, name: str, stream: IO[bytes]) -> Prepared:
    made = _made(kind, name, stream.read(MOST_BYTES + 1))
    stored = store_ahead(io.BytesIO(made.file.data), made.file.media_type)
    return Prepared(f"{PurePath(name).stem}{made.ending}", kind, stored, made.width, made.height)


def keep(module_id: int, file: Prepared, *, by: int | None, now: datetime) -> Arrived:
    """Let a module know a file."""
    digest = record_file(file.stored, now=now)
    files.forget_unnamed(now)
    name = files.add(module_id, file.name, digest, by=by, now=now)
    return Arrived(name, digest, file.kind, file.stored.size, file.width, file.height)


def _kind(name: str, stream: IO[bytes], wanted: Wanted | None) -> Wanted:
    """Tell what a file is by its first bytes and its name, which must agree; raises FileRefused."""
    head = stream.read(HEAD)
    stream.seek(0)
    if not head:
        raise FileRefused([Problem("media.empty", name)])
    kind = Wanted.PICTURE if pictures.is_picture(head) else _kind_by_name(name, wanted)
    if wanted is not None and kind is not wanted:
        raise FileRefused([Problem(_OTHER_THAN[wanted], name)])
    if kind in (Wanted.VIDEO, Wanted.SOUND) and films.reader_for(head) is None:
        raise FileRefused([Problem("media.unknown", name)])
    return kind


def _kind_by_name(name: str, wanted: Wanted | None) -> Wanted:
    ending = PurePath(name).suffix.lower()
    if wanted is Wanted.SOUND and ending in FILM_ENDINGS:
        return Wanted.SOUND  # Browsers record into the same containers.
    kind = _BY_ENDING.get(ending)
    if kind is None:
        raise FileRefused([Problem(_OTHER_THAN[wanted] if wanted else "media.unknown", name)])
    return kind


def _made(kind: Wanted, name: str, data: bytes) -> Shown:
    if kind is Wanted.PICTURE:
        return drawn(name, data)
    if kind is Wanted.SOUND:
        return _heard(name, data)
    if PurePath(name).suffix.lower() == ".srt":
        data = _as_webvtt(name, data)
    return Shown(".vtt", checked(f"{PurePath(name).stem}.vtt", data))


def drawn(name: str, data: bytes) -> Shown:
    """Return a picture as it may be kept; raises FileRefused."""
    if not pictures.is_named_so(name):
        raise FileRefused([Problem("media.misnamed", name, facts={"media_type": "image"})])
    try:
        return pictures.shown_apart(data)
    except NotShown as refused:
        raise FileRefused([Problem(refused.code, name, facts=refused.facts)]) from refused


def _heard(name: str, data: bytes) -> Shown:
    with waiting.beside(".in") as source, waiting.beside(".m4a") as target:
        source.write_bytes(data)
        try:
            with _two_at_once:
                films.make_sound(source, target)
        except films.NotPlayable as refused:
            raise FileRefused([Problem("media.damaged", name)]) from refused
        return Shown(".m4a", checked("sound.m4a", target.read_bytes()))


_two_at_once = threading.BoundedSemaphore(2)
"""A recording takes all of a processor for a second."""


_OTHER_THAN = {
    Wanted.PICTURE: "media.not_picture",
    Wanted.VIDEO: "media.not_video",
    Wanted.SOUND: "media.not_sound",
    Wanted.CAPTIONS: "media.not_captions",
}
_BY_ENDING = {
    **dict.fromkeys(FILM_ENDINGS, Wanted.VIDEO),
    **dict.fromkeys(SOUND_ENDINGS, Wanted.SOUND),
    **dict.fromkeys((*CAPTIONS, ".srt"), Wanted.CAPTIONS),
}
_TIME = re.compile(rb"(\d\d:\d\d:\d\d),(\d{3})")


def _as_webvtt(name: str, data: bytes) -> bytes:
    """Return captions in SubRip as WebVTT: a head, and points for commas in times."""
    if len(data) > MEGABYTE or b"-->" not in data:
        raise FileRefused([Problem("media.damaged", name)])
    return b"WEBVTT\n\n" + _TIME.sub(rb"\1.\2", data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n"))


def checked_file(name: str, data: bytes) -> tuple[str, CheckedFile]:
    """Return what came with a form, and how its name ends; raises FileRefused. A video must play as it is."""
    kind = _kind(name, io.BytesIO(data), None)
    if kind is Wanted.VIDEO:
        return PurePath(name).suffix.lower(), checked(name, data)
    made = _made(kind, name, data)
    return made.ending, made.file

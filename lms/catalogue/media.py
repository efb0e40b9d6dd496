"""The kinds of files a module may hold, told by their bytes, and how large they may be."""

import struct
from collections.abc import Callable
from dataclasses import dataclass

from lms.catalogue import captions, svg
from lms.kernel.refusals import FileRefused, Problem

MEGABYTE = 1_000_000
MAX_PIXELS = 40_000_000
"""A picture that unfolds to more would bring a kiosk to its knees."""


@dataclass(frozen=True)
class Kind:
    """One kind of file."""

    media_type: str
    endings: tuple[str, ...]
    largest: int
    """In bytes."""
    is_it: Callable[[bytes], bool]


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept: its bytes (a drawing's are cleaned) and what was taken out of it."""

    data: bytes
    media_type: str
    removed: tuple[str, ...] = ()


def _looks_like_svg(data: bytes) -> bool:
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and b"<svg" in data[:4096]


def _looks_like_mp3(data: bytes) -> bool:
    # A tag in front, or at once the sign of a frame of MPEG sound, layer 3.
    return data.startswith(b"ID3") or (len(data) > 1 and data[0] == 0xFF and data[1] & 0xE6 == 0xE2)


KINDS = (
    Kind("image/png", (".png",), 2 * MEGABYTE, lambda data: data.startswith(b"\x89PNG\r\n\x1a\n")),
    Kind("image/jpeg", (".jpg", ".jpeg"), 2 * MEGABYTE, lambda data: data.startswith(b"\xff\xd8\xff")),
    Kind("image/webp", (".webp",), 2 * MEGABYTE, lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP"),
    Kind("audio/mp4", (".m4a",), 5 * MEGABYTE, lambda data: data[4:11] == b"ftypM4A"),
    Kind("audio/mpeg", (".mp3",), 5 * MEGABYTE, _looks_like_mp3),
    Kind("audio/ogg", (".ogg", ".opus"), 5 * MEGABYTE, lambda data: data.startswith(b"OggS")),
    Kind("video/mp4", (".mp4",), 200 * MEGABYTE, lambda data: data[4:8] == b"ftyp"),
    Kind("video/webm", (".webm",), 50 * MEGABYTE, lambda data: data.startswith(b"\x1aE\xdf\xa3")),
    Kind("text/vtt", (".vtt",), MEGABYTE, lambda data: data.removeprefix(b"\xef\xbb\xbf")[:6] == b"WEBVTT"),
    Kind("image/svg+xml", (".svg",), MEGABYTE, _looks_like_svg),
)
PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".webp")
VIDEOS = (".mp4", ".webm")
CAPTIONS = (".vtt",)
SOUNDS = (".mp3", ".ogg", ".opus", ".m4a")


def checked(name: str, data: bytes) -> CheckedFile:
    """Return the file as it may be kept.

    Raises FileRefused for a kind that no kiosk shows, a name that promises another kind,
    too large a file or picture, and one that cannot be read.
    """
    kind = next((kind for kind in KINDS if kind.is_it(data)), None)
    if kind is None:
        raise _refused("media.unknown", name)
    if not name.lower().endswith(kind.endings):
        raise _refused("media.misnamed", name, media_type=kind.media_type)
    if len(data) > kind.largest:
        raise _refused("media.too_large", name, limit=kind.largest // MEGABYTE)
    if kind.media_type == "image/svg+xml":
        return _drawing(name, data)
    if kind.media_type == "text/vtt":
        _require(_decodes(data), name)
        captions.read(data, name)
    if kind.media_type in _SIZES:
        _check_pixels(name, data, _SIZES[kind.media_type])
    return CheckedFile(data, kind.media_type)


def _refused(code: str, name: str, **facts: object) -> FileRefused:
    return FileRefused([Problem(code, name, facts=facts)])


def _drawing(name: str, data: bytes) -> CheckedFile:
    try:
        clean = svg.clean(data)
    except svg.NotDrawable as error:
        raise _refused("media.damaged", name) from error
    return CheckedFile(clean.data, "image/svg+xml", clean.removed)


def _decodes(data: bytes) -> bool:
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def _check_pixels(name: str, data: bytes, size_of: Callable[[bytes], tuple[int, int]]) -> None:
    try:
        width, height = size_of(data)
    except (struct.error, IndexError) as error:
        raise _refused("media.damaged", name) from error
    _require(width > 0 and height > 0, name)
    if width * height > MAX_PIXELS:
        raise _refused("media.too_many_pixels", name, limit=MAX_PIXELS // MEGABYTE)


def _require(holds: bool, name: str) -> None:
    if not holds:
        raise _refused("media.damaged", name)


def _png_size(data: bytes) -> tuple[int, int]:
    return struct.unpack(">II", data[16:24])


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at = 2
    while True:
        marker, length = struct.unpack(">HH", data[at : at + 4])
        if 0xFFC0 <= marker <= 0xFFCF and marker not in (0xFFC4, 0xFFC8, 0xFFCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        if marker < 0xFF00 or length < 2:
            raise IndexError(at)
        at += 2 + length


def _webp_size(data: bytes) -> tuple[int, int]:
    kind = data[12:16]
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", data[26:30])
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        (bits,) = struct.unpack("<I", data[21:25])
        return (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    if kind == b"VP8X":
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
        return width, height
    raise IndexError(12)


_SIZES = {"image/png": _png_size, "image/jpeg": _jpeg_size, "image/webp": _webp_size}

"""Zip files from elsewhere, read without being hurt by them.

The directory at the end of the file is judged before anything is inflated; then every
entry is inflated with a counter that stops at what it declared. Nothing is written to
disk, and no name from an archive ever becomes a path (reliability reference, 3.4).
"""

import re
import stat
import struct
import unicodedata
import zlib
from collections import Counter
from dataclasses import dataclass
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from lms.kernel.refusals import FileRefused, Problem

CHUNK = 1 << 16
_END = b"PK\x05\x06"
_END_OF_64 = b"PK\x06\x07"
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_DIRECTORY_ENTRY = 46 + 512
"""Bytes that one entry of a directory may take: its fixed part, its name and what else belongs to it."""


@dataclass(frozen=True)
class Limits:
    """What an archive may hold; sizes in bytes, unpacked."""

    entries: int = 1_000
    each: int = 64_000_000
    whole: int = 128_000_000
    ratio: int = 200
    """How many times its packed size an archive may unfold to; small ones may more."""
    name: int = 200
    """Characters of a name."""
    depth: int = 20


ALWAYS_ALLOWED = 1_000_000
"""Bytes, unpacked, under which the ratio does not matter: a page of blanks packs well."""


def read_zip(stream: BinaryIO, file: str, limits: Limits | None = None) -> dict[str, bytes]:
    """Return the files of a zip archive by name; folders are left out.

    `file` is what the archive is called in problems. Raises FileRefused for what is no
    zip, is damaged or encrypted, is over a limit, or holds a name that leads elsewhere,
    means two things, or is no plain file.
    """
    limits = limits or Limits()
    check_directory(stream, file, limits)
    try:
        with ZipFile(stream) as archive:
            entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
            _check_entries(archive.infolist(), file, limits)
            return {entry.filename: _inflated(archive, entry, file) for entry in entries}
    except (BadZipFile, NotImplementedError, EOFError, OSError, ValueError, struct.error, zlib.error) as error:
        raise _refused("archive.damaged", file) from error


def check_zip(stream: BinaryIO, file: str, limits: Limits) -> None:
    """Refuse what `read_zip` refuses, without unpacking it: for libraries that read an archive themselves.

    They never unpack more than an entry declares, so that the declared sizes are enough.
    """
    check_directory(stream, file, limits)
    try:
        with ZipFile(stream) as archive:
            _check_entries(archive.infolist(), file, limits)
    except (BadZipFile, NotImplementedError, EOFError, OSError, ValueError, struct.error) as error:
        raise _refused("archive.damaged", file) from error


def _refused(code: str, file: str, **facts: object) -> FileRefused:
    return FileRefused([Problem(code, file, facts=facts)])


def check_directory(stream: BinaryIO, file: str, limits: Limits) -> None:
    """Refuse a directory too large to be read: each entry of it costs memory. The stream is left at its start."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - 65_557))
    tail = stream.read()
    stream.seek(0)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < 22:
        raise _refused("archive.not_zip" if not _starts_like_zip(stream) else "archive.damaged", file)
    (directory,) = struct.unpack("<I", tail[at + 12 : at + 16])
    # An archive of the 64-bit kind holds far more than is allowed here.
    if tail[max(0, at - 20) : at].startswith(_END_OF_64) or directory > limits.entries * _DIRECTORY_ENTRY:
        raise _refused("archive.too_many", file, limit=limits.entries)


def _starts_like_zip(stream: BinaryIO) -> bool:
    start = stream.read(4)
    stream.seek(0)
    return start == b"PK\x03\x04"


def _check_entries(entries: list[ZipInfo], file: str, limits: Limits) -> None:
    if len(entries) > limits.entries:
        raise _refused("archive.too_many", file, limit=limits.entries)
    problems = [
        Problem(code, file, path=entry.orig_filename[:80]) for entry in entries if (code := _fault(entry, limits))
    ]
    problems += [Problem("archive.twice", file, path=name[:80]) for name in _twins(entries)]
    if problems:
        raise FileRefused(problems[:20])
    unpacked, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if any(entry.file_size > limits.each for entry in entries) or unpacked > limits.whole:
        raise _refused("archive.too_large", file, limit=limits.whole // 1_000_000)
    if unpacked > ALWAYS_ALLOWED and unpacked > packed * limits.ratio:
        raise _refused("archive.bomb", file, ratio=limits.ratio)


def _fault(entry: ZipInfo, limits: Limits) -> str | None:
    if entry.flag_bits & 0x1:
        return "archive.encrypted"
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "archive.not_a_file"
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return "archive.method"
    return None if _is_plain(entry.orig_filename, limits) else "archive.name"


def _is_plain(name: str, limits: Limits) -> bool:
    parts = name.removesuffix("/").split("/")
    return (
        0 < len(name) <= limits.name
        and len(parts) <= limits.depth
        and not any(part in ("", ".", "..") or _RESERVED.match(part) for part in parts)
        and not re.search(r"[\\:]", name)
        and not any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co"} for letter in name)
    )


def _twins(entries: list[ZipInfo]) -> list[str]:
    """Names that another system would take for the same file."""
    folded = Counter(unicodedata.normalize("NFC", entry.filename.casefold()) for entry in entries)
    return [name for name, count in folded.items() if count > 1]


def _inflated(archive: ZipFile, entry: ZipInfo, file: str) -> bytes:
    pieces, size = [], 0
    with archive.open(entry) as packed:
        while piece := packed.read(CHUNK):
            size += len(piece)
            if size > entry.file_size:  # It declared less than it holds.
                raise _refused("archive.bomb", file, ratio=0)
            pieces.append(piece)
    return b"".join(pieces)

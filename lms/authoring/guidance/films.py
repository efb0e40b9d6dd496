"""How long a recording lasts, read from its first bytes: nothing is played. Pure but for the file."""

import struct
from typing import IO

from lms.kernel.later import Later

soundfile = Later("soundfile")

DEEPEST = 1_000
"""Boxes that are looked at before a file is given up."""


def mp4_seconds(stream: IO[bytes]) -> float | None:
    """Return how long an MP4 or M4A lasts, from the `mvhd` box (ISO 14496-12, 8.2.2); None where it says nothing."""
    for _ in range(DEEPEST):
        head = stream.read(8)
        if len(head) < 8:
            return None
        size, name = struct.unpack(">I4s", head)
        if name == b"moov":
            continue  # What is inside follows at once.
        if name == b"mvhd":
            return _of_header(stream.read(32))
        if size == 1:
            size = struct.unpack(">Q", stream.read(8).rjust(8, b"\0"))[0] - 8
        if size < 8:
            return None
        stream.seek(size - 8, 1)
    return None


def _of_header(header: bytes) -> float | None:
    if len(header) < 32:
        return None
    long = header[0] == 1
    scale, length = struct.unpack(">IQ" if long else ">II", header[20:32] if long else header[12:20])
    return length / scale if scale else None


def sound_seconds(stream: IO[bytes]) -> float | None:
    """Return how long an MP3 or Ogg recording lasts; None for what cannot be read."""
    try:
        return float(soundfile.info(stream).duration)
    except (soundfile.LibsndfileError, TypeError):
        return None

"""Which files a module may hold, told by their bytes."""

import struct
from pathlib import Path

import pytest

from lms.catalogue.media import MEGABYTE, checked
from lms.kernel.refusals import FileRefused

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1"/></svg>'


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", width, height, 8, 2, 0, 0, 0) + b"\0" * 20


def jpeg(width: int, height: int) -> bytes:
    return (
        b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc4\x00\x02\xff\xc0\x00\x0b\x08"
        + struct.pack(">HH", height, width)
        + b"\0" * 9
    )


def webp(width: int, height: int) -> bytes:
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + size


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.png", png(4, 3), "image/png"),
        ("a.JPG", jpeg(4, 3), "image/jpeg"),
        ("a.webp", webp(4, 3), "image/webp"),
        ("a.svg", b"\xef\xbb\xbf\n" + DRAWING, "image/svg+xml"),
        ("a.mp4", b"\0\0\0\x18ftypisom", "video/mp4"),
        ("a.webm", b"\x1aE\xdf\xa3", "video/webm"),
        ("a.vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\nBonjour\n", "text/vtt"),
    ],
)
def test_kinds(name: str, data: bytes, media_type: str) -> None:
    assert checked(name, data).media_type == media_type


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.png", b"", "media.unknown"),
        ("a.html", b"<html><script>", "media.unknown"),
        ("a.exe", b"MZ", "media.unknown"),
        ("a.png", b"GIF89a", "media.unknown"),
        ("a.png", jpeg(4, 3), "media.misnamed"),  # a server must never guess
        ("a.svg", png(4, 3), "media.misnamed"),
        ("a.png", png(4, 3) + b"\0" * (2 * MEGABYTE), "media.too_large"),
        ("a.png", png(60_000, 60_000), "media.too_many_pixels"),  # small in bytes, 14 GB unfolded
        ("a.jpg", jpeg(60_000, 60_000), "media.too_many_pixels"),
        ("a.webp", webp(16_000, 16_000), "media.too_many_pixels"),
        ("a.png", png(4, 3)[:20], "media.damaged"),
        ("a.png", png(0, 3), "media.damaged"),
        ("a.jpg", b"\xff\xd8\xff\xe0\x00\x00", "media.damaged"),
        ("a.webp", b"RIFF\0\0\0\0WEBPZZZZ", "media.damaged"),
        (
            "a.svg",
            b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
            "media.damaged",
        ),
        ("a.vtt", b"WEBVTT \xff", "media.damaged"),
    ],
)
def test_refusals(name: str, data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        checked(name, data)
    assert [(problem.code, problem.file) for problem in refused.value.problems] == [(code, name)]


def test_a_drawing_is_cleaned() -> None:
    found = checked("a.svg", DRAWING.replace(b"<path", b"<script>x</script><path onclick='y'"))
    assert (found.data, found.removed) == (DRAWING.replace(b'"/>', b'" />'), ("onclick", "script"))


def test_renamed_files_of_the_fixtures(shared: Path) -> None:
    for file in ("gift_is_png.gift.txt", "png_renamed.zip"):
        with pytest.raises(FileRefused):
            checked(file, (shared / "fixtures/security" / file).read_bytes())

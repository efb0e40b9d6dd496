"""Pictures as phones make them, and as nobody should."""

import io
import struct
import zlib
from collections.abc import Callable

import pillow_heif
import pytest
from PIL import Image, ImageCms

from lms.catalogue.pictures import LARGE, NotShown, Shown, shown, shown_apart
from tests.authoring.imports.pictures import PNG, drawn


def huge() -> bytes:
    """A picture of few bytes that unfolds to 10 GB."""
    head = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    body = b"IDAT" + zlib.compress(b"\0" * 1000)
    chunks = [struct.pack(">I", len(one) - 4) + one + struct.pack(">I", zlib.crc32(one)) for one in (head, body)]
    return PNG[:8] + b"".join(chunks)


def opened(made: Shown) -> Image.Image:
    return Image.open(io.BytesIO(made.file.data))


def photo_of_a_phone(kind: str, size: tuple[int, int]) -> bytes:
    """A picture that says where and by whom it was taken, in wide colours."""
    pillow_heif.register_heif_opener()
    exif = Image.Exif()
    exif[0x010F] = "Maker-of-phones"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 30.0)})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(made, kind, exif=exif, icc_profile=profile)
    return made.getvalue()


@pytest.mark.parametrize(
    ("kind", "draw", "size", "becomes"),
    [("HEIF", shown_apart, (192, 128), (192, 128)), ("JPEG", shown, (1950, 1300), (1920, 1280))],
)
def test_a_photo_of_a_phone_becomes_one_that_a_kiosk_shows(
    kind: str, draw: Callable[[bytes], Shown], size: tuple[int, int], becomes: tuple[int, int]
) -> None:
    data = photo_of_a_phone(kind, size)
    assert b"Maker-of-phones" in data
    made = draw(data)
    assert (made.ending, (made.width, made.height)) == (".jpg", becomes)
    assert dict(opened(made).getexif()) == {}
    assert b"Maker-of-phones" not in made.file.data
    assert shown(made.file.data).file.data == made.file.data  # Encoded once: what is shown already stays as it is.


def test_what_is_clear_stays_clear_and_small() -> None:
    assert shown(PNG).file.data == PNG  # Nothing beside it, and no larger than a screen: as it came.
    large = io.BytesIO()
    noise = Image.effect_noise((1000, 900), 90).convert("RGBA")
    noise.putalpha(100)
    noise.save(large, "PNG")
    assert len(large.getvalue()) > LARGE
    picture = shown(large.getvalue())
    assert (picture.ending, opened(picture).mode) == (".webp", "RGBA")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "media.empty"),
        (huge(), "media.too_many_pixels"),
        (PNG[:60], "media.damaged"),
        (photo_of_a_phone("HEIF", (64, 64))[:900], "media.unknown"),
        (b"\xff" * 40_000_001, "media.too_large"),
        (b"<svg onload='x'>", "media.damaged"),
        (b"BM" + b"\0" * 60, "media.damaged"),
    ],
    ids=["empty", "bomb", "cut", "cut-heic", "large", "not-xml", "not-bmp"],
)
def test_what_is_no_picture(data: bytes, code: str) -> None:
    with pytest.raises(NotShown) as refused:
        shown(data)
    assert refused.value.code == code


def test_what_brings_its_process_down_is_a_damaged_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lms.kernel.confined.python", lambda *_: b"")
    with pytest.raises(NotShown) as refused:
        shown_apart(drawn())
    assert refused.value.code == "media.damaged"

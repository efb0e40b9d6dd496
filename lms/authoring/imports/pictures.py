"""Pictures from elsewhere, made what a kiosk shows: a known kind, turned upright, no larger than a screen.

What a camera wrote beside the picture (place, owner) goes: the picture is written anew.
"""

import hashlib
import io
import re
from pathlib import PurePosixPath
from typing import Any

from lms.catalogue.media import CheckedFile, checked
from lms.kernel.later import Later
from lms.kernel.refusals import FileRefused

image = Later("PIL.Image")
image_ops = Later("PIL.ImageOps")

LONGEST_SIDE = 1600
"""Pixels: more than the largest kiosk shows."""
MOST_PIXELS = 40_000_000
MOST_BYTES = 30_000_000
_BESIDE = {"exif", "xmp", "XML:com.adobe.xmp", "photoshop", "comment", "Comment", "Author", "Raw profile type exif"}
"""Where pictures bear what was written beside them."""
_READ = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")


class NotShown(Exception):
    """The bytes are no picture that a kiosk can show."""


Crop = tuple[float, float, float, float]
"""What is cut off at the left, top, right and bottom, as shares of the whole."""


class Gallery:
    """The pictures of one file, each kept once under a name that tells its content."""

    def __init__(self) -> None:
        self.files: dict[str, CheckedFile] = {}

    def add(self, name: str, data: bytes, crop: Crop | None = None) -> str | None:
        """Keep a picture; return its name within the module, None when no kiosk can show it."""
        try:
            ending, file = shown(data, crop)
        except NotShown:
            return None
        stem = re.sub(r"[^A-Za-z0-9]+", "-", PurePosixPath(name).stem).strip("-")[:40] or "picture"
        kept = f"media/{stem}-{hashlib.sha256(file.data).hexdigest()[:12]}{ending}"
        self.files[kept] = file
        return kept


def shown(data: bytes, crop: Crop | None = None) -> tuple[str, CheckedFile]:
    """Return the ending of a picture's name and the picture as it may be kept; raises NotShown."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return ".svg", _checked("picture.svg", data)
    if not data or len(data) > MOST_BYTES:
        raise NotShown()
    try:
        return _drawn(data, crop)
    except (OSError, ValueError, SyntaxError, image.DecompressionBombError) as error:
        raise NotShown() from error


def _drawn(data: bytes, crop: Crop | None) -> tuple[str, CheckedFile]:
    with image.open(io.BytesIO(data), formats=_READ) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise NotShown()
        if crop is None and _is_plain(opened):
            ending = {"PNG": ".png", "JPEG": ".jpg", "WEBP": ".webp"}[opened.format]
            opened.load()  # What is cut off is found out here.
            return ending, _checked(f"picture{ending}", data)
        # A JPEG is unfolded no larger than is needed.
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture = image_ops.exif_transpose(opened)
    picture = _cut(picture, crop)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clear = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    ending, written = (".png", _png(picture)) if clear or opened.format != "JPEG" else (".jpg", _jpeg(picture))
    if ending == ".png" and not clear and len(written) > 400_000:
        ending, written = ".jpg", _jpeg(picture)
    return ending, _checked(f"picture{ending}", written)


def _is_plain(opened: Any) -> bool:
    """Whether a picture may stay as it is: small enough, and nothing written beside it."""
    fits = max(opened.size) <= LONGEST_SIDE and opened.format in ("PNG", "JPEG", "WEBP")
    return fits and not opened.getexif() and not _BESIDE & set(opened.info)


def _cut(picture: Any, crop: Crop | None) -> Any:
    if crop is None or not any(side > 0 for side in crop):
        return picture
    left, top, right, bottom = (max(side, 0.0) for side in crop)
    box = (
        round(picture.width * left),
        round(picture.height * top),
        round(picture.width * (1 - right)),
        round(picture.height * (1 - bottom)),
    )
    return picture.crop(box) if box[0] < box[2] and box[1] < box[3] else picture


def _png(picture: Any) -> bytes:
    made = io.BytesIO()
    (picture if picture.mode in ("RGB", "RGBA", "L", "LA", "P", "1") else picture.convert("RGBA")).save(made, "PNG")
    return made.getvalue()


def _jpeg(picture: Any) -> bytes:
    made = io.BytesIO()
    picture.convert("RGB").save(made, "JPEG", quality=85, progressive=True)
    return made.getvalue()


def _checked(name: str, data: bytes) -> CheckedFile:
    try:
        return checked(name, data)
    except FileRefused as refused:
        raise NotShown() from refused

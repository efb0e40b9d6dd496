"""Pictures from elsewhere, made what a kiosk shows: a known kind, turned upright, no larger than a screen.

What a camera wrote beside the picture (place, owner) goes: the picture is written anew. What people
send is drawn in a process of its own with little memory, little time and no file to write
(`shown_apart`): whatever hides in a picture meets nothing there.
"""

import io
import json
import os
import sys
import threading
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from lms.catalogue.media import MEGABYTE, CheckedFile, checked
from lms.kernel import confined
from lms.kernel.confined import Limits
from lms.kernel.later import Later
from lms.kernel.refusals import FileRefused

heif = Later("pillow_heif")
image = Later("PIL.Image")
image_cms = Later("PIL.ImageCms")
image_ops = Later("PIL.ImageOps")

LONGEST_SIDE = 1920
"""Pixels: what the largest kiosk shows of a picture seen large."""
MOST_PIXELS = 64_000_000
MOST_BYTES = 40 * MEGABYTE
QUALITY = 80
LARGE_PNG = 400_000
"""Bytes over which a picture is no drawing but a photo, and packed like one."""
ENDINGS = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".heic", ".heif", ".avif", ".gif", ".bmp", ".tif", ".tiff")
LARGE = 800_000
"""Bytes over which a picture is packed anew, whatever its size on the screen."""
_BESIDE = {"exif", "xmp", "XML:com.adobe.xmp", "photoshop", "comment", "Comment", "Author", "Raw profile type exif"}
"""Where pictures bear what was written beside them."""
_READ = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
_HEIF = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_LIMITS = Limits(seconds=30, memory=1_500 * MEGABYTE, file=0)
_one_at_a_time = threading.Lock()
"""A photo of 48 million points takes more than a gigabyte for some seconds: twenty dropped together take no more."""


class NotShown(Exception):
    """The bytes are no picture that a kiosk can show; `code` and `facts` say why, as a Problem does."""

    def __init__(self, code: str = "media.damaged", **facts: object) -> None:
        super().__init__(code, facts)
        self.code, self.facts = code, facts


Crop = tuple[float, float, float, float]
"""What is cut off at the left, top, right and bottom, as shares of the whole."""


@dataclass(frozen=True)
class Shown:
    """A picture as it may be kept: how its name ends, its bytes, its size in pixels (0 for a drawing without one)."""

    ending: str
    file: CheckedFile
    width: int = 0
    height: int = 0


def is_picture(head: bytes) -> bool:
    """Whether a file that begins so is a picture of a kind that is read here."""
    packed = (head[:4], head[8:12]) == (b"RIFF", b"WEBP") or head[4:12] == b"ftypavif"
    return head.startswith(_STARTS) or packed or is_heif(head) or _is_svg(head)


def shown(data: bytes, crop: Crop | None = None) -> Shown:
    """Return the picture as it may be kept; raises NotShown."""
    if not data:
        raise NotShown("media.empty")
    if len(data) > MOST_BYTES:
        raise NotShown("media.too_large", limit=MOST_BYTES // MEGABYTE)
    if _is_svg(data):
        return Shown(".svg", _checked("picture.svg", data))
    try:
        return _drawn(data, crop)
    except image.UnidentifiedImageError as error:
        raise NotShown("media.unknown") from error
    except (image.DecompressionBombError, MemoryError) as error:
        raise _too_many() from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise NotShown() from error


def shown_apart(data: bytes) -> Shown:
    """Do as `shown`, in a process of its own that can do no harm."""
    if _is_svg(data) or not 0 < len(data) <= MOST_BYTES:
        return shown(data)
    with _one_at_a_time:
        done = confined.python("lms.catalogue.pictures", data, _LIMITS)
    head, _, drawn = done.partition(b"\n")
    if not head:
        raise NotShown()
    said = json.loads(head)
    if "code" in said:
        raise NotShown(said["code"], **said["facts"])
    return Shown(said["ending"], CheckedFile(drawn, said["media_type"]), said["width"], said["height"])


def is_named_so(name: str) -> bool:
    """Whether a name promises a picture, of whatever kind: phones call one kind by the ending of another."""
    return PurePath(name).suffix.lower() in ENDINGS


def _is_svg(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def is_heif(head: bytes) -> bool:
    """Whether a file that begins so is a picture as phones take them (HEIC, HEIF)."""
    return head[4:8] == b"ftyp" and head[8:12] in _HEIF


def _too_many() -> NotShown:
    return NotShown("media.too_many_pixels", limit=MOST_PIXELS // MEGABYTE)


def _drawn(data: bytes, crop: Crop | None) -> Shown:
    if is_heif(data):
        heif.register_heif_opener(thumbnails=False)
    with image.open(io.BytesIO(data), formats=("HEIF",) if is_heif(data) else _READ) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise _too_many()
        kind = opened.format
        if crop is None and len(data) <= LARGE and _is_plain(opened):
            ending = {"PNG": ".png", "JPEG": ".jpg", "WEBP": ".webp"}[kind]
            opened.load()  # What is cut off is found out here.
            return Shown(ending, _checked(f"picture{ending}", data), *opened.size)
        # A JPEG is unfolded no larger than is needed.
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        if crop is None:
            opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))  # Before it is turned: that makes a second one.
        picture = image_ops.exif_transpose(opened)
    picture = _cut(picture, crop)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    picture = _in_common_colours(picture)
    ending, written = _written(picture, is_photo=kind in ("JPEG", "HEIF", "AVIF"))
    return Shown(ending, _checked(f"picture{ending}", written), *picture.size)


def _written(picture: Any, *, is_photo: bool) -> tuple[str, bytes]:
    clear = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    if is_photo and not clear:
        return ".jpg", _jpeg(picture)
    drawing = _png(picture)
    if len(drawing) <= LARGE_PNG:
        return ".png", drawing
    return (".webp", _webp(picture)) if clear else (".jpg", _jpeg(picture))


def _is_plain(opened: Any) -> bool:
    """Whether a picture may stay as it is: small enough, and nothing written beside it."""
    fits = max(opened.size) <= LONGEST_SIDE and opened.format in ("PNG", "JPEG", "WEBP")
    return fits and not opened.getexif() and not _BESIDE & set(opened.info)


def _in_common_colours(picture: Any) -> Any:
    """Phones write wider colours than browsers assume of a picture without a profile."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "RGBA"):
        return picture
    try:
        source = image_cms.ImageCmsProfile(io.BytesIO(profile))
        return image_cms.profileToProfile(picture, source, image_cms.createProfile("sRGB"))
    except (image_cms.PyCMSError, OSError):
        return picture


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
    plain = picture if picture.mode in ("RGB", "RGBA", "L", "LA", "P", "1") else picture.convert("RGBA")
    plain.save(made, "PNG", icc_profile=None)
    return made.getvalue()


def _webp(picture: Any) -> bytes:
    made = io.BytesIO()
    picture.convert("RGBA").save(made, "WEBP", quality=QUALITY, icc_profile=None, exif=b"", xmp=b"")
    return made.getvalue()


def _jpeg(picture: Any) -> bytes:
    made = io.BytesIO()
    picture.convert("RGB").save(made, "JPEG", quality=QUALITY, progressive=True)
    return made.getvalue()


def _checked(name: str, data: bytes) -> CheckedFile:
    try:
        return checked(name, data)
    except FileRefused as refused:
        raise NotShown(refused.problems[0].code, **refused.problems[0].facts) from refused


def _draw_for_another_process() -> None:
    try:
        found = shown(sys.stdin.buffer.read())
    except NotShown as refused:
        said: dict[str, object] = {"code": refused.code, "facts": refused.facts}
        drawn = b""
    else:
        drawn = found.file.data
        said = {"ending": found.ending, "media_type": found.file.media_type}
        said |= {"width": found.width, "height": found.height}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + drawn)


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(5)  # Kiosks come first.
    confined.limit(_LIMITS)
    _draw_for_another_process()

"""Scanned or photographed papers from elsewhere, made fit to be kept as evidence (`kernel.enclosures`).

What a file is, is told by what it holds, never by its name. A picture is written anew, without what a camera wrote
beside it (place, owner), as `pictures` does it; a PDF is opened and its pages counted in a process of its own with
little memory and time, and kept as it is.
"""

import json
from dataclasses import dataclass

from lms.catalogue import pdf_pages, pictures
from lms.catalogue.media import MEGABYTE
from lms.kernel import confined
from lms.kernel.enclosures import MOST_MEGABYTES, PaperOfAnotherKind, PaperTooLarge
from lms.kernel.refusals import Refusal

PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
PDF = b"%PDF-"


class PaperEmpty(Refusal):
    """A scanned paper holds something."""


class PaperDamaged(Refusal):
    """A scanned paper can be opened, and every page of it read."""


class PaperTooDetailed(Refusal):
    """A photo of a paper has at most so many million pixels."""


class PaperLocked(Refusal):
    """A scanned paper opens without a password."""


@dataclass(frozen=True)
class Scan:
    """A paper as it may be kept."""

    content: bytes
    pages: int


def read(data: bytes) -> Scan:
    """Return a PDF as it is, a photo made small and upright, without place or owner.

    Raises PaperEmpty, PaperTooLarge, PaperOfAnotherKind, PaperTooDetailed, PaperLocked or PaperDamaged.
    """
    if not data:
        raise PaperEmpty()
    if data.startswith(PDF):
        return _pdf(data)
    if not data.startswith(PICTURES) and not pictures.is_heif(data):
        raise PaperOfAnotherKind()
    try:
        return Scan(pictures.shown_apart(data).file.data, 1)
    except pictures.NotShown as refused:
        refusal = {"media.too_large": PaperTooLarge, "media.too_many_pixels": PaperTooDetailed}.get(refused.code)
        raise (refusal(**refused.facts) if refusal else PaperDamaged()) from refused


def _pdf(data: bytes) -> Scan:
    if len(data) > MOST_MEGABYTES * MEGABYTE:
        raise PaperTooLarge(limit=MOST_MEGABYTES)
    said = json.loads(confined.python("lms.catalogue.pdf_pages", data, pdf_pages.LIMITS) or b"{}")
    if said.get("locked"):
        raise PaperLocked()
    if not said.get("pages"):
        raise PaperDamaged()
    return Scan(data, said["pages"])

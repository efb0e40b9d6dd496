"""What a scanned paper is, is told by what it holds; photos lose their place, PDFs that nobody can open are refused."""

import io

import pypdf
import pytest
from PIL import Image

from lms.catalogue import scans
from lms.catalogue.pdf_pages import looked_into
from lms.kernel.enclosures import MOST_MEGABYTES, PaperOfAnotherKind, PaperTooLarge
from lms.kernel.refusals import Refusal
from tests.proof.hall import PDF

GPS = 0x8825
"""The tag under which a camera writes where it was (Exif 2.3, 4.6.3)."""


def pdf(pages: int = 2, password: str | None = None) -> bytes:
    writer, made = pypdf.PdfWriter(), io.BytesIO()
    for _page in range(pages):
        writer.add_blank_page(200, 200)
    if password is not None:
        writer.encrypt(password, "owner")
    writer.write(made)
    return made.getvalue()


def photo(kind: str = "JPEG") -> bytes:
    exif, made = Image.Exif(), io.BytesIO()
    exif[GPS] = {1: "N", 2: (47.0, 13.0, 6.0)}
    Image.new("RGB", (60, 40), "white").save(made, kind, exif=exif)
    return made.getvalue()


@pytest.mark.parametrize(("content", "pages"), [(pdf(), 2), (PDF, 1), (pdf(3, ""), 3)])
def test_pages_are_counted_also_where_only_changing_is_locked(content: bytes, pages: int) -> None:
    assert looked_into(content) == {"pages": pages}


@pytest.mark.parametrize("content", [pdf()[:-40], pdf()[:200] + b"%%EOF", b"%PDF-1.7 no more%%EOF", pdf(0)])
def test_what_is_cut_off_or_made_up_has_no_pages(content: bytes) -> None:
    assert not looked_into(content).get("pages")


def test_a_photo_is_kept_without_the_place_where_it_was_taken() -> None:
    scan = scans.read(photo())
    with Image.open(io.BytesIO(scan.content)) as kept:
        assert (scan.pages, kept.format, GPS in kept.getexif()) == (1, "JPEG", False)


def test_a_pdf_is_kept_as_it_is() -> None:
    assert scans.read(PDF) == scans.Scan(PDF, 1)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", scans.PaperEmpty),
        (b"MZ a program called sheet.pdf", PaperOfAnotherKind),
        (b"<svg/>", PaperOfAnotherKind),
        (b"%PDF-" + bytes(MOST_MEGABYTES * 1_000_000), PaperTooLarge),
        (pdf(1, "secret"), scans.PaperLocked),
        (pdf()[:-40], scans.PaperDamaged),
        (photo()[:80], scans.PaperDamaged),
    ],
)
def test_each_file_that_cannot_be_kept_is_refused_by_name(content: bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        scans.read(content)

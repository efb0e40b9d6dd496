"""Files of translations, of any kind: what a module is given out as, and what a file would change."""

from lms.authoring.drafts import Document
from lms.authoring.translating import sheet, states, xliff
from lms.authoring.translating.actions import Written
from lms.authoring.translating.offers import Asked, Offer
from lms.authoring.translating.states import Bases

MEDIA_TYPES = {
    "xlf": "application/xliff+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def asked(document: Document, language: str, bases: Bases) -> Asked:
    """Return a module and a language as readers and writers take them."""
    return Asked(document, language, states.states(document, language, bases))


def read(source: bytes, name: str, wanted: Asked) -> Offer:
    """Return what a file would change, XML by its first sign, else a sheet; raises FileRefused."""
    start = source[:200].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    reader = xliff.read if start.startswith(b"<") else sheet.read
    return reader(source, name, wanted)


def accepted(offer: Offer) -> list[Written]:
    """Return what is written when an offer is accepted."""
    return [Written(one.unit.id, one.text, one.made_for) for one in offer.offered]

"""The rules of single values (xAPI 1.0.3, Data sections 2.2 and 4)."""

import math
import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from lms.records.xapi.shapes import Check, Fault, map_of

LONGEST_IRI = 2000
"""In bytes; the columns hold no more, and nobody has a longer one in good faith."""

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x20\x7f<>\"{}|\\^`]+")
_MAILTO = re.compile(r"mailto:[^\s@<>\x00-\x20]+@[^\s@<>\x00-\x20]+")
_SHA1 = re.compile(r"[0-9a-fA-F]{40}")
_SHA2 = re.compile(r"[0-9a-fA-F]{56}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128}")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_VERSION = re.compile(r"1\.0\.[0-9A-Za-z.+-]+")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d(:?\d\d)?)?", re.ASCII)
_MINUS_ZERO = re.compile(r"-00(:?00)?$")
_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+(\s*;.*)?", re.ASCII)
_DURATION = re.compile(
    r"P(?=.)(?:(?P<weeks>\d+(?:[.,]\d+)?)W|(?:(?P<years>\d+(?:[.,]\d+)?)Y)?(?:(?P<months>\d+(?:[.,]\d+)?)M)?"
    r"(?:(?P<days>\d+(?:[.,]\d+)?)D)?"
    r"(?:T(?=.)(?:(?P<hours>\d+(?:[.,]\d+)?)H)?(?:(?P<minutes>\d+(?:[.,]\d+)?)M)?(?:(?P<seconds>\d+(?:[.,]\d+)?)S)?)?)",
    re.ASCII,
)
_LANGUAGE = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})"  # language, extended language
    r"(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?"  # script, region
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*"  # variants
    r"(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"  # extensions, private use
    r"|x(?:-[a-z0-9]{1,8})+|i-[a-z]{2,8}|sgn-[a-z]{2}-[a-z]{2}",
    re.IGNORECASE | re.ASCII,
)
"""The shape of RFC 5646 tags; whether a subtag is registered is not asked."""


def text(value: Any) -> None:
    """Raise Fault unless the value is a text."""
    if type(value) is not str:
        raise Fault("not_text")


def truth(value: Any) -> None:
    """Raise Fault unless the value is true or false."""
    if type(value) is not bool:
        raise Fault("not_boolean")


def number(value: Any) -> None:
    """Raise Fault unless the value is a number that a 64-bit float holds."""
    if type(value) not in (int, float):
        raise Fault("not_number")
    try:
        finite = math.isfinite(value)
    except OverflowError:
        finite = False
    if not finite:
        raise Fault("number_too_large")


def length(value: Any) -> None:
    """Raise Fault unless the value is a whole number, zero or more."""
    if type(value) is not int or value < 0:
        raise Fault("not_length")


def anything(value: Any) -> None:
    """Accept whatever JSON can say: the value of an extension."""


def _shaped(pattern: re.Pattern[str], code: str) -> Check:
    def check(value: Any) -> None:
        if type(value) is not str or not pattern.fullmatch(value):
            raise Fault(code)

    return check


@lru_cache(maxsize=4096)
def is_iri(value: str) -> bool:
    """Whether the text is an absolute IRI: a scheme and no character that IRIs exclude."""
    return _IRI.fullmatch(value) is not None and (
        len(value) <= LONGEST_IRI if value.isascii() else len(value.encode()) <= LONGEST_IRI
    )


def iri(value: Any) -> None:
    """Raise Fault unless the value is an IRI with its scheme, of at most 2,000 bytes."""
    if type(value) is not str or not is_iri(value):
        raise Fault("not_iri")


mailto = _shaped(_MAILTO, "not_mailto")
sha1 = _shaped(_SHA1, "not_sha1")
sha2 = _shaped(_SHA2, "not_sha2")
uuid = _shaped(_UUID, "not_uuid")
version = _shaped(_VERSION, "not_version")
media_type = _shaped(_MEDIA_TYPE, "not_media_type")
language = _shaped(_LANGUAGE, "not_language")
language_map = map_of("not_language", _LANGUAGE.fullmatch, text)
extensions = map_of("not_iri", is_iri, anything)


def duration(value: Any) -> None:
    """Raise Fault unless the value is an ISO 8601 duration."""
    if type(value) is not str or not _DURATION.fullmatch(value):
        raise Fault("not_duration")


def milliseconds(value: str) -> int | None:
    """Return a duration in milliseconds, None where months or years make that a guess."""
    found = _DURATION.fullmatch(value)
    if not found or found["years"] or found["months"]:
        return None
    units = {"weeks": 604_800, "days": 86_400, "hours": 3600, "minutes": 60, "seconds": 1}
    seconds = sum(float(found[unit].replace(",", ".")) * size for unit, size in units.items() if found[unit])
    return round(seconds * 1000) if seconds < 1e12 else None


def moment(value: Any) -> None:
    """Raise Fault unless the value is an ISO 8601 moment between the years 1 and 9999.

    An offset of -00:00, which says that the place is unknown, is refused.
    """
    if type(value) is not str or not _MOMENT.fullmatch(value) or _MINUS_ZERO.search(value, 16):
        raise Fault("not_moment")
    try:
        read_moment(value)
    except (ValueError, OverflowError):
        raise Fault("not_moment") from None


@lru_cache(maxsize=4096)
def read_moment(value: str) -> datetime:
    """Return a checked moment in UTC, to the microsecond; without an offset it is in UTC."""
    read = datetime.fromisoformat(value)
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)

"""What a file from elsewhere is, told without unpacking or parsing it."""

import io
import re
import struct
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from lms.authoring.imports.module_file import DOCUMENT
from lms.kernel.archives import Limits, check_directory
from lms.kernel.refusals import FileRefused

PEEK = 64_000
"""Bytes looked at of a text, or of one member of an archive."""
MOST_NAMES = 20_000


class Kind(StrEnum):
    """The kinds of files in which learning content travels."""

    MODULE = "module"
    GIFT = "gift"
    SCORM_12 = "scorm12"
    SCORM_2004 = "scorm2004"
    CMI5 = "cmi5"
    H5P = "h5p"
    MOODLE_XML = "moodlexml"
    QTI = "qti"
    PPTX = "pptx"
    DOCX = "docx"
    SHEET = "sheet"
    UNKNOWN = "unknown"


_IN_XML = (
    (Kind.MOODLE_XML, re.compile(r"<quiz\b")),
    (Kind.CMI5, re.compile(r"<(?:\w+:)?courseStructure\b")),
    (Kind.QTI, re.compile(r"<(?:\w+:)?(?:qti-)?(?:assessment-?(?:Item|Test)|questestinterop)\b|imsqti", re.IGNORECASE)),
    (Kind.SCORM_2004, re.compile(r"adlcp_v1p3|/imsss|schemaversion>\s*(?:2004|CAM 1\.3)")),
    (Kind.SCORM_12, re.compile(r"<(?:\w+:)?manifest\b")),
)
_IN_ARCHIVE = (
    (Kind.MODULE, DOCUMENT),
    (Kind.H5P, "h5p.json"),
    (Kind.CMI5, "cmi5.xml"),
    (Kind.PPTX, "ppt/presentation.xml"),
    (Kind.DOCX, "word/document.xml"),
    (Kind.SHEET, "xl/workbook.xml"),
)


def kind_of(path: Path) -> Kind:
    """Return what a file or folder is."""
    if path.is_dir():
        return Kind.MODULE if (path / DOCUMENT).is_file() else Kind.UNKNOWN
    with path.open("rb") as opened:
        start = opened.read(PEEK)
        return _in_archive(opened) if start.startswith(b"PK") else _in_text(start, path.name)


def kind_of_bytes(data: bytes, name: str) -> Kind:
    """Return what an uploaded file is."""
    return _in_archive(io.BytesIO(data)) if data.startswith(b"PK") else _in_text(data[:PEEK], name)


def _in_text(start: bytes, name: str) -> Kind:
    text = _decoded(start).lstrip("\ufeff \r\n\t")
    if text.startswith("<"):
        return _in_xml(text)
    if name.lower().endswith((".yaml", ".yml")) or re.search(r"^format: *['\"]?etabli-module/", text, re.M):
        return Kind.MODULE
    if name.lower().endswith((".gift", ".gift.txt")):
        return Kind.GIFT
    if name.lower().endswith((".csv", ".tsv")):
        return Kind.SHEET
    could_be = "\0" not in text and not text.startswith(("{", "["))
    return Kind.GIFT if could_be and re.search(r"^\$CATEGORY:|^::|\{[^{}]*\}", text, re.M) else Kind.UNKNOWN


def _in_xml(text: str) -> Kind:
    return next((kind for kind, pattern in _IN_XML if pattern.search(text)), Kind.UNKNOWN)


def _in_archive(stream: BinaryIO) -> Kind:
    try:
        check_directory(stream, "", Limits(entries=MOST_NAMES))
        with ZipFile(stream) as archive:
            return _by_names(archive, archive.namelist())
    except (FileRefused, BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, struct.error):
        return Kind.UNKNOWN


def _by_names(archive: ZipFile, names: list[str]) -> Kind:
    for kind, wanted in _IN_ARCHIVE:
        if any(name == wanted or name.count("/") == 1 and name.endswith(f"/{wanted}") for name in names):
            return kind
    manifests = [name for name in names if name.lower().rsplit("/", 1)[-1] == "imsmanifest.xml"]
    if not manifests:
        return Kind.UNKNOWN
    with archive.open(min(manifests, key=len)) as member:
        start = member.read(PEEK)
    return _in_xml(_decoded(start))


def _decoded(start: bytes) -> str:
    return start.decode("utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")

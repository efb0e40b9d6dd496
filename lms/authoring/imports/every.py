"""One door for files from elsewhere: see what it is, read it, say what it holds or why it is refused."""

import io
import re
from collections.abc import Callable

from lms.authoring.imports import docx, gift, module_file, moodle_xml, pptx, qti, sheet
from lms.authoring.imports.kinds import Kind, kind_of_bytes
from lms.authoring.imports.module_file import ModuleFile
from lms.authoring.imports.reading import Found, Reading, refused
from lms.kernel.archives import read_zip
from lms.kernel.jobs.kinds import Report, silent
from lms.kernel.refusals import FileRefused, Problem
from lms.kernel.workbooks import OLD_FORMAT

MOST_BYTES = 64_000_000

Reader = Callable[[bytes, str, str, Report], Reading]


def read(source: bytes, name: str, language: str = "fr", report: Report = silent) -> Reading:
    """Return what a file holds; what is wrong with it stands in the reading, and then nothing else does."""
    kind = kind_of_bytes(source, name)
    try:
        if kind not in READERS:
            return refused(kind, name, _why_not(source, name, kind))
        return READERS[kind](source, name, language, report)
    except FileRefused as error:
        return refused(kind, name, *error.problems)


def of_module(file: ModuleFile, name: str) -> Reading:
    """Return a module file as a reading."""
    document = file.content.plain
    blocks = document.pop("blocks")
    language = file.content.languages[0]
    found = tuple(Found(number, block) for number, block in enumerate(blocks, start=1))
    return Reading(
        Kind.MODULE,
        name,
        file.content.title[language],
        language,
        found,
        notes=file.warnings,
        media=file.media,
        head=document,
        stated=len(found),
    )


def _module(source: bytes, name: str, language: str, report: Report) -> Reading:
    if source.startswith(b"PK"):
        return of_module(module_file.read_archive(io.BytesIO(source), name), name)
    return of_module(module_file.read_document(source, name), name)


def _why_not(source: bytes, name: str, kind: Kind) -> Problem:
    if not source:
        return Problem("import.empty", name)
    if kind is not Kind.UNKNOWN:
        return Problem("import.not_read", name, facts={"kind": kind.value})
    if source.startswith(OLD_FORMAT):
        # A protected file of today is an old one around it.
        protected = "EncryptedPackage".encode("utf-16-le") in source
        return Problem("import.password" if protected else "import.old_office", name)
    if source.startswith(b"\x1f\x8b"):
        return Problem("import.backup", name)
    if source.startswith(b"PK"):
        names = read_zip(io.BytesIO(source), name, module_file.LIMITS)  # An archive has its own reasons.
        for code, pattern in _PACKAGES.items():
            if any(pattern.search(one) for one in names):
                return Problem(code, name)
    return Problem("import.unknown", name)


_PACKAGES = {
    "import.tincan": re.compile(r"(?:^|/)tincan\.xml$", re.IGNORECASE),
    "import.aicc": re.compile(r"\.(?:au|crs|des|cst)$", re.IGNORECASE),
    "import.backup": re.compile(r"(?:^|/)moodle_backup\.xml$", re.IGNORECASE),
    "qti.no_manifest": re.compile(r"(?<!imsmanifest)\.xml$", re.IGNORECASE),
}
"""Packages of other kinds, told by what lies in them."""
READERS: dict[Kind, Reader] = {
    Kind.MODULE: _module,
    Kind.GIFT: gift.read,
    Kind.MOODLE_XML: moodle_xml.read,
    Kind.QTI: qti.read,
    Kind.PPTX: pptx.read,
    Kind.DOCX: docx.read,
    Kind.SHEET: sheet.read,
}

"""Rows of an Excel workbook, read as they are asked for, within limits."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from zipfile import BadZipFile

from lms.kernel.later import Later
from lms.kernel.refusals import Refusal

openpyxl = Later("openpyxl")

MAX_ENTRIES = 2_000
MAX_UNPACKED = 300 * 2**20
MAX_SHARED = 64 * 2**20
"""Bytes of the workbook's strings: these are held in memory at once."""
MAX_COLUMNS = 200
MAX_EMPTY = 100_000
"""Rows without content in a row: a last cell far down is no reason to walk there."""


class WorkbookBroken(Refusal):
    """The file ends with .xlsx and cannot be read as a workbook."""


class WorkbookProtected(Refusal):
    """The workbook asks for a password, or is of the old format .xls."""


class WorkbookTooLarge(Refusal):
    """The workbook unpacks to more than a table can be."""


OLD_FORMAT = bytes.fromhex("d0cf11e0a1b11ae1")


def is_workbook(source: bytes) -> bool:
    """Whether a zip archive is a workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except BadZipFile:
        return False


def rows(source: bytes) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield (row number, cells as text) of the first visible sheet, formulas as they are written.

    Raises WorkbookBroken or WorkbookTooLarge.
    """
    _check_size(source)
    try:
        book = openpyxl.load_workbook(io.BytesIO(source), read_only=True, data_only=False, keep_links=False)
        sheet = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
        # The size that a sheet states of itself is often wrong.
        sheet.reset_dimensions()
        yield from _filled(sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True))
    except Refusal:
        raise
    except Exception as error:
        # Whatever a malformed part makes the reader raise (KeyError, ParseError, ValueError …)
        # means one thing here.
        raise WorkbookBroken() from error


def _filled(found: Iterator[tuple[object, ...]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    empty = 0
    for number, values in enumerate(found, start=1):
        cells = [as_text(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        empty = 0 if cells else empty + 1
        if empty > MAX_EMPTY:
            return
        yield number, tuple(cells)


def _check_size(source: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        entries = archive.infolist()
        shared = sum(entry.file_size for entry in entries if entry.filename.endswith("sharedStrings.xml"))
        # `zipfile` never unpacks more than the declared size, so it is enough to add that up.
        if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise WorkbookTooLarge()
        if shared > MAX_SHARED:
            raise WorkbookTooLarge()
        for entry in entries:
            if entry.filename.endswith((".xml", ".rels")):
                _refuse_doctype(archive, entry)


def _refuse_doctype(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    with archive.open(entry) as part:
        if b"<!DOCTYPE" in part.read(4096):
            raise WorkbookBroken()


def as_text(value: object) -> str:
    """Return a cell's value as a person would type it: whole numbers without `.0`, days as 2026-01-31."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)

"""Tables in and out: CSV as any program writes it, and Excel workbooks.

Reading keeps to text: what a cell means is for the reader of the table to say. Writing
keeps a spreadsheet from taking a text for a formula.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice, zip_longest
from typing import Any

from lms.kernel import encodings, workbooks
from lms.kernel.languages import current_language
from lms.kernel.later import Later
from lms.kernel.refusals import Refusal

xlsxwriter = Later("xlsxwriter")

DELIMITERS = (";", ",", "\t", "|")
MAX_COLUMNS = workbooks.MAX_COLUMNS
MAX_CELL = 32_767
MOST_XLSX_ROWS = 50_000
"""In one workbook, for which one waits some seconds. CSV, which is sent while it is written, has no limit."""
_SAMPLE_ROWS = 50
_PIECE_ROWS = 1_000
_WIDEST = 60
"""Letters to which a column of a workbook is widened."""
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

csv.field_size_limit(MAX_CELL)


class NotATable(Refusal):
    """The file is neither CSV nor a workbook of Excel."""


class QuotesBroken(Refusal):
    """A quotation mark opens a cell and nothing closes it, or text follows the closing one."""


class TooManyRows(Refusal):
    """More rows were asked for than one workbook holds."""


class TooManyColumns(Refusal):
    """A row has more cells than a table can have."""


@dataclass(frozen=True)
class Row:
    """One row; `line` counts from 1 in the file as an editor shows it (quoted cells may span lines)."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table in a file; `rows` reads it anew each time, row by row, without blank rows."""

    source: bytes
    encoding: str | None
    """None for a workbook."""
    delimiter: str | None

    def rows(self) -> Iterator[Row]:
        """Yield the rows that hold something.

        Raises QuotesBroken, TooManyColumns and what `encodings.lines` or `workbooks.rows` raise.
        """
        if self.encoding is None or self.delimiter is None:
            found = workbooks.rows(self.source)
        else:
            found = _csv_rows(encodings.lines(self.source, self.encoding), self.delimiter)
        for line, cells in found:
            if len(cells) > MAX_COLUMNS:
                raise TooManyColumns(line=line, limit=MAX_COLUMNS)
            if any(cell.strip() for cell in cells):
                yield Row(line, cells)


def read_table(source: bytes, encoding: str | None = None, delimiter: str | None = None) -> Table:
    """Return the table of a CSV file or workbook; what is not given is found out.

    Raises NotATable, WorkbookProtected, or EncodingUnknown; faults further down in the
    file are raised when the rows are read.
    """
    if source.startswith(workbooks.OLD_FORMAT):
        raise workbooks.WorkbookProtected()
    if source.startswith(b"PK\x03\x04"):
        if not workbooks.is_workbook(source):
            raise NotATable()
        return Table(source, None, None)
    if source.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")):
        raise NotATable()
    encoding = encoding or encodings.detect(source)
    return Table(source, encoding, delimiter or _delimiter(source, encoding))


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return what `csv_pieces` gives, whole."""
    return b"".join(csv_pieces(header, rows))


def csv_pieces(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Return a CSV file piece by piece, as spreadsheets of the reader's language open it: UTF-8 with its mark.

    In French cells are separated by semicolons and decimals by a comma. Texts that a
    spreadsheet would take for a formula get an apostrophe in front.
    """
    # The language is the asker's: the pieces are written when nobody asks any longer.
    return _pieces(header, iter(rows), current_language() == "fr")


def _pieces(header: Sequence[str], rows: Iterator[Sequence[object]], french: bool) -> Iterator[bytes]:
    yield codecs.BOM_UTF8
    written: list[Sequence[object]] = [header]
    while written:
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=";" if french else ",", lineterminator="\r\n")
        writer.writerows([_csv_cell(value, french) for value in row] for row in written)
        yield text.getvalue().encode()
        written = list(islice(rows, _PIECE_ROWS))


@dataclass(frozen=True)
class Leaf:
    """One sheet of a workbook to be written."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[object]]


def write_xlsx(title: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a workbook of one sheet: numbers as numbers, days as days, all else as text, never a formula."""
    return write_workbook([Leaf(title, header, rows)])


def write_workbook(leaves: Sequence[Leaf]) -> bytes:
    """Return a workbook of several sheets, written as `write_xlsx` writes one.

    Rows lie in a file until all are there: in memory 50,000 of eight cells would take 90 MB.
    """
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"constant_memory": True, "remove_timezone": True}) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for leaf in leaves:
            sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", leaf.title)[:31])
            sheet.freeze_panes(1, 0)
            widths = [len(cell) for cell in leaf.header]
            for column, cell in enumerate(leaf.header):
                sheet.write_string(0, column, cell, bold)
            for number, row in enumerate(leaf.rows, start=1):
                for column, value in enumerate(row):
                    _write_cell(sheet, number, column, value, day, moment)
                widths = [max(pair) for pair in zip_longest(widths, map(_width, row), fillvalue=0)]
            for column, width in enumerate(widths):
                sheet.set_column(column, column, min(width, _WIDEST) + 2)
    return made.getvalue()


def _width(value: object) -> int:
    """Return how many letters a cell shows, of a text with line breaks those of its longest line."""
    if isinstance(value, datetime | date):
        return len("2026-03-02 14:05") if isinstance(value, datetime) else len("2026-03-02")
    return 0 if value is None else max(map(len, str(value).split("\n")))


def _write_cell(sheet: Any, number: int, column: int, value: object, day: Any, moment: Any) -> None:
    if isinstance(value, datetime):
        sheet.write_datetime(number, column, value, moment)
    elif isinstance(value, date):
        sheet.write_datetime(number, column, value, day)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(number, column, value)
    elif value is not None:
        sheet.write_string(number, column, str(value)[:MAX_CELL])


def neutralised(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula (OWASP, CSV Injection)."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def _csv_cell(value: object, french: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(value).replace(".", ",") if french else str(value)
    if isinstance(value, int | date):
        return str(value)
    return neutralised(str(value))


def _csv_rows(lines: Iterator[str], delimiter: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if not (line == 1 and _names_delimiter(cells)):
                yield line, tuple(cells)
            line = reader.line_num + 1
    except csv.Error as error:
        raise QuotesBroken(line=line) from error


def _names_delimiter(cells: Sequence[str]) -> bool:
    """Whether a first row is Excel's `sep=;`, which the delimiter itself cuts in two."""
    return "".join(cells).strip('"') in {"sep=", *(f"sep={mark}" for mark in DELIMITERS)}


def _delimiter(source: bytes, encoding: str) -> str:
    """Return the delimiter under which most rows are as wide as the first; the widest of these."""
    try:
        first = next(encodings.lines(source, encoding), "")
    except Refusal:
        return ","
    named = re.fullmatch(r'"?sep=(.)"?\s*', first)
    if named and named[1] in DELIMITERS:
        return named[1]
    return max(DELIMITERS, key=lambda mark: _fit(source, encoding, mark))


def _fit(source: bytes, encoding: str, delimiter: str) -> tuple[float, int]:
    widths = []
    # A fault further down is told with its line when the rows are read.
    with suppress(Refusal):
        for _, cells in islice(_csv_rows(encodings.lines(source, encoding), delimiter), _SAMPLE_ROWS):
            if any(cell.strip() for cell in cells):
                widths.append(len(cells))
    if not widths or widths[0] == 1:
        return 0.0, 0
    return sum(width == widths[0] for width in widths) / len(widths), widths[0]

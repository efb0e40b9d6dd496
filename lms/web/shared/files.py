"""What a page shows, as a file."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from urllib.parse import quote

from flask import Response

from lms.kernel.tables import MOST_XLSX_ROWS, TooManyRows, csv_pieces, write_xlsx

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
IN_PLAIN = str.maketrans("–’", "-'")
"""What a file name in plain letters has for what French is set with."""


Row = Sequence[object]


class Lines:
    """Rows that are made while a file of them is written, once; how many there are is known before."""

    def __init__(self, number: int, rows: Iterator[Row]) -> None:
        self._number, self._rows = number, rows

    def __len__(self) -> int:
        return self._number

    def __iter__(self) -> Iterator[Row]:
        return self._rows


def table_file(kind: str, title: str, as_of: date, header: Sequence[str], rows: Sequence[Row] | Lines) -> Response:
    """Return the rows as a CSV file or a workbook, named after what it is and its day.

    CSV is sent while it is written and has no limit; raises TooManyRows for more than a workbook holds.
    """
    if kind == "csv":
        return named_file(kind, title, as_of, csv_pieces(header, rows))
    if len(rows) > MOST_XLSX_ROWS:
        raise TooManyRows(found=len(rows), limit=MOST_XLSX_ROWS)
    return named_file(kind, title, as_of, write_xlsx(title, header, rows))


def named_file(kind: str, title: str, as_of: date, body: bytes | Iterable[bytes]) -> Response:
    """Return a file named after what it is and its day."""
    return attachment(body, TYPES[kind], f"{title} {as_of.isoformat()}.{kind}")


def pdf_file(content: bytes, name: str) -> Response:
    """Return a PDF to be downloaded under a name."""
    return attachment(content, "application/pdf", name)


def zip_file(content: bytes, name: str) -> Response:
    """Return an archive to be downloaded under a name."""
    return attachment(content, "application/zip", name)


def attachment(content: bytes | Iterable[bytes], media_type: str, name: str) -> Response:
    """Return a file to be downloaded under a name.

    A header carries Latin-1 alone: a dash or an apostrophe of French typesetting would stop the answer.
    So other letters travel encoded, beside a plain name for whoever reads no other (RFC 6266, appendix D).
    """
    plain = unicodedata.normalize("NFKD", name.translate(IN_PLAIN)).encode("ascii", "ignore").decode()
    names = {"filename": plain} | ({} if plain == name else {"filename*": f"UTF-8''{quote(name, safe='')}"})
    response = Response(content, content_type=media_type)
    response.headers.set("Content-Disposition", "attachment", **names)
    return response

"""Open a roster file: CSV, workbook, or the archive of CSV files that OneRoster is."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from lms.kernel.archives import Limits, read_zip
from lms.kernel.refusals import FileRefused, Refusal
from lms.kernel.tables import NotATable, Row, Table, read_table
from lms.kernel.workbooks import is_workbook
from lms.people.roster.columns import Columns, recognise

MOST_ROWS = 200_000
ONEROSTER_MEMBER = "users.csv"


class RosterEmpty(Refusal):
    """The file holds no row at all."""


class RosterTooLong(Refusal):
    """The file holds more rows than a plant has people."""


@dataclass(frozen=True)
class Reading:
    """How the reader wants the file read; what is left open is found out."""

    encoding: str | None = None
    delimiter: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    """Field by title or number of a column, `-` for a column to be left out."""
    has_header: bool | None = None


@dataclass(frozen=True)
class Roster:
    """An opened roster: its table and what its columns are."""

    table: Table
    columns: Columns

    def rows(self) -> Iterator[Row]:
        """Yield the rows of people; raises RosterTooLong and what `Table.rows` raises."""
        rows = self.table.rows()
        yield from islice(rows, 1 if self.columns.has_header else 0, MOST_ROWS)
        if next(rows, None) is not None:
            raise RosterTooLong(limit=MOST_ROWS)


def open_table(source: bytes, reading: Reading) -> Table:
    """Return the table of a roster file.

    Raises RosterEmpty, NotATable, WorkbookProtected or EncodingUnknown.
    """
    if not source.strip():
        raise RosterEmpty()
    if source.startswith(b"PK\x03\x04") and not is_workbook(source):
        source = _oneroster(source)
    return read_table(source, reading.encoding, reading.delimiter)


def open_roster(table: Table, reading: Reading) -> Roster:
    """Return the roster in a table.

    Raises RosterEmpty, HeaderMissing, ColumnsMissing, ColumnUnknown, and what reading the first row raises.
    """
    first = next(table.rows(), None)
    if first is None:
        raise RosterEmpty()
    return Roster(table, recognise(first.cells, reading.mapping, reading.has_header))


def first_rows(table: Table, count: int = 4) -> list[Row]:
    """Return the first rows as they stand, to show to someone who says what the columns are."""
    return list(islice(table.rows(), count))


def _oneroster(source: bytes) -> bytes:
    """Return the people of a OneRoster 1.1 bulk archive (IMS Global, CSV binding)."""
    try:
        files = read_zip(io.BytesIO(source), ONEROSTER_MEMBER, Limits(entries=100))
    except FileRefused as error:
        raise NotATable() from error
    people = [content for name, content in files.items() if name.split("/")[-1] == ONEROSTER_MEMBER]
    if len(people) != 1:
        raise NotATable()
    return people[0]

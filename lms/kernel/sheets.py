"""A list with titled columns, CSV or a workbook: which column is what, line by line, and what is wrong where.

    sheet = open_sheet(source, TITLES, needed=("registration", "task"))
    for line in sheet.lines():
        line.texts.get("task")

Titles are compared without case, accents and signs. A column that nobody asked for is left out.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Generic, TypeVar

from lms.kernel.cells import folded, tidy
from lms.kernel.languages import LazyString
from lms.kernel.refusals import Refusal
from lms.kernel.tables import Row, Table, read_table

Step = TypeVar("Step")

MOST_LINES = 50_000
LONGEST_SHOWN = 80


class ListChanged(Refusal):
    """What a list would do is no longer what was shown: what it is compared with changed meanwhile."""


class SheetEmpty(Refusal):
    """The file holds no row at all."""


class SheetTooLong(Refusal):
    """The file holds more lines than such a list can have."""


class ColumnsNotFound(Refusal):
    """The first row lacks the title of a column that is needed."""


@dataclass(frozen=True)
class Fault:
    """One fault of one line: the line of the file, the title of the column, the cell as it stands."""

    line: int
    column: str
    value: str
    message: LazyString
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """What is wrong and what to do, in the reader's language."""
        return str(self.message) % self.facts

    def as_document(self) -> dict[str, object]:
        """Return the fault for a program."""
        shown = self.value if len(self.value) <= LONGEST_SHOWN else self.value[: LONGEST_SHOWN - 1] + "…"
        return {"line": self.line, "column": self.column, "value": shown, "reason": self.reason}


class WrongCell(Exception):
    """A line cannot be taken because of what stands in a field of it; the other lines may."""

    def __init__(self, field: str, message: LazyString, **facts: object) -> None:
        super().__init__(field)
        self.field, self.message, self.facts = field, message, facts


@dataclass(frozen=True)
class Compared(Generic[Step]):
    """What taking a list over would do, as it is shown before anybody decides."""

    rows: int
    steps: tuple[Step, ...]
    unchanged: int
    faults: tuple[Fault, ...]

    @property
    def refused(self) -> int:
        """How many lines are refused."""
        return len({fault.line for fault in self.faults})

    @property
    def fingerprint(self) -> str:
        """The same for the same work: it changes when what the list was compared with changed meanwhile."""
        told = repr((self.steps, self.unchanged, [(fault.line, fault.column) for fault in self.faults]))
        return hashlib.sha256(told.encode()).hexdigest()

    def check_unchanged(self, fingerprint: str) -> None:
        """Raise ListChanged unless this is what bore that fingerprint when it was shown."""
        if self.fingerprint != fingerprint:
            raise ListChanged()


@dataclass(frozen=True)
class Line:
    """One line: its number in the file and its cells that hold something, by field."""

    number: int
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """An opened list."""

    table: Table
    columns: Mapping[str, int]
    """The place of each field that was found."""
    titles: Sequence[str]

    def lines(self) -> Iterator[Line]:
        """Yield the lines under the titles; raises SheetTooLong and what `Table.rows` raises."""
        rows = self.table.rows()
        for row in islice(rows, 1, MOST_LINES + 1):
            yield Line(row.line, dict(self._texts(row)))
        if next(rows, None) is not None:
            raise SheetTooLong(limit=MOST_LINES)

    def title(self, field: str) -> str:
        """Return the title of a field's column, the field's name where the file has none."""
        return self.titles[self.columns[field]] if field in self.columns else field

    def fault(self, line: Line, field: str, message: LazyString, **facts: object) -> Fault:
        """Return a fault in a field of a line."""
        return Fault(line.number, self.title(field), line.texts.get(field, ""), message, facts)

    def _texts(self, row: Row) -> Iterator[tuple[str, str]]:
        for name, place in self.columns.items():
            text = tidy(row.cells[place]) if place < len(row.cells) else ""
            if text:
                yield name, text


def open_sheet(source: bytes, titles: Mapping[str, Sequence[str]], needed: Sequence[str]) -> Sheet:
    """Return the list in a file; `titles` are those that each field may bear.

    Raises SheetEmpty, ColumnsNotFound, and what `read_table` and reading the first row raise.
    """
    if not source.strip():
        raise SheetEmpty()
    table = read_table(source)
    first = next(table.rows(), None)
    if first is None:
        raise SheetEmpty()
    by_title = {folded(title): place for place, title in reversed(list(enumerate(first.cells)))}
    found = {
        name: next((by_title[folded(title)] for title in known if folded(title) in by_title), None)
        for name, known in titles.items()
    }
    missing = [name for name in needed if found[name] is None]
    if missing:
        raise ColumnsNotFound(
            missing=", ".join(" / ".join(titles[name][:2]) for name in missing),
            found=", ".join(tidy(title) or "–" for title in first.cells[:20]),
        )
    columns = {name: place for name, place in found.items() if place is not None}
    return Sheet(table, columns, [tidy(title) for title in first.cells])

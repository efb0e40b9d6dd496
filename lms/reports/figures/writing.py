"""A table of figures as a file."""

from lms.kernel.languages import current_language
from lms.kernel.languages import gettext as _
from lms.kernel.tables import Leaf, write_csv, write_workbook
from lms.reports import drawing, kept, words
from lms.reports.document import Cell, Column, Pairs, Paragraph, Report, Section, Table
from lms.reports.figures.telling import Told

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
"""The formats there are."""


def write(told: Told, kind: str) -> bytes:
    """Return the table as a CSV file, a workbook with a sheet of definitions, or a print."""
    if kind == "csv":
        return write_csv(told.header, told.lines)
    if kind == "xlsx":
        defined = [*told.definitions, *(("", note) for note in told.notes), (_("As of"), told.as_of)]
        if told.simulated:
            defined.append(("", _("Illustrative data, made by the simulator.")))
        meanings = Leaf(_("Definitions"), [_("Term"), _("Meaning")], defined)
        return write_workbook([Leaf(told.title, told.header, told.lines), meanings])
    return drawing.pdf(_report(told), kept.folder())


def file_name(told: Told, kind: str) -> str:
    """Return what the file is called: what it is, by what, its day."""
    return f"{told.title} – {told.first} {told.as_of.isoformat()}.{kind}"


def _report(told: Told) -> Report:
    columns = tuple(Column(label, number=place > 0) for place, label in enumerate(told.header))
    rows = tuple(tuple(Cell(_text(cell)) for cell in line) for line in told.lines)
    return Report(
        language=current_language(),
        title=told.title,
        subtitle=_("As of %(day)s", day=words.day(told.as_of)),
        banner=_("Illustrative data, made by the simulator.") if told.simulated else "",
        footer=(told.title, words.day(told.as_of)),
        sections=(
            Section("figures", told.first, (*map(Paragraph, told.notes), Table(told.title, columns, rows))),
            Section("definitions", _("Definitions"), (Pairs(told.definitions),)),
        ),
    )


def _text(cell: object) -> str:
    return words.number(cell) if cell is None or isinstance(cell, int | float) else str(cell)

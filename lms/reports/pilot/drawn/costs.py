"""The chart of cost scenarios: costs have no sampling interval, only assumptions."""

from lms.evaluation.units import Unit, typed
from lms.evaluation.verdict import Basis
from lms.kernel.languages import gettext as _
from lms.reports import words
from lms.reports.charts import costs as chart
from lms.reports.document import Block, Cell, Column, Heading, Paragraph, Picture, Table
from lms.reports.pilot import figures
from lms.reports.pilot.source import Row, Source


def costs(source: Source) -> list[Block]:
    """Return the scenarios of each cost in euros."""
    heading = Heading(_("Scenarios"), "scenarios")
    rows = [row for row in source.indicators if row["basis"] == Basis.SCENARIO and _drawable(row)]
    if not rows:
        return [heading, Paragraph(_("No cost was computed under several assumptions: there is no scenario to draw."))]
    spec = chart.spec([_datum(source, row) for row in rows], axis=_("euros"))
    label = _("Cost scenarios. %(rows)s", rows="; ".join(_said(source, row) for row in rows))
    caption = _(
        "Triangles: the most and the least favourable assumptions; disc: the central ones; upright bar: threshold. "
        "Met only if even the least favourable assumptions keep to it."
    )
    return [heading, Picture("costs", spec, label, caption), _table(source, rows)]


def _drawable(row: Row) -> bool:
    marks = (row["value"], row["low"], row["high"])
    return row["unit"] == Unit.EURO and all(isinstance(mark, int | float) for mark in marks)


def _datum(source: Source, row: Row) -> Row:
    scaled = {name: typed(Unit.EURO, row[name]) for name in ("low", "value", "high", "threshold")}
    return {"name": f"{source.label(row)}|{figures.threshold(row)}", **scaled}


def _said(source: Source, row: Row) -> str:
    return f"{source.label(row)}: {figures.value(row)} ({figures.interval(row)})"


def _table(source: Source, rows: list[Row]) -> Table:
    columns = (
        Column(_("Cost")),
        Column(_("Most favourable"), True),
        Column(_("Central"), True),
        Column(_("Least favourable"), True),
        Column(_("Threshold (ambition)")),
    )
    cells = tuple(
        (
            Cell(source.label(row), anchor=f"indicator-{row['code']}"),
            *(Cell(words.amount(row[name], Unit.EURO)) for name in ("low", "value", "high")),
            Cell(figures.threshold(row)),
        )
        for row in rows
    )
    return Table(_("Scenarios of each cost"), columns, cells)

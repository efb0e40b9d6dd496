"""The last arrow of the logic model that held (evaluation reference, section 2.2)."""

from collections.abc import Iterable

from lms.evaluation.indicators.definition import Family
from lms.evaluation.verdict import Verdict
from lms.kernel.languages import gettext as _
from lms.reports.document import Block, Cell, Column, Paragraph, Table
from lms.reports.pilot.source import Row, Source


def last_arrow(source: Source) -> list[Block]:
    """Return how far evidence holds from what was invested to what it was for, and where it ends."""
    arrows = _arrows(source)
    rows = tuple((Cell(name), _state(verdicts), Cell(_codes(own))) for name, own, verdicts in arrows)
    held = None
    for name, _own, verdicts in arrows:
        if not _holds(verdicts):
            break
        held = name
    columns = (Column(_("Arrow")), Column(_("Does it hold?")), Column(_("Indicators")))
    said = (
        _("The last arrow that held: %(arrow)s. Nothing is concluded of those after it.", arrow=held)
        if held
        else _("No arrow is shown to hold: nothing is concluded of those after the first.")
    )
    return [Paragraph(said, strong=True), Table(_("From what was invested to what it is for"), columns, rows)]


def _arrows(source: Source) -> list[tuple[str, list[Row], list[str | None]]]:
    names = (
        (_("modules were used"), Family.USAGE),
        (_("used, so people learnt"), Family.LEARNING),
        (_("learnt, so people work otherwise"), Family.TRANSFER),
        (_("work otherwise, so results change"), None),
    )
    found = []
    for name, family in names:
        own = [row for row in source.indicators if _of(source, row, family)]
        found.append((name, own, [row["verdict"] for row in own if row["verdict"] is not None]))
    return found


def _of(source: Source, row: Row, family: Family | None) -> bool:
    results = row["indicator"] in ("B1", "B2")
    return results if family is None else source.definition(row)["family"] == family and not results


def _holds(verdicts: Iterable[str | None]) -> bool:
    told = list(verdicts)
    return bool(told) and all(verdict == Verdict.MET for verdict in told)


def _state(verdicts: list[str | None]) -> Cell:
    if not verdicts:
        return Cell(_("not measured"))
    if _holds(verdicts):
        return Cell(_("it holds"))
    if Verdict.NOT_MET in verdicts:
        return Cell(_("it does not hold"))
    return Cell(_("open"))


def _codes(rows: list[Row]) -> str:
    return ", ".join(row["code"] for row in rows)

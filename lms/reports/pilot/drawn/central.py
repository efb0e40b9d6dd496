"""The forest plot of every indicator that gets a verdict and has an interval: the central figure."""

from lms.evaluation.units import NAMES, Unit
from lms.evaluation.verdict import Basis
from lms.kernel.languages import gettext as _
from lms.reports import labels, words
from lms.reports.charts import forest
from lms.reports.document import Block, Paragraph, Picture
from lms.reports.pilot import figures
from lms.reports.pilot.source import Row, Source


def central(source: Source) -> list[Block]:
    """Return the plot; its figures stand in the table of verdicts."""
    rows = [row for row in source.indicators if _drawable(row)]
    if not rows:
        return [Paragraph(_("No indicator with a verdict has an interval: there is nothing to draw."))]
    caption = _(
        "Mark: observed; line: interval; upright bar: threshold; diamond: ambition. "
        "The sign and the word at the end are the verdict."
    )
    label = _("Forest plot. %(rows)s", rows="; ".join(_said(source, row) for row in rows))
    spec = forest.spec([_datum(source, row) for row in rows], _titles())
    return [Picture("forest", spec, label, caption)]


def _drawable(row: Row) -> bool:
    """Whether a row has a place on an axis: an end that was not reached has none."""
    marks = (row["value"], row["low"], row["high"])
    return row["primary"] and row["basis"] != Basis.CENSUS and all(isinstance(mark, int | float) for mark in marks)


def _titles() -> dict[str, str]:
    return {unit.value: str(NAMES[unit]) for unit in Unit} | {Unit.SHARE: _("per cent (gaps: points)")}


def _datum(source: Source, row: Row) -> Row:
    return {
        **{name: row[name] for name in ("unit", "value", "low", "high", "threshold", "ambition", "verdict")},
        "name": f"{source.label(row)}|{figures.threshold(row)}",
        "word": str(labels.VERDICTS[row["verdict"]]),
        "sample": "n = " + figures.sample(row),
    }


def _said(source: Source, row: Row) -> str:
    return _(
        "%(indicator)s: %(value)s, interval %(interval)s, threshold %(threshold)s, %(verdict)s",
        indicator=source.label(row),
        value=words.amount(row["value"], figures.unit(row)),
        interval=figures.interval(row),
        threshold=figures.threshold(row),
        verdict=str(labels.VERDICTS[row["verdict"]]),
    )

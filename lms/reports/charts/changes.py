"""A figure of teams with training beside that of teams without it: a line for each period, or each order."""

from collections.abc import Mapping, Sequence
from typing import Any

from lms.evaluation.units import SCALES, Unit
from lms.reports.charts import dots
from lms.reports.charts.dots import Mark
from lms.reports.charts.style import BLUE, BROWN, PAPER, Spec

MARKS = (Mark("without", "square", BROWN, PAPER, 320), Mark("with", "circle", BLUE, BLUE, 110))
SHARES = (Unit.SHARE, Unit.POINTS)


def spec(rows: Sequence[Mapping[str, Any]], unit: Unit, *, axis: str) -> Spec:
    """Return a row for each of rows (`name`; `without`, `with` as they are written, or None; `told`)."""
    return dots.spec(rows, MARKS, axis=axis, step=44, domain=_domain(rows, unit))


def _domain(rows: Sequence[Mapping[str, Any]], unit: Unit) -> tuple[float, float]:
    if unit in SHARES:
        return (0, 100)
    marks = [row[mark.field] for row in rows for mark in MARKS if row[mark.field] is not None]
    low, high = min([0.0, *marks]), max([0.0, *marks])
    return (low * 1.1, high * 1.1 or 10 ** -SCALES[unit].places)

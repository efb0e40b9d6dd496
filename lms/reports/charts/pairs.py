"""What people say beside what they do: a line for each group, marks of three shapes on it."""

from collections.abc import Mapping, Sequence
from typing import Any

from lms.reports.charts import dots
from lms.reports.charts.dots import Mark
from lms.reports.charts.style import BLUE, BROWN, INK, PAPER, Spec

MARKS = (
    Mark("said", "diamond", BROWN, PAPER),
    Mark("reached", "circle", BLUE, BLUE),
    Mark("active", "triangle-up", INK, PAPER),
)


def spec(rows: Sequence[Mapping[str, Any]], *, axis: str) -> Spec:
    """Return a row for each of rows (`name`; `said`, `reached`, `active` in per cent or None; `told`)."""
    return dots.spec(rows, MARKS, axis=axis, step=44)

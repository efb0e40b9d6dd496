"""The share of tasks with enough people, before and after, whole and by shift."""

from collections.abc import Mapping, Sequence
from typing import Any

from lms.reports.charts import dots
from lms.reports.charts.dots import Mark
from lms.reports.charts.style import BLUE, BROWN, PAPER, Spec

MARKS = (Mark("before", "square", BROWN, PAPER, 320), Mark("after", "circle", BLUE, BLUE, 110))


def spec(rows: Sequence[Mapping[str, Any]], *, axis: str) -> Spec:
    """Return a row for each of rows (`name`, `before` or None, `after` or None in per cent, `told`)."""
    return dots.spec(rows, MARKS, axis=axis, step=40)

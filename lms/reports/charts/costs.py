"""Costs under the most favourable, the central and the least favourable assumptions."""

from collections.abc import Mapping, Sequence
from typing import Any

from lms.reports.charts.style import BLUE, INK, PAPER, Spec, chart, layer, lines, values


def spec(rows: Sequence[Mapping[str, Any]], *, axis: str) -> Spec:
    """Return a line for each row (`name`, `low`, `value`, `high`, `threshold`), scenarios as shapes."""
    names = {"domain": False, "ticks": False, "labelLimit": 190, "labelPadding": 12, "labelExpr": lines("datum.label")}
    most = max(row[name] for row in rows for name in ("high", "threshold"))
    x = {
        "type": "quantitative",
        "scale": {"domain": [0, most * 1.05], "nice": True},
        "axis": {"title": axis, "grid": True},
    }
    point = {"type": "point", "size": 150, "opacity": 1, "strokeWidth": 2, "stroke": BLUE}
    return chart(
        width=400,
        height={"step": 46},
        data=values(rows),
        encoding={"y": {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": names}},
        layer=[
            layer({"type": "rule", "strokeWidth": 3, "color": BLUE}, x={**x, "field": "low"}, x2={"field": "high"}),
            layer({**point, "shape": "triangle-right", "fill": PAPER}, x={**x, "field": "low"}),
            layer({**point, "shape": "circle", "fill": BLUE}, x={**x, "field": "value"}),
            layer({**point, "shape": "triangle-left", "fill": PAPER}, x={**x, "field": "high"}),
            layer({"type": "tick", "thickness": 3, "size": 34, "color": INK}, x={**x, "field": "threshold"}),
        ],
    )

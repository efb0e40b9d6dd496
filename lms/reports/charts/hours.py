"""The heat map of kiosk use: sittings by shift and hour, small cells masked."""

from collections.abc import Mapping, Sequence
from typing import Any

from lms.reports.charts.style import BLUE, INK, PALE, PAPER, SOFT, Spec, chart, layer, values


def spec(rows: Sequence[Mapping[str, Any]], *, axis: str) -> Spec:
    """Return the map of rows (`shift`, `hour`, `count` or None, `told`)."""
    most = max((row["count"] or 0 for row in rows), default=0)
    x = {"field": "hour", "type": "ordinal", "axis": {"title": axis, "labelAngle": 0, "domain": False, "ticks": False}}
    y = {"field": "shift", "type": "nominal", "sort": None, "axis": {"title": None, "domain": False, "ticks": False}}
    shade = {
        "field": "count", "type": "quantitative", "legend": None,
        "scale": {"domain": [0, max(most, 1)], "range": [PAPER, BLUE], "interpolate": "lab"},
    }  # fmt: skip
    dark = {"condition": {"test": f"datum.count > {most * 0.55}", "value": PAPER}, "value": INK}
    masked = [{"filter": "datum.count === null"}]
    return chart(
        width={"step": 23},
        height={"step": 30},
        data=values(rows),
        encoding={"x": x, "y": y},
        layer=[
            layer({"type": "rect", "stroke": PALE, "strokeWidth": 1}, color=shade),
            {"transform": masked, **layer({"type": "rect", "fill": PAPER, "stroke": SOFT, "strokeDash": [2, 2]})},
            layer({"type": "text", "fontSize": 10}, text={"field": "told"}, color=dark),
        ],
    )

"""Where people leave: for each module, the share of those who began that did each step."""

from collections.abc import Mapping, Sequence
from typing import Any

from lms.reports.charts.style import BLUE, BROWN, INK, Spec, chart, layer, share_axis, values


def spec(modules: Mapping[str, Sequence[Mapping[str, Any]]], *, axis: str, step: str) -> Spec:
    """Return one small chart for each module, titled; rows have `step`, `share` or None, `lost` (words or nothing)."""
    return chart(columns=3, concat=[_module(title, rows, axis, step) for title, rows in modules.items()])


def _module(title: str, rows: Sequence[Mapping[str, Any]], axis: str, step: str) -> Spec:
    x = {
        "field": "step",
        "type": "ordinal",
        "axis": {"title": step, "labelAngle": 0, "grid": False, "labelOverlap": True},
    }
    lost = {"condition": {"test": "datum.lost !== ''", "value": BROWN}, "value": BLUE}
    return {
        "title": title,
        "width": 148,
        "height": 90,
        "data": values(rows),
        "encoding": {"x": x},
        "layer": [
            layer({"type": "bar", "width": {"band": 0.72}}, y=share_axis(axis), color=lost),
            layer(
                {"type": "text", "dy": -7, "fontSize": 11, "fontWeight": "bold", "color": INK},
                y=share_axis(axis), text={"field": "lost"},
            ),
        ],
    }  # fmt: skip

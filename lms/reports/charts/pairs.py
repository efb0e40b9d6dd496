"""What people say beside what they do: a line for each group, marks of three shapes on it."""

from collections.abc import Mapping, Sequence
from typing import Any

from lms.reports.charts.style import BLUE, BROWN, GREY, INK, LINE, PAPER, Spec, chart, layer, values


def spec(rows: Sequence[Mapping[str, Any]], *, axis: str) -> Spec:
    """Return a row for each of rows (`name`; `said`, `reached`, `active` in per cent or None; `told`)."""
    x = {"type": "quantitative", "scale": {"domain": [0, 100]}, "axis": {"title": axis, "gridColor": LINE}}
    y = {
        "field": "name", "type": "nominal", "sort": None,
        "axis": {"title": None, "domain": False, "ticks": False, "labelLimit": 190, "labelPadding": 12},
    }  # fmt: skip
    point = {"type": "point", "size": 150, "opacity": 1, "strokeWidth": 2}
    both = [{"filter": "datum.said !== null && datum.reached !== null"}]
    return chart(
        width=400,
        height={"step": 44},
        data=values(rows),
        encoding={"y": y},
        layer=[
            {
                "transform": both,
                **layer({"type": "rule", "color": GREY}, x={**x, "field": "said"}, x2={"field": "reached"}),
            },
            layer({**point, "shape": "diamond", "stroke": BROWN, "fill": PAPER}, x={**x, "field": "said"}),
            layer({**point, "shape": "circle", "stroke": BLUE, "fill": BLUE}, x={**x, "field": "reached"}),
            layer({**point, "shape": "triangle-up", "stroke": INK, "fill": PAPER}, x={**x, "field": "active"}),
            layer(
                {"type": "text", "align": "left", "dx": 12, "fontSize": 11}, x={"value": 400}, text={"field": "told"}
            ),
        ],
    )

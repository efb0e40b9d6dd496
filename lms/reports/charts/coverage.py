"""The share of tasks with enough people, before and after, whole and by shift."""

from collections.abc import Mapping, Sequence
from typing import Any

from lms.reports.charts.style import BLUE, BROWN, GREY, LINE, PAPER, Spec, chart, layer, values


def spec(rows: Sequence[Mapping[str, Any]], *, axis: str) -> Spec:
    """Return a row for each of rows (`name`, `before` or None, `after` or None in per cent, `told`)."""
    x = {"type": "quantitative", "scale": {"domain": [0, 100]}, "axis": {"title": axis, "gridColor": LINE}}
    y = {
        "field": "name", "type": "nominal", "sort": None,
        "axis": {"title": None, "domain": False, "ticks": False, "labelLimit": 190, "labelPadding": 12},
    }  # fmt: skip
    point = {"type": "point", "size": 150, "opacity": 1, "strokeWidth": 2}
    both = [{"filter": "datum.before !== null && datum.after !== null"}]
    return chart(
        width=400,
        height={"step": 40},
        data=values(rows),
        encoding={"y": y},
        layer=[
            {
                "transform": both,
                **layer({"type": "rule", "color": GREY}, x={**x, "field": "before"}, x2={"field": "after"}),
            },
            layer({**point, "shape": "square", "stroke": BROWN, "fill": PAPER}, x={**x, "field": "before"}),
            layer({**point, "shape": "circle", "stroke": BLUE, "fill": BLUE}, x={**x, "field": "after"}),
            layer(
                {"type": "text", "align": "left", "dx": 12, "fontSize": 11}, x={"value": 400}, text={"field": "told"}
            ),
        ],
    )

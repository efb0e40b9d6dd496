"""What training costs in all, digital and in a classroom, by how many people learn: where the lines meet it pays."""

from collections.abc import Sequence
from typing import Any

from lms.reports.charts.style import BLUE, BROWN, INK, WIDE, Spec, chart, layer, values

POINTS = 24


def rows(fixed: float, variable: float, classroom: float, most: float, names: Sequence[str]) -> list[dict[str, Any]]:
    """Return points of both lines up to `most` people; `variable` and `classroom` are of one person."""
    steps = [most * step / POINTS for step in range(POINTS + 1)]
    digital = [{"heads": heads, "cost": fixed + variable * heads, "way": names[0]} for heads in steps]
    return digital + [{"heads": heads, "cost": classroom * heads, "way": names[1]} for heads in steps]


def spec(points: Sequence[dict[str, Any]], meets: float | None, *, heads: str, cost: str, meeting: str) -> Spec:
    """Return both lines, and where they meet, if they do."""
    names = list(dict.fromkeys(point["way"] for point in points))
    colour = {
        "field": "way",
        "type": "nominal",
        "scale": {"domain": names, "range": [BLUE, BROWN]},
        "legend": {"title": None, "orient": "top", "labelFontSize": 12, "labelColor": INK},
    }
    dash = {"field": "way", "type": "nominal", "scale": {"domain": names, "range": [[1, 0], [6, 4]]}, "legend": None}
    x = {"field": "heads", "type": "quantitative", "axis": {"title": heads, "grid": False, "tickCount": 8}}
    y = {"field": "cost", "type": "quantitative", "axis": {"title": cost, "grid": True}}
    drawn: list[Any] = [layer({"type": "line", "strokeWidth": 2.5}, x=x, y=y, color=colour, strokeDash=dash)]
    if meets is not None:
        there = [{"heads": meets, "said": meeting}]
        drawn += [
            {"data": values(there), **layer({"type": "rule", "color": INK, "strokeDash": [3, 3]}, x=x)},
            {
                "data": values(there),
                **layer(
                    {"type": "text", "align": "left", "dx": 6, "baseline": "top"},
                    x=x,
                    y={"value": 4},
                    text={"field": "said"},
                ),
            },
        ]
    return chart(width=WIDE, height=280, data=values(points), layer=drawn)

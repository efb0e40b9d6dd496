"""A line for each group with marks of several shapes on it: what pairs of figures are drawn with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lms.reports.charts.style import GREY, LINE, Spec, chart, layer, lines, values


@dataclass(frozen=True)
class Mark:
    """How one field of the rows is drawn."""

    field: str
    """In per cent (or on the scale of the domain), or None where it is hidden or unknown."""
    shape: str
    stroke: str
    fill: str
    size: int = 150
    """In square pixels: of marks that may lie on each other the first is the larger."""


def spec(
    rows: Sequence[Mapping[str, Any]],
    marks: Sequence[Mark],
    *,
    axis: str,
    step: int,
    domain: Sequence[float] = (0, 100),
) -> Spec:
    """Return a line for each of rows (`name`, a field for each mark, `told`), `step` pixels apart.

    A rule joins the first two marks where both are known.
    """
    x = {"type": "quantitative", "scale": {"domain": list(domain)}, "axis": {"title": axis, "gridColor": LINE}}
    y = {
        "field": "name", "type": "nominal", "sort": [row["name"] for row in rows],
        "axis": {
            "title": None, "domain": False, "ticks": False, "labelLimit": 190, "labelPadding": 12,
            "labelExpr": lines("datum.label"),
        },
    }  # fmt: skip
    point = {"type": "point", "opacity": 1, "strokeWidth": 2}
    first, second = marks[0].field, marks[1].field
    both = [{"filter": f"datum.{first} !== null && datum.{second} !== null"}]
    rule = layer({"type": "rule", "color": GREY}, x={**x, "field": first}, x2={"field": second})
    drawn = [
        layer(
            {**point, "size": mark.size, "shape": mark.shape, "stroke": mark.stroke, "fill": mark.fill},
            x={**x, "field": mark.field},
        )
        for mark in marks
    ]
    told = layer({"type": "text", "align": "left", "dx": 18, "fontSize": 11}, x={"value": 400}, text={"field": "told"})
    return chart(
        width=400,
        height={"step": step},
        data=values(rows),
        encoding={"y": y},
        layer=[{"transform": both, **rule}, *drawn, told],
    )

"""The flow diagram: how many people remained at each step, and who was left out on the way."""

from collections.abc import Sequence
from dataclasses import dataclass

from lms.reports.charts.style import BLUE, INK, PALE, SOFT, Spec, chart, layer, values

STEP, BOX, SIDE = 66, 300, 320


@dataclass(frozen=True)
class Stage:
    """One box: its words, and what stands beside the arrow that leads to the next."""

    label: str
    count: str
    aside: str = ""


def spec(stages: Sequence[Stage]) -> Spec:
    """Return the diagram, first stage on top; the height is the number of stages."""
    last = len(stages) - 1
    rows = [
        {
            "label": stage.label, "count": stage.count, "aside": stage.aside, "top": place * STEP,
            "bottom": place * STEP + 42, "next": (place + 1) * STEP - 6, "middle": place * STEP + 21,
            "beside": place * STEP + 54, "arrow": place < last,
        }
        for place, stage in enumerate(stages)
    ]  # fmt: skip
    height = last * STEP + 44
    y = {"type": "quantitative", "scale": {"domain": [0, height], "reverse": True, "nice": False}, "axis": None}
    arrows = {"transform": [{"filter": "datum.arrow"}]}
    box = {"x": {"value": 0}, "x2": {"value": BOX}, "y": {**y, "field": "top"}, "y2": {"field": "bottom"}}
    return chart(
        width=BOX + SIDE,
        height=height,
        data=values(rows),
        layer=[
            layer({"type": "rect", "fill": PALE, "stroke": BLUE, "strokeWidth": 1.5, "cornerRadius": 4}, **box),
            layer(
                {"type": "text", "align": "left", "baseline": "middle", "limit": BOX - 96},
                x={"value": 12}, y={**y, "field": "middle"}, text={"field": "label"},
            ),
            layer(
                {"type": "text", "align": "right", "baseline": "middle", "fontWeight": "bold", "fontSize": 14},
                x={"value": BOX - 12}, y={**y, "field": "middle"}, text={"field": "count"},
            ),
            {**arrows, **layer(
                {"type": "rule", "color": SOFT, "strokeWidth": 1.5},
                x={"value": 40}, y={**y, "field": "bottom"}, y2={"field": "next"},
            )},
            {**arrows, **layer(
                {"type": "point", "shape": "triangle-down", "filled": True, "size": 60, "color": SOFT, "opacity": 1},
                x={"value": 40}, y={**y, "field": "next"},
            )},
            {**arrows, **layer(
                {"type": "text", "align": "left", "baseline": "middle", "color": INK, "limit": BOX + SIDE - 60},
                x={"value": 56}, y={**y, "field": "beside"}, text={"field": "aside"},
            )},
        ],
    )  # fmt: skip

"""The map of questions: how easy each is, and how well it tells apart who knows from who does not."""

from collections.abc import Mapping, Sequence
from math import ceil, floor
from typing import Any

from lms.reports.charts.style import BLUE, BROWN, GREY, LINE, Spec, chart, layer, values

STEP = 20
"""Per cent between two lines of the map."""


def spec(rows: Sequence[Mapping[str, Any]], *, easy: str, apart: str) -> Spec:
    """Return the map of rows: `name` (short), `facility`, `discrimination` in per cent, `flagged`.

    It is as high as they reach: most lie in a corner, and would lie on each other.
    """
    reached = [0, STEP, *(row["discrimination"] for row in rows if row["discrimination"] is not None)]
    heights = [STEP * floor(min(reached) / STEP), STEP * ceil(max(reached) / STEP)]
    x = {
        "field": "facility", "type": "quantitative", "scale": {"domain": [0, 100]},
        "axis": {"title": easy, "gridColor": LINE},
    }  # fmt: skip
    y = {
        "field": "discrimination", "type": "quantitative", "scale": {"domain": heights},
        "axis": {"title": apart, "gridColor": LINE},
    }  # fmt: skip
    by_flag = {"test": "datum.flagged"}
    return chart(
        width=430,
        height=260,
        layer=[
            {"data": values([{"zero": 0}]), **layer({"type": "rule", "color": GREY}, y={**y, "field": "zero"})},
            {
                "data": values(rows),
                "encoding": {"x": x, "y": y},
                "layer": [
                    layer(
                        {"type": "point", "filled": True, "opacity": 0.85, "size": 90},
                        shape={"condition": {**by_flag, "value": "triangle-up"}, "value": "circle"},
                        color={"condition": {**by_flag, "value": BROWN}, "value": BLUE},
                    ),
                    layer({"type": "text", "align": "left", "dx": 8, "dy": -5, "fontSize": 10}, text={"field": "name"}),
                ],
            },
        ],
    )

"""A Pareto chart: kinds from the most to the least frequent, and the share they make together."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from textwrap import wrap
from typing import Any

from lms.reports.charts.style import BLUE, BROWN, PAPER, Spec, chart, layer, lines, values

LETTERS = 20
"""In a line under a bar."""


def spec(rows: Sequence[Mapping[str, Any]], *, axis: str, together: str) -> Spec:
    """Return bars of rows (`name`, `value`, `told`), the largest first, and the curve of what they add up to."""
    ordered = sorted(rows, key=lambda row: (-row["value"], row["name"]))
    whole = sum(row["value"] for row in ordered)
    sums = accumulate(row["value"] for row in ordered)
    drawn = [
        {
            "name": "|".join([*wrap(row["name"], LETTERS), row["told"]]),
            "value": row["value"],
            "together": 100 * so_far / whole,
        }
        for row, so_far in zip(ordered, sums, strict=True)
    ]
    x = {
        "field": "name", "type": "nominal", "sort": [row["name"] for row in drawn],
        "axis": {"title": None, "labelAngle": 0, "labelLimit": 132, "labelExpr": lines("datum.label")},
    }  # fmt: skip
    bars = {"field": "value", "type": "quantitative", "axis": {"title": axis}, "scale": {"domain": [0, whole]}}
    curve = {
        "field": "together", "type": "quantitative", "scale": {"domain": [0, 100]},
        "axis": {"title": together, "values": [0, 25, 50, 75, 100], "grid": False, "orient": "right"},
    }  # fmt: skip
    return chart(
        width=560,
        height=200,
        data=values(drawn),
        encoding={"x": x},
        resolve={"scale": {"y": "independent"}},
        layer=[
            layer({"type": "bar", "color": BLUE, "width": {"band": 0.6}}, y=bars),
            {
                "layer": [
                    layer({"type": "line", "color": BROWN, "strokeDash": [5, 4], "strokeWidth": 2}, y=curve),
                    layer({"type": "point", "stroke": BROWN, "fill": PAPER, "opacity": 1, "size": 60}, y=curve),
                ]
            },
        ],
    )

"""Scores before and after, quantile by quantile: never a line for one person."""

from collections.abc import Mapping, Sequence
from typing import Any

from lms.reports.charts.style import BLUE, BROWN, PAPER, Spec, chart, layer, share_axis, values


def spec(rows: Sequence[Mapping[str, Any]], *, axis: str, quantile: str, before: str, after: str) -> Spec:
    """Return two curves of rows (`quantile` in per cent, `before`, `after` in per cent), named at their ends."""
    x = {
        "field": "quantile",
        "type": "quantitative",
        "scale": {"domain": [0, 100]},
        "axis": {"title": quantile, "values": [row["quantile"] for row in rows], "grid": False},
    }
    looks = {"before": (before, BROWN, [5, 4], PAPER), "after": (after, BLUE, [1, 0], BLUE)}
    layers: list[Spec] = []
    for field, (name, colour, dash, fill) in looks.items():
        y = share_axis(axis, field)
        layers += [
            layer({"type": "line", "color": colour, "strokeDash": dash, "strokeWidth": 2.5}, x=x, y=y),
            layer({**_POINT, "stroke": colour, "fill": fill}, x=x, y=y),
            {
                "transform": [{"filter": f"datum.quantile === {rows[-1]['quantile']}"}],
                **layer(
                    {"type": "text", "align": "left", "dx": 10, "color": colour, "fontWeight": "bold"},
                    x=x, y=y, text={"value": name},
                ),
            },
        ]  # fmt: skip
    return chart(width=430, height=210, data=values(rows), layer=layers)


_POINT = {"type": "point", "size": 80, "opacity": 1, "strokeWidth": 2}

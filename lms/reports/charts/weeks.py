"""The share of people active in each week, weeks in which a kiosk was cut off marked."""

from collections.abc import Mapping, Sequence
from typing import Any

from lms.reports.charts.style import BLUE, GREY, PAPER, SOFT, Spec, chart, layer, lines, share_axis, values


def spec(rows: Sequence[Mapping[str, Any]], *, axis: str, cut_off: str) -> Spec:
    """Return the curve of rows (`name` of the week with its n, `share` or None, `late` or not)."""
    x = {"field": "name", "type": "ordinal", "sort": [row["name"] for row in rows], "axis": _AXIS}
    late = [{"filter": "datum.late"}]
    return chart(
        width=540,
        height=200,
        data=values([{**row, "said": cut_off if row["late"] else ""} for row in rows]),
        encoding={"x": x},
        layer=[
            {"transform": late, **layer({"type": "rule", "color": GREY, "strokeDash": [4, 3], "strokeWidth": 1.5})},
            {"transform": late, **layer(
                {"type": "text", "baseline": "bottom", "dy": -4, "fontSize": 11, "color": SOFT},
                y={"value": 0}, text={"field": "said"},
            )},
            layer({"type": "line", "color": BLUE, "strokeWidth": 2.5}, y=share_axis(axis)),
            layer(
                {"type": "point", "fill": PAPER, "stroke": BLUE, "strokeWidth": 2, "size": 70, "opacity": 1},
                y=share_axis(axis),
            ),
            layer({**_LABEL, "stroke": PAPER, "strokeWidth": 4}, y=share_axis(axis), text={"field": "told"}),
            layer(_LABEL, y=share_axis(axis), text={"field": "told"}),
        ],
    )  # fmt: skip


_LABEL = {"type": "text", "dy": -14, "fontSize": 11}
_AXIS = {"title": None, "labelAngle": 0, "labelExpr": lines("datum.label"), "labelPadding": 6, "grid": False}

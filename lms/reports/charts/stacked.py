"""Groups side by side: how far their people are, or how long they worked."""

from collections.abc import Sequence
from typing import Any

from lms.reports.charts.style import BLUE, BROWN, GREY, INK, PALE, Spec, chart, layer, values

_SHADES = (BLUE, "#8ab4c9", PALE, BROWN)
"""Completed, under way, not started, late: apart by lightness too."""
_LABELS = {"domain": False, "ticks": False, "labelLimit": 240, "labelPadding": 8}


def spec(rows: Sequence[Sequence[Any]], kinds: Sequence[str]) -> Spec:
    """Return a bar for each row (a name, then a number for each kind), the shares of the kinds beside each other."""
    data = [
        {"name": name, "kind": kind, "place": place, "people": number}
        for name, *numbers in rows
        for place, (kind, number) in enumerate(zip(kinds, numbers, strict=True))
    ]
    axis = {"title": "%", "format": "%", "grid": True, "values": [0, 0.25, 0.5, 0.75, 1]}
    return _bars(data, kinds, _SHADES, {"field": "people", "type": "quantitative", "stack": "normalize", "axis": axis})


def beside(rows: Sequence[Sequence[Any]], kinds: Sequence[str]) -> Spec:
    """Return two bars for each row (a name, then a number for each of the two kinds)."""
    data = [
        {"name": name, "kind": kind, "place": place, "people": number}
        for name, *numbers in rows
        for place, (kind, number) in enumerate(zip(kinds, numbers, strict=True))
    ]
    x = {"field": "people", "type": "quantitative", "stack": None, "axis": {"title": "h", "grid": True}}
    return _bars(data, kinds, (GREY, BLUE), x, yOffset={"field": "kind", "type": "nominal", "sort": list(kinds)})


def _bars(data: list[dict[str, Any]], kinds: Sequence[str], shades: Sequence[str], x: Spec, **more: Spec) -> Spec:
    names = list(dict.fromkeys(row["name"] for row in data))
    colour = {
        "field": "kind",
        "type": "nominal",
        "sort": list(kinds),
        "scale": {"domain": list(kinds), "range": list(shades[: len(kinds)])},
        "legend": {
            "title": None,
            "orient": "top",
            "labelFontSize": 12,
            "labelColor": INK,
            "labelLimit": 240,
            "symbolType": "square",
        },
    }
    return chart(
        width=400,
        height={"step": 14 if more else 24},
        data=values(data),
        encoding={"y": {"field": "name", "type": "nominal", "sort": names, "title": None, "axis": _LABELS}, **more},
        layer=[layer({"type": "bar", "stroke": GREY, "strokeWidth": 0.5}, x=x, color=colour, order={"field": "place"})],
    )

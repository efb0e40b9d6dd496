"""How every chart looks: type, ink, axes. Colours differ in lightness and are never red against green."""

from collections.abc import Mapping, Sequence
from typing import Any

from lms.kernel.languages import current_language

Spec = dict[str, Any]

INK, SOFT, LINE, PAPER = "#14212b", "#43515c", "#dcd9d1", "#ffffff"
BLUE, BROWN, GREY, PALE = "#0f5a7a", "#872f00", "#46535d", "#e3edf2"
FONT = "Atkinson Hyperlegible Next, DejaVu Sans, sans-serif"
WIDTH = 620
"""A chart's whole width in pixels: at the width of a page its type is as large as the text."""

WIDE = 580
"""The width of what is drawn, without its names, in a chart that has a page for itself."""


NUMBERS = {"fr": {"decimal": ",", "thousands": "\u00a0", "grouping": [3], "currency": ["", "\u00a0€"]}}
"""How a language writes numbers, where it is not as the library does."""


def chart(**parts: Any) -> Spec:
    """Return a specification in the house's style."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": PAPER,
        **parts,
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "axis": {
                "labelFontSize": 12, "titleFontSize": 12, "labelColor": INK, "titleColor": SOFT,
                "titleFontWeight": "normal", "gridColor": LINE, "domainColor": SOFT, "tickColor": SOFT,
            },
            "text": {"fontSize": 12, "color": INK},
            "title": {"fontSize": 13, "color": INK, "anchor": "start", "fontWeight": "bold", "offset": 8},
            "concat": {"spacing": 18},
            **({"locale": {"number": NUMBERS[language]}} if (language := current_language()) in NUMBERS else {}),
        },
    }  # fmt: skip


def wide(spec: Spec) -> Spec:
    """Return a chart for a page of its own, whose whole width it takes."""
    return {**spec, "width": WIDE}


def values(rows: Sequence[Mapping[str, Any]]) -> Spec:
    """Return data that stand in the specification itself."""
    return {"values": [dict(row) for row in rows]}


def layer(mark: dict[str, Any], **encoding: Any) -> Spec:
    """Return one layer."""
    return {"mark": mark, "encoding": encoding}


def share_axis(title: str, field: str = "share", **more: Any) -> Spec:
    """Return a vertical axis for rates: always 0 to 100 %."""
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [0, 100]},
        "axis": {"title": title, "values": [0, 25, 50, 75, 100], "grid": True, **more},
    }


def lines(field: str) -> str:
    """Return the expression that breaks a label at its bars."""
    return f"split({field}, '|')"

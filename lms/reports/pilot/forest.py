"""The forest plot as a Vega-Lite specification: estimate, interval, threshold, ambition, verdict.

Shapes and words carry the verdict, colour only repeats it; *inconclusive* is as large as
the others. The plot speaks through its label and the table beneath it.
"""

from collections.abc import Mapping
from typing import Any

from lms.evaluation.units import Unit
from lms.evaluation.verdict import Verdict
from lms.kernel.languages import gettext as _
from lms.reports import labels
from lms.reports.pilot import figures
from lms.reports.pilot.source import Row, Source

INK, SOFT, LINE = "#14212b", "#43515c", "#dcd9d1"
COLOURS = {Verdict.MET: "#00593f", Verdict.NOT_MET: "#872f00", Verdict.INCONCLUSIVE: "#46535d"}
FILLS = {**COLOURS, Verdict.INCONCLUSIVE: "#ffffff"}
CROSS = "M-.7,-1L0,-.3L.7,-1L1,-.7L.3,0L1,.7L.7,1L0,.3L-.7,1L-1,.7L-.3,0L-1,-.7Z"
SHAPES = {Verdict.MET: "circle", Verdict.NOT_MET: CROSS, Verdict.INCONCLUSIVE: "circle"}
FONT = "Atkinson Hyperlegible Next, DejaVu Sans, sans-serif"
ROW_HEIGHT = 48
NAMES = {"domain": False, "ticks": False, "labelLimit": 250, "labelPadding": 14, "labelExpr": "split(datum.label, '|')"}


def spec(source: Source) -> dict[str, Any]:
    """Return the specification; every primary indicator with an interval is a row."""
    rows = [_datum(source, row) for row in shown(source)]
    x = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [0, 100]},
        "axis": {"title": _("per cent (gaps: points)"), "grid": True, "gridColor": LINE, "tickCount": 10},
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 430,
        "height": {"step": ROW_HEIGHT},
        "data": {"values": rows},
        "encoding": {"y": {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": NAMES}},
        "layer": [
            _layer({"type": "rule", "strokeWidth": 3}, x={**x, "field": "low"}, x2={"field": "high"}, color=True),
            _layer({"type": "point", "size": 210, "opacity": 1, "strokeWidth": 3}, x=x, sign=True),
            _layer({"type": "tick", "thickness": 3, "size": 36, "color": INK}, x={**x, "field": "threshold"}),
            _layer(
                {"type": "point", "shape": "diamond", "filled": False, "size": 110, "color": SOFT, "strokeWidth": 2},
                x={**x, "field": "ambition"},
            ),
            _layer(
                {"type": "text", "align": "left", "dx": 12, "dy": -7, "fontWeight": "bold", "fontSize": 13},
                x={"value": 430}, color=True, text={"field": "word"},
            ),
            _layer(
                {"type": "text", "align": "left", "dx": 12, "dy": 9, "fontSize": 12, "color": SOFT},
                x={"value": 430}, text={"field": "sample"},
            ),
        ],
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "axis": {"labelFontSize": 13, "titleFontSize": 12, "labelColor": INK, "titleColor": SOFT},
        },
    }  # fmt: skip


def shown(source: Source) -> list[Row]:
    """Return the indicators that the plot shows."""
    return [
        row
        for row in source.indicators
        if row["primary"] and row["low"] is not None and figures.unit(row) in (Unit.SHARE, Unit.POINTS)
    ]


def _datum(source: Source, row: Row) -> Row:
    return {
        "name": f"{source.label(row)}|{figures.threshold(row)}",
        "value": row["value"] * 100,
        "low": row["low"] * 100,
        "high": row["high"] * 100,
        "threshold": row["threshold"] * 100,
        "ambition": None if row["ambition"] is None else row["ambition"] * 100,
        "verdict": row["verdict"],
        "word": str(labels.VERDICTS[row["verdict"]]),
        "sample": "n = " + figures.sample(row),
    }


def _layer(mark: dict[str, Any], *, color: bool = False, sign: bool = False, **encoding: Any) -> dict[str, Any]:
    if color:
        encoding["color"] = _by_verdict(COLOURS)
    if sign:
        encoding |= {"stroke": _by_verdict(COLOURS), "fill": _by_verdict(FILLS), "shape": _by_verdict(SHAPES)}
    return {"mark": mark, "encoding": encoding}


def _by_verdict(values: Mapping[Verdict, str]) -> dict[str, Any]:
    scale = {"domain": [verdict.value for verdict in values], "range": list(values.values())}
    return {"field": "verdict", "type": "nominal", "legend": None, "scale": scale}

"""The forest plot: estimate, interval, threshold, ambition, verdict, one band of rows for each unit.

*Inconclusive* is as large as the others. Rates and gaps share an axis from 0 to 100; every
other unit has an axis of its own, so that no value is squeezed by another's scale.
"""

from collections.abc import Mapping
from typing import Any

from lms.evaluation.units import SCALES, Unit, typed
from lms.evaluation.verdict import Verdict
from lms.reports.charts.style import BROWN, GREY, INK, SOFT, Spec, chart, lines, values

MET = "#00593f"
COLOURS = {Verdict.MET: MET, Verdict.NOT_MET: BROWN, Verdict.INCONCLUSIVE: GREY}
FILLS = {**COLOURS, Verdict.INCONCLUSIVE: "#ffffff"}
CROSS = "M-.7,-1L0,-.3L.7,-1L1,-.7L.3,0L1,.7L.7,1L0,.3L-.7,1L-1,.7L-.3,0L-1,-.7Z"
SHAPES = {Verdict.MET: "circle", Verdict.NOT_MET: CROSS, Verdict.INCONCLUSIVE: "circle"}
ROW_HEIGHT, PLOT, NAMES = 36, 300, 190
HUNDREDS = (Unit.SHARE, Unit.POINTS)


def spec(rows: list[Mapping[str, Any]], titles: Mapping[str, str]) -> Spec:
    """Return the plot of rows, in bands titled by unit.

    A row has `name`, `unit`, `verdict`, `word`, `sample`, and in stored units `value`,
    `low`, `high`, `threshold`, `ambition`.
    """
    bands: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        unit = Unit(row["unit"])
        bands.setdefault(Unit.SHARE if unit in HUNDREDS else unit, []).append(row)
    drawn = [_band(Unit(unit), own, titles[unit]) for unit, own in bands.items()]
    return chart(vconcat=drawn, resolve={"scale": {"x": "independent", "y": "independent"}})


def _band(unit: Unit, rows: list[Mapping[str, Any]], title: str) -> Spec:
    x = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": _domain(unit, rows), "nice": unit not in HUNDREDS},
        "axis": {"title": title, "grid": True, "tickCount": 6},
    }
    axis = {
        "domain": False, "ticks": False, "labelLimit": NAMES, "labelPadding": 12, "minExtent": NAMES,
        "maxExtent": NAMES, "labelExpr": lines("datum.label"),
    }  # fmt: skip
    return {
        "width": PLOT,
        "height": {"step": ROW_HEIGHT},
        "data": values([_datum(unit, row) for row in rows]),
        "encoding": {"y": {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": axis}},
        "layer": [
            _layer({"type": "rule", "strokeWidth": 3}, x={**x, "field": "low"}, x2={"field": "high"}, color=True),
            _layer({"type": "point", "size": 190, "opacity": 1, "strokeWidth": 3}, x=x, sign=True),
            _layer({"type": "tick", "thickness": 3, "size": 34, "color": INK}, x={**x, "field": "threshold"}),
            _layer(
                {"type": "point", "shape": "diamond", "filled": False, "size": 110, "color": SOFT, "strokeWidth": 2},
                x={**x, "field": "ambition"},
            ),
            _layer(
                {"type": "text", "align": "left", "dx": 12, "dy": -7, "fontWeight": "bold", "fontSize": 13},
                x={"value": PLOT}, color=True, text={"field": "word"},
            ),
            _layer(
                {"type": "text", "align": "left", "dx": 12, "dy": 9, "fontSize": 11, "color": SOFT},
                x={"value": PLOT}, text={"field": "sample"},
            ),
        ],
    }  # fmt: skip


def _domain(unit: Unit, rows: list[Mapping[str, Any]]) -> list[float]:
    if unit in HUNDREDS:
        return [0, 100]
    marks = [row[name] for row in rows for name in ("value", "low", "high", "threshold", "ambition")]
    found = [typed(unit, mark) for mark in marks if mark is not None]
    low = min(0.0, *found) if SCALES[unit].lowest in (0, None) or min(found) < 0 else min(found)
    return [low, max(found) + (max(found) - low) * 0.05]


def _datum(unit: Unit, row: Mapping[str, Any]) -> dict[str, Any]:
    scaled = {
        name: None if row[name] is None else typed(unit, row[name])
        for name in ("value", "low", "high", "threshold", "ambition")
    }
    return {**{name: row[name] for name in ("name", "verdict", "word", "sample")}, **scaled}


def _layer(mark: dict[str, Any], *, color: bool = False, sign: bool = False, **encoding: Any) -> Spec:
    if color:
        encoding["color"] = _by_verdict(COLOURS)
    if sign:
        encoding |= {"stroke": _by_verdict(COLOURS), "fill": _by_verdict(FILLS), "shape": _by_verdict(SHAPES)}
    return {"mark": mark, "encoding": encoding}


def _by_verdict(found: Mapping[Verdict, str]) -> dict[str, Any]:
    scale = {"domain": [verdict.value for verdict in found], "range": list(found.values())}
    return {"field": "verdict", "type": "nominal", "legend": None, "scale": scale}

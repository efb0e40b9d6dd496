"""The chances of a verdict over the true value, as a Vega-Lite specification.

Three lines told apart by dashes and marks as well as by colour, with their words at the
top; an upright bar is the threshold, a dashed one the ambition.
"""

from typing import Any

from lms.evaluation.chances import Chances
from lms.evaluation.indicators.definition import Definition
from lms.evaluation.power import Power
from lms.evaluation.units import NAMES, SCALES, Unit, typed
from lms.evaluation.verdict import Verdict
from lms.kernel.languages import gettext as _
from lms.reports import labels
from lms.reports.charts.forest import COLOURS
from lms.reports.charts.style import INK, WIDTH, Spec, chart, share_axis, values

DASHES = {Verdict.MET: [1, 0], Verdict.NOT_MET: [9, 5], Verdict.INCONCLUSIVE: [2, 4]}
HEIGHT = 240


def spec(power: Power, definition: Definition, threshold: float, ambition: float | None) -> Spec:
    """Return the specification of one indicator's curve."""
    unit = definition.unit
    bars = [{"at": typed(unit, threshold), "word": _("threshold"), "dash": 1}]
    if ambition is not None:
        bars.append({"at": typed(unit, ambition), "word": _("ambition"), "dash": 2})
    rows = [
        {"truth": typed(unit, one.truth), "chance": round(100 * chance, 1), "verdict": str(labels.VERDICTS[verdict])}
        for one in power.curve
        for verdict, chance in _chances(one)
    ]
    words = [str(labels.VERDICTS[verdict]) for verdict in COLOURS]
    x = {
        "field": "truth",
        "type": "quantitative",
        "scale": {"zero": False, "nice": False},
        "axis": {
            "title": _("true value, in %(unit)s", unit=NAMES[unit]),
            "grid": False,
            "format": _format(unit),
            "tickCount": 8,
        },
    }
    legend = {"title": None, "orient": "top", "symbolSize": 900, "labelFontSize": 14, "symbolStrokeWidth": 3}
    named = {"field": "verdict", "type": "nominal", "sort": words}
    line = {
        "mark": {"type": "line", "strokeWidth": 3, "interpolate": "monotone"},
        "encoding": {
            "x": x,
            "y": share_axis(_("chance in per cent"), field="chance"),
            "color": {**named, "scale": {"domain": words, "range": list(COLOURS.values())}, "legend": legend},
            "strokeDash": {**named, "scale": {"domain": words, "range": [DASHES[one] for one in COLOURS]}},
        },
    }
    return chart(width=WIDTH, height=HEIGHT, data=values(rows), layer=[line, *(_bar(bar) for bar in bars)])


def _chances(one: Chances) -> list[tuple[Verdict, float]]:
    return [
        (Verdict.MET, one.met),
        (Verdict.NOT_MET, one.not_met),
        (Verdict.INCONCLUSIVE, one.inconclusive),
    ]


def _bar(bar: dict[str, Any]) -> Spec:
    dash = [1, 0] if bar["dash"] == 1 else [4, 3]
    at = {"field": "at", "type": "quantitative"}
    return {
        "data": {"values": [bar]},
        "layer": [
            {"mark": {"type": "rule", "color": INK, "strokeDash": dash, "strokeWidth": 1.5}, "encoding": {"x": at}},
            {
                "mark": {"type": "text", "align": "left", "dx": 5, "baseline": "top", "fontSize": 13, "color": INK},
                "encoding": {"x": at, "y": {"value": 2 if bar["dash"] == 1 else 18}, "text": {"field": "word"}},
            },
        ],
    }


def _format(unit: Unit) -> str:
    return "~g" if SCALES[unit].factor == 1 else ".0f"

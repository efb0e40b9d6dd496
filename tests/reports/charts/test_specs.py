"""What every chart keeps to: axes of rates, shapes beside colours, bands by unit, words that stay whole."""

import json
from collections.abc import Iterator
from functools import cache

import pytest

from lms.reports import drawing
from lms.reports.charts import costs, coverage, flow, forest, hours, items, pareto, quantiles, steps, weeks
from lms.reports.charts.flow import Stage


def row(name: str, unit: str, value: float, verdict: str = "met", **more: float | None) -> dict:
    told = {"value": value, "low": value * 0.8, "high": value * 1.1, "threshold": value * 0.9, "ambition": None}
    return {**told, "name": name, "unit": unit, "verdict": verdict, "word": verdict, "sample": "n = 60", **more}


FOREST = forest.spec(
    [row("C1", "share", 0.9), row("K1", "minutes", 12.0, "not_met"), row("Q1", "points", 0.3, "inconclusive")],
    {"share": "per cent", "minutes": "minutes"},
)
WEEKS = weeks.spec(
    [
        {"name": "2|9 Mar|n = 73", "share": 61.0, "told": "61%", "late": True},
        {"name": "1|2 Mar|n = 73", "share": None, "told": "", "late": False},
    ],
    axis="active",
    cut_off="kiosk cut off",
)
STEPS = steps.spec({"m1 (n = 8)": [{"step": 1, "share": 100.0, "lost": "−1"}]}, axis="%", step="Step")
HOURS = hours.spec(
    [
        {"shift": "night", "hour": 1, "count": 7, "told": "7"},
        {"shift": "night", "hour": 2, "count": None, "told": "×"},
    ],
    axis="Hour",
)
COSTS = costs.spec([{"name": "E1", "low": 40.0, "value": 64.0, "high": 90.0, "threshold": 70.0}], axis="euros")
FLOW = flow.spec([Stage("Concerned", "73", "1 never came"), Stage("Started", "72 (98.6%)")])
QUANTILES = quantiles.spec(
    [{"quantile": 10, "before": 20, "after": 40}, {"quantile": 90, "before": 80, "after": 100}],
    axis="score", quantile="people", before="before", after="after",
)  # fmt: skip
PARETO = pareto.spec(
    [{"name": "other", "value": 1.0, "told": "1"}, {"name": "kiosk", "value": 3.0, "told": "3"}],
    axis="requests", together="together",
)  # fmt: skip
COVERAGE = coverage.spec([{"name": "night", "before": None, "after": 33.0, "told": "1 of 3"}], axis="covered")
ITEMS = items.spec([{"name": "q1", "facility": 95, "discrimination": -12, "flagged": True}], easy="F", apart="DI")
ALL = {
    "forest": FOREST, "weeks": WEEKS, "steps": STEPS, "hours": HOURS, "costs": COSTS, "flow": FLOW,
    "quantiles": QUANTILES, "pareto": PARETO, "coverage": COVERAGE, "items": ITEMS,
}  # fmt: skip


def parts(spec: object) -> Iterator[dict]:
    """Every mapping in a specification."""
    if isinstance(spec, dict):
        yield spec
        for part in spec.values():
            yield from parts(part)
    elif isinstance(spec, list):
        for part in spec:
            yield from parts(part)


@pytest.mark.parametrize("name", ["weeks", "steps"])
def test_rates_stand_on_an_axis_from_0_to_100(name: str) -> None:
    axes = [part["y"] for part in parts(ALL[name]) if "y" in part and part["y"].get("field") == "share"]
    assert axes
    assert all(axis["scale"] == {"domain": [0, 100]} for axis in axes)


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_fetched_and_nobody_can_point_at_a_colour_alone(name: str) -> None:
    assert not [part for part in parts(ALL[name]) if "url" in part]
    assert not [part for part in parts(ALL[name]) if part.get("legend")]


def test_quantiles_are_two_curves_of_different_strokes_on_an_axis_from_0_to_100() -> None:
    lines = [one for one in QUANTILES["layer"] if one["mark"]["type"] == "line"]
    assert len({tuple(one["mark"]["strokeDash"]) for one in lines}) == 2
    assert all(one["encoding"]["y"]["scale"] == {"domain": [0, 100]} for one in lines)


def test_a_pareto_orders_kinds_and_adds_them_up() -> None:
    drawn = PARETO["data"]["values"]
    assert [(one["name"], one["together"]) for one in drawn] == [("kiosk|3", 75), ("other|1", 100)]


@pytest.mark.parametrize("name", ALL)
def test_every_chart_can_be_drawn(name: str) -> None:
    """By the library itself, in one process for all."""
    assert drawings()[name].startswith("<svg")


@cache
def drawings() -> dict[str, str]:
    return json.loads(drawing._draw("svg", json.dumps(ALL)))


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return sum(weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_every_ink_contrasts_with_the_paper() -> None:
    for colour in (*forest.COLOURS.values(), weeks.BLUE, steps.BROWN):
        assert 1.05 / (luminance(colour) + 0.05) >= 7


def test_verdicts_differ_by_shape_or_filling_too() -> None:
    assert len({(forest.SHAPES[verdict], forest.FILLS[verdict] == "#ffffff") for verdict in forest.COLOURS}) == 3


def test_rates_share_a_band_and_other_units_have_their_own() -> None:
    rates, minutes = FOREST["vconcat"]
    assert [one["name"] for one in rates["data"]["values"]] == ["C1", "Q1"]
    assert rates["layer"][1]["encoding"]["x"]["scale"]["domain"] == [0, 100]
    assert [one["value"] for one in rates["data"]["values"]] == [90, 30]
    assert minutes["layer"][1]["encoding"]["x"]["axis"]["title"] == "minutes"
    low, high = minutes["layer"][1]["encoding"]["x"]["scale"]["domain"]
    assert (low, high > 13.2) == (0, True)


def test_a_loss_may_reach_below_nothing() -> None:
    band = forest.spec([row("L2", "gain", -0.1, low=-0.2, high=0.1)], {"gain": "points"})["vconcat"][0]
    assert band["layer"][1]["encoding"]["x"]["scale"]["domain"][0] == -20


def test_weeks_stand_in_their_order_and_a_masked_one_has_no_mark() -> None:
    assert WEEKS["encoding"]["x"]["sort"] == ["2|9 Mar|n = 73", "1|2 Mar|n = 73"]
    assert [one["share"] for one in WEEKS["data"]["values"]] == [61.0, None]
    assert [one["said"] for one in WEEKS["data"]["values"]] == ["kiosk cut off", ""]


def test_the_flow_is_as_high_as_its_stages() -> None:
    assert [one["arrow"] for one in FLOW["data"]["values"]] == [True, False]
    assert FLOW["height"] == flow.STEP + 44

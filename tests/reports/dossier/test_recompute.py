"""The script of the dossier computes every indicator as the evaluation did, from what may be told alone."""

import json
from dataclasses import replace
from functools import cache
from random import Random

import numpy
import pytest
from scipy import special, stats

from lms.evaluation import results
from lms.evaluation.effects.told import Told
from lms.evaluation.estimators import bootstrap
from lms.evaluation.facts import Facts, Outcome
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.measures.case import Case
from lms.evaluation.population import Population
from lms.evaluation.protocol import FrozenIndicator, FrozenProtocol, canonical, described
from lms.evaluation.units import SCALES
from lms.evaluation.verdict import Rule
from lms.reports.dossier import recompute
from lms.reports.dossier.contents import told
from tests.evaluation.effects.test_effects import crossed, halves, produced, wedge
from tests.evaluation.indicators import chance

FEW = 499
"""Draws of a bootstrap here: as many in the house as in the script."""
SEEDS = {1: (70, 5, 0.7), 2: (150, 11, 0.8), 3: (40, 3, 0.5), 4: (90, 6, 0.95)}
"""People, teams and how eagerly they learn."""


def frozen(code: str) -> FrozenIndicator:
    definition = INDICATORS[code]
    scale = SCALES[definition.unit]
    threshold = (scale.lowest + scale.highest) / 2 + 0.1 if scale.highest is not None else 1.0
    rule = Rule(threshold, definition.direction, 5, 1, definition.icc0, people_min=1, unit=definition.unit)
    options = {option.name: chance.OPTIONS[option.name] for option in definition.options}
    return FrozenIndicator(code, definition, "P1", (), options, rule, None, critical=False, primary=True)


ALL = tuple(frozen(code) for code in INDICATORS)


@pytest.fixture(autouse=True)
def few_draws(monkeypatch) -> None:  # noqa: ANN001
    monkeypatch.setattr(bootstrap, "RESAMPLES", FEW)
    monkeypatch.setattr(recompute, "RESAMPLES", FEW)


def figures(found: Facts) -> list[dict]:
    teams = tuple(sorted({member.team for member in found.members}))
    rule = FrozenProtocol(found.starts_on, found.as_of, teams, (), found.zone, 5, 10, ALL, ())
    people = Population(found.assigned, len(found.members), 0, 0, 0, 0, found.members, found.kept)
    return json.loads(canonical(results.figures(rule, people, found)["indicators"]))


@cache
def of_seed(seed: int) -> list[dict]:
    return figures(chance.facts(seed, *SEEDS[seed]))


def entry(row: dict) -> dict:
    rule = next(one.rule for one in ALL if one.code == row["code"])
    kept = {name: getattr(rule, name) for name in ("threshold", "n_min", "min_teams", "icc0", "level")}
    definition = described(INDICATORS[row["indicator"]]) | {"people_min": rule.people_min}
    return json.loads(canonical({**kept, "primary": True, "definition": definition}))


@pytest.mark.parametrize("seed", SEEDS)
def test_every_indicator_is_computed_as_the_evaluation_did(seed: int) -> None:
    seen = {}
    for row in of_seed(seed):
        if row["value"] is not None:
            found = recompute.assessed(told(row), entry(row))
            assert (row["code"], found["problems"]) == (row["code"], [])
            seen[row["code"]] = found
    assert len(seen) > 25
    assert "low" in seen["R1"]["recomputed"]
    assert not seen["R1"]["stated"]


@pytest.mark.parametrize("seed", [1, 2])
def test_a_changed_number_is_caught(seed: int) -> None:
    """In the figures, and in what they are computed from; what is only stated is named."""
    caught = 0
    for row in of_seed(seed):
        if row["value"] in (None, 0) or isinstance(row["value"], str):
            continue
        again = recompute.assessed(told(row), entry(row))
        high = row["high"] * 1.01 if isinstance(row["high"], float) else row["high"]
        wrong = {**row, "value": row["value"] * 1.01, "high": high}
        found = recompute.assessed(told(wrong), entry(row))
        known = {"value", "high"} & set(again["recomputed"])
        assert bool(found["problems"]) or not known, row["code"]
        caught += bool(found["problems"])
    assert caught > 20


def test_a_fragile_verdict_cannot_be_called_sound() -> None:
    rows = [row for seed in SEEDS for row in of_seed(seed) if row["fragile"]]
    assert rows
    for row in rows:
        sound = {**row, "fragile": False, "sensitivity": [{**one, "flips": False} for one in row["sensitivity"]]}
        again = recompute.assessed(told(row), entry(row))["fragile"]["recomputed"]
        flipping = {
            " ".join(filter(None, (one["choice"], one["detail"]))) for one in row["sensitivity"] if one["flips"]
        }
        if flipping & set(again):
            assert recompute.assessed(told(sound), entry(row))["problems"]


def test_numpy_draws_the_same() -> None:
    draws, theirs = recompute.Draws(20240101), numpy.random.default_rng(20240101)
    for limit, count in ((61, 5_000), (7, 999), (2, 100), (1000, 3_001)):
        assert theirs.integers(0, limit, count).tolist() == [draws.below(limit) for _ in range(count)]


def test_the_bootstrap_is_that_of_scipy() -> None:
    random = Random(5)  # noqa: S311
    units = [(random.random() * 3, random.random() + 0.5) for _ in range(40)]
    ours, theirs = recompute.drawn_again(units, 0.95), bootstrap.drawn_again(units, 0.95)
    assert ours == pytest.approx((theirs.low, theirs.high), abs=1e-9)
    assert recompute.drawn_again([(1.0, 1.0)] * 5, 0.95) is None


@pytest.mark.parametrize("freedom", [1, 2, 4, 11, 60, 300])
def test_students_quantile_is_that_of_scipy(freedom: int) -> None:
    for level in (0.8, 0.95, 0.99):
        assert recompute.student(level, freedom) == pytest.approx(stats.t.ppf((1 + level) / 2, freedom), rel=1e-9)


@pytest.mark.parametrize("shape", [1, 3, 8, 40, 200])
def test_the_gamma_function_is_that_of_scipy(shape: int) -> None:
    for x in (0.1, 1.0, 5.0, shape, shape + 10.0, 2.0 * shape):
        assert recompute.gamma_below(shape, x) == pytest.approx(special.gammainc(shape, x), abs=1e-12)


def test_a_change_is_computed_again() -> None:
    for stored in (wedge("B1", produced(5)), crossed(halves({"a": 0.30, "b": 0.34, "c": 0.26, "d": 0.30}))):
        assert stored["told"] == Told.BETTER
        assert recompute.change(stored) == ([], "change equal")
        assert recompute.change({**stored, "low": stored["low"] * 1.1})[0]
    small = crossed(halves({"a": 0.30, "b": 0.34, "c": 0.26, "d": 0.30}, size=4))
    assert recompute.change(small)[1].startswith("change stated")


def test_minutes_of_peoples_visits_are_told_of_no_day() -> None:
    """K1 counts minutes of visits by day, K5 minutes of kiosks: one visitor's day would be that person's."""
    rows = [row for seed in SEEDS for row in of_seed(seed) if row["value"] is not None]
    told_units = {row["code"]: row["cells"]["units"] for row in rows if row["code"] in ("K1", "K5")}
    assert told_units["K1"] is None
    assert told_units["K5"]


def test_values_that_few_people_share_are_told_of_none() -> None:
    """One with a gain of his own: nobody's gains are told, and the interval is stated."""
    people = [(person, 0.25 if person < 30 else 0.5) for person in range(60)]
    rows = {}
    for name, gains in (("shared", people), ("alone", [*people, (60, 0.9)])):
        cases = [Case(person, "abcde"[person % 5], "m", value=gain, before=0.1) for person, gain in gains]
        definition = replace(INDICATORS["L2"], cases=lambda _facts, cases=cases: cases)
        one = replace(frozen("L2"), definition=definition)
        rule = FrozenProtocol(chance.START, chance.AS_OF, tuple("abcde"), (), "UTC", 5, 10, (one,), ())
        found = Facts(chance.AS_OF, (), {(1, "m1"): Outcome(started_on=chance.START)})
        rows[name] = json.loads(canonical(results.figures(rule, Population((), 0, 0, 0, 0, 0), found)))
    shared, alone = (rows[name]["indicators"][0] for name in ("shared", "alone"))
    assert shared["cells"]["units"] == [[0.25, 1.0, 30], [0.5, 1.0, 30]]
    assert alone["cells"]["units"] is None
    assert recompute.assessed(told(shared), entry(shared))["stated"] == {}
    assert recompute.assessed(told(alone), entry(alone))["stated"] == {"interval": recompute.VALUES}

"""What a design's own analysis tells, from facts to what is stored: and what it does not."""

from datetime import timedelta

import pytest

from lms.evaluation.designs import Comparison, Step
from lms.evaluation.effects import every
from lms.evaluation.effects.steps import spans
from lms.evaluation.effects.told import Told, Why
from lms.evaluation.facts import Facts, Figure
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.protocol import FrozenIndicator, FrozenProtocol
from lms.evaluation.results import scope
from lms.evaluation.verdict import Rule
from tests.evaluation.indicators.small import START, at, facts, member, outcome, row

TEAMS = "abcdef"
WEEKS = {team: 3 * (1 + place // 2) for place, team in enumerate(TEAMS)}
"""Two teams start after three weeks, two after six, two after nine; the pilot lasts twelve whole weeks."""
STEPS = tuple(Step(team, START + timedelta(weeks=week)) for team, week in WEEKS.items())
END = START + timedelta(weeks=12) - timedelta(days=1)


def frozen(code: str, number: str = "", **more: object) -> FrozenIndicator:
    definition = INDICATORS[code]
    rule = Rule(definition.n_min, definition.direction, 1, 1, 0.05, unit=definition.unit)
    given = {"modules": (), "options": {}, "recommendation": "P1", **more}
    return FrozenIndicator(code + number, definition, rule=rule, ambition=None, critical=False, primary=False, **given)


def protocol(comparison: Comparison, steps: tuple[Step, ...], *indicators: FrozenIndicator) -> FrozenProtocol:
    return FrozenProtocol(
        START, END, tuple(TEAMS), (), "UTC", 5, 10, indicators, (), comparison=comparison, steps=steps
    )


def told(entry: FrozenIndicator, found: Facts, rule: FrozenProtocol) -> dict:
    return every.change(entry, found, rule, scope)


def wedge(code: str, found: Facts, steps: tuple[Step, ...] = STEPS) -> dict:
    entry = frozen(code)
    return told(entry, found, protocol(Comparison.STEPPED_WEDGE, steps, entry))


def produced(fewer: float, *, teams: str = TEAMS, weeks: int = 12) -> Facts:
    """A thousand pieces a week and team; defects rise by one a week for all, and fall by `fewer` after a start."""
    figures = []
    for team in teams:
        for week in range(weeks):
            first = START + timedelta(weeks=week)
            place = TEAMS.index(team)
            chance = (week * 7 + place * 5) % 11 / 10
            defects = 20 + week + 3 * place - (fewer if week >= WEEKS[team] else 0) + chance
            last = first + timedelta(days=6)
            figures += [
                Figure("defects", first, last, team, defects),
                Figure("units_produced", first, last, team, 1_000),
            ]
    return facts([], figures=tuple(figures), as_of=END)


def test_periods_lie_between_the_starts() -> None:
    found = spans(STEPS, START, END)
    assert [span.first for span in found] == [START + timedelta(weeks=week) for week in (0, 3, 6, 9)]
    assert found[-1].last == END
    assert all(one.last + timedelta(days=1) == other.first for one, other in zip(found, found[1:], strict=False))
    assert [span.first for span in spans(STEPS, START, START + timedelta(weeks=4))] == [START, STEPS[0].starts_on]


def test_what_rises_for_everybody_is_not_taken_for_training() -> None:
    found = wedge("B1", produced(5))
    assert found["value"] == pytest.approx(-5, abs=0.3)
    assert (found["told"], found["why"], found["unit"]) == (Told.BETTER, Why.APART, "per_thousand")
    assert (found["teams"], found["ways"], len(found["periods"]), found["people"]) == (6, 90, 4, None)
    assert found["low"] <= -5 <= found["high"] < 0
    last = found["rows"][-1]
    assert (last["without"], last["without_teams"], last["with_teams"]) == (None, 0, 6)
    assert [cell["start"] for cell in found["cells"]] == [1, 1, 2, 2, 3, 3]


def test_no_change_is_none() -> None:
    found = wedge("B1", produced(0))
    assert found["value"] == pytest.approx(0, abs=0.3)
    assert (found["told"], found["why"]) == (Told.INCONCLUSIVE, Why.HOLDS_NONE)


def test_too_few_teams_and_too_few_ways_are_said() -> None:
    few = wedge("B1", produced(5, teams="abcd"), STEPS[:4])
    assert (few["told"], few["why"], few["low"]) == (Told.INCONCLUSIVE, Why.FEW_TEAMS, None)
    assert few["value"] is not None
    two = tuple(Step(team, START + timedelta(weeks=3 if team < "d" else 6)) for team in TEAMS)
    ways = wedge("B1", produced(5), two)
    assert (ways["told"], ways["why"], ways["ways"]) == (Told.INCONCLUSIVE, Why.FEW_WAYS, 20)


def test_nothing_is_measurable_without_figures_or_where_nothing_exists_before() -> None:
    assert wedge("B1", facts([], as_of=END))["why"] == Why.NO_DATA
    assert wedge("C1", facts([row(1)], as_of=END))["why"] == Why.ONLY_AFTER
    early = wedge("B1", produced(5, weeks=3))
    assert (early["told"], early["why"]) == (Told.NOT_MEASURABLE, Why.FEW_PERIODS)


def test_a_period_for_which_a_team_has_no_figure_is_left_out() -> None:
    whole = produced(5)
    lacking = [one for one in whole.figures if one.team != "a" or one.starts_on < START + timedelta(weeks=9)]
    found = wedge("B1", facts([], figures=tuple(lacking), as_of=END))
    assert (len(found["periods"]), found["left_out"], found["teams"]) == (3, 1, 6)


def test_people_of_small_groups_are_not_told() -> None:
    members = tuple(member(100 * place + n, team) for place, team in enumerate(TEAMS) for n in range(2))
    found = wedge("T3", facts([], members=members, as_of=END))
    assert found["people"] == 12
    assert found["cells"] is None  # two people a team
    # The change is a sum of what is told of each period: all of it or none.
    assert {one["without"] for one in found["rows"]} == {None}
    few = wedge("T3", facts([], members=members[:2], as_of=END))
    assert (few["why"], few["people"]) == (Why.SMALL, None)


ORDERS = tuple(Step(team, modules=("x", "y") if place % 2 == 0 else ("y", "x")) for place, team in enumerate("abcd"))
BOTH = (
    frozen("L2", modules=("x",), options={"tests": ["x1", "x2"]}),
    frozen("L2", "-2", modules=("y",), options={"tests": ["y1", "y2"]}),
)


def halves(team_gain: dict[str, float], *, size: int = 6, waiting: float = 0.05, easier: float = 0.1) -> Facts:
    """Everyone sits four tests before (.2) and at mid-point; module x gives `easier` more."""
    rows, outcomes = [], {}
    for place, (team, gain) in enumerate(team_gain.items()):
        first, second = ORDERS[place].modules
        for n in range(size):
            person = 100 * place + n
            rows += [row(person, team, module=module) for module in ("x", "y", "x1", "x2", "y1", "y2")]
            outcomes[person, first] = outcome(10, 12)
            outcomes[person, second] = outcome(30, 32)
            for module in (first, second):
                gained = (gain if module == first else waiting) + (easier if module == "x" else 0)
                outcomes[person, f"{module}1"] = outcome(5, 5, first_ended_at=at(5), first_score=0.2)
                outcomes[person, f"{module}2"] = outcome(20, 20, first_ended_at=at(20), first_score=0.2 + gained)
    return facts(rows, outcomes)


def crossed(found: Facts, *entries: FrozenIndicator) -> dict:
    chosen = entries or BOTH
    return told(chosen[0], found, protocol(Comparison.COUNTERBALANCED, ORDERS, *chosen))


def test_being_taught_is_compared_with_waiting() -> None:
    """Gains where taught .30, .34, .26, .30, where waiting .05; the easier module cancels out."""
    found = crossed(halves({"a": 0.30, "b": 0.34, "c": 0.26, "d": 0.30}))
    assert found["value"] == pytest.approx(0.25)
    assert found["module_difference"] == pytest.approx(0.1 - 0.02)
    assert (found["teams"], found["people"], found["left_out"], found["modules"]) == (4, 24, 0, ["x", "y"])
    assert (found["told"], found["why"]) == (Told.BETTER, Why.APART)
    assert [one["order"] for one in found["rows"]] == [["x", "y"], ["y", "x"]]
    assert found["rows"][0] | {"with": 0.38, "without": 0.05} == found["rows"][0]
    assert [one["team"] for one in found["cells"]] == ["a", "c", "b", "d"]


def test_an_order_of_few_people_is_not_the_change_less_the_other_order() -> None:
    found = halves({"a": 0.30, "b": 0.34, "c": 0.26, "d": 0.30})
    few = [one for one in found.assigned if one.team in "ac" or one.person in (100, 101, 300, 301)]
    told = crossed(facts(few, found.outcomes))
    assert (told["why"], told["value"], told["rows"], told["people"]) == (Why.SMALL, None, [], None)


def test_the_other_indicator_tells_the_same_change() -> None:
    found = halves({"a": 0.30, "b": 0.34, "c": 0.26, "d": 0.30})
    one, other = crossed(found), crossed(found, *reversed(BOTH))
    assert other["value"] == one["value"]
    assert other["module_difference"] == pytest.approx(-one["module_difference"])


def test_tests_after_the_second_module_do_not_count() -> None:
    found = halves({"a": 0.30, "b": 0.34, "c": 0.26, "d": 0.30})
    late = {
        key: outcome(40, 40, first_ended_at=at(40), first_score=one.first_score) if key == (0, "x2") else one
        for key, one in found.outcomes.items()
    }
    assert (crossed(facts(found.assigned, late))["people"], crossed(facts(found.assigned, late))["left_out"]) == (23, 1)


def test_too_few_teams_of_an_order_are_said() -> None:
    found = crossed(halves({"a": 0.30, "b": 0.34, "c": 0.26}))
    assert (found["told"], found["why"], found["low"]) == (Told.INCONCLUSIVE, Why.FEW_TEAMS, None)
    assert crossed(halves({"a": 0.30}))["value"] is None


def test_without_the_other_module_s_tests_nothing_can_be_compared() -> None:
    found = halves({"a": 0.30, "b": 0.34, "c": 0.26, "d": 0.30})
    assert crossed(found, BOTH[0])["why"] == Why.NO_PAIR
    assert crossed(found, frozen("C1"))["why"] == Why.ONLY_AFTER
    assert crossed(facts(found.assigned, {}))["why"] == Why.NO_DATA


def test_small_teams_are_not_told_apart() -> None:
    gains = {"a": 0.30, "b": 0.34, "c": 0.26, "d": 0.30}
    found = crossed(halves(gains, size=4))
    assert found["cells"] is None
    assert found["value"] is not None
    assert crossed(halves(gains, size=1))["why"] == Why.SMALL


def test_other_designs_have_no_change_of_their_own() -> None:
    entry = frozen("B1")
    for design in (Comparison.ONE_GROUP, Comparison.MATCHED, Comparison.WAITING_LIST):
        assert told(entry, produced(5), protocol(design, (), entry)) is None

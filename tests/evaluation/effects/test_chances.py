"""What a design can tell before there is any data."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lms.evaluation.designs import Step
from lms.evaluation.effects.chances import Outlook, Question, of_orders, of_steps
from lms.evaluation.effects.told import Why
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.power import Team
from tests.evaluation.effects.test_effects import END, ORDERS, START, STEPS, TEAMS, WEEKS

TWELVE = [Team(code, "m", 12) for code in TEAMS]
MOVES = Question(INDICATORS["T3"], 0.95, 0.10, 2.0)
SHARES = Question(INDICATORS["T2"], 0.95, 0.10, 0.6)
GAINS = Question(INDICATORS["L2"], 0.95, 0.05, 0.1)
BY_TEAM = {step.team: step.modules for step in ORDERS}


@pytest.mark.parametrize("question", [MOVES, SHARES])
def test_the_larger_the_change_the_likelier_it_is_told(question: Question) -> None:
    found = of_steps(question, TWELVE, STEPS, START, END)
    assert found.why is None
    better = [one.better for one in found.rows]
    assert better == sorted(better)
    assert max(one.worse for one in found.rows) < 0.05
    assert found == of_steps(question, TWELVE, STEPS, START, END)


def test_a_share_cannot_change_beyond_all() -> None:
    found = of_steps(replace(SHARES, before=0.85), TWELVE, STEPS, START, END)
    assert [one.change for one in found.rows] == [0.1]
    found = of_steps(replace(SHARES, before=0.95), TWELVE, STEPS, START, END)
    assert [one.change for one in found.rows] == [0.025]


def test_a_gain_is_told_the_likelier_the_larger_the_teams() -> None:
    found = of_orders(GAINS, TWELVE[:4], BY_TEAM)
    large = of_orders(GAINS, [replace(team, people=60) for team in TWELVE[:4]], BY_TEAM)
    assert [one.change for one in found.rows] == [0.05, 0.1, 0.2]
    assert found.rows[-1].better > found.rows[0].better
    assert large.rows[-1].better > found.rows[-1].better


def test_what_stands_against_it_is_said() -> None:
    two = tuple(Step(team, START + timedelta(weeks=3 if week < 9 else 6)) for team, week in WEEKS.items())
    halved = tuple(replace(step, starts_on=START + timedelta(weeks=3 if step.team < "d" else 6)) for step in two)
    assert of_steps(MOVES, TWELVE, halved, START, END).why is Why.FEW_WAYS
    assert of_steps(MOVES, TWELVE[:5], STEPS, START, END).why is Why.FEW_TEAMS
    assert of_steps(Question(INDICATORS["C1"], 0.95, 0.1, 0.8), TWELVE, STEPS, START, END).why is Why.ONLY_AFTER
    assert of_steps(Question(INDICATORS["B1"], 0.95, 0, 2.0), TWELVE, STEPS, START, END) == Outlook(
        INDICATORS["B1"].unit, None
    )
    assert of_orders(GAINS, TWELVE[:3], BY_TEAM).why is Why.FEW_TEAMS

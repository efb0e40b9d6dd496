"""What designs need before they can answer: evaluation reference, sections 3.4 and 3.5."""

from datetime import date, timedelta

import pytest
from flask import Flask

from lms.evaluation.designs import DESIGNS, Asked, Comparison, Doubt, Layout, Step, flaws, least_p

DAY = date(2026, 3, 2)
SIX = tuple("abcdef")


def doubts(layout: Layout) -> dict[Doubt, bool]:
    return {flaw.doubt: flaw.blocking for flaw in flaws(layout)}


def steps(*days: int) -> tuple[Step, ...]:
    return tuple(Step(team, DAY + timedelta(weeks=week)) for team, week in zip(SIX, days, strict=False))


def orders(*modules: str) -> tuple[Step, ...]:
    return tuple(Step(team, modules=tuple(order)) for team, order in zip(SIX, modules, strict=False))


def asked(team: str, module: str, week: int) -> Asked:
    return Asked("p", team, module, DAY + timedelta(weeks=week))


IN_ORDER = tuple(asked(team, module, week) for team in "ab" for week, module in enumerate("xy")) + tuple(
    asked(team, module, week) for team in "cd" for week, module in enumerate("yx")
)


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        (Layout(Comparison.ONE_GROUP, ("a",)), {}),
        (Layout(Comparison.MATCHED, ("a", "b")), {Doubt.NO_COMPARISON: True}),
        (Layout(Comparison.MATCHED, ("a", "b"), ("b",)), {Doubt.ANECDOTE: False, Doubt.COARSE_PERMUTATION: False}),
        (Layout(Comparison.MATCHED, SIX, ("d", "e", "f")), {Doubt.COARSE_PERMUTATION: False}),  # 3 v 3: p is .10
        (Layout(Comparison.MATCHED, (*SIX, "g", "h"), ("e", "f", "g", "h")), {}),  # 4 v 4: p can be .029
        (
            Layout(Comparison.MATCHED, (*SIX, "g", "h"), ("e", "f", "g", "h"), asked=(asked("e", "x", 0),)),
            {Doubt.COMPARED_LEARNS: False},
        ),
        (Layout(Comparison.STEPPED_WEDGE, SIX, steps=steps(0, 0, 2, 2, 4, 4)), {}),
        (Layout(Comparison.STEPPED_WEDGE, SIX[:5], steps=steps(0, 0, 2, 2, 2)), {Doubt.FEW_TEAMS: True}),
        (Layout(Comparison.STEPPED_WEDGE, SIX, steps=steps(0, 0, 0, 2, 2, 4)), {Doubt.LONE_STEP: True}),
        (Layout(Comparison.STEPPED_WEDGE, SIX, steps=steps(0, 0, 0, 0, 0, 0)), {Doubt.ONE_STEP: True}),
        (Layout(Comparison.STEPPED_WEDGE, SIX, steps=steps(0, 0, 2, 2)), {Doubt.NO_START: True}),
        (
            Layout(Comparison.STEPPED_WEDGE, SIX, steps=steps(0, 0, 2, 2, 4, 4), asked=(asked("f", "x", 3),)),
            {Doubt.PLAN_OTHERWISE: True},
        ),
        (
            Layout(Comparison.WAITING_LIST, (*SIX, "g", "h"), tuple("abcd"), steps(4, 4, 4, 4)),
            {},
        ),
        (Layout(Comparison.COUNTERBALANCED, SIX[:4], steps=orders("xy", "xy", "yx", "yx"), asked=IN_ORDER), {}),
        (
            Layout(Comparison.COUNTERBALANCED, SIX[:4], steps=orders("yx", "xy", "yx", "yx"), asked=IN_ORDER),
            {Doubt.PLAN_OTHERWISE: True},
        ),
        (Layout(Comparison.COUNTERBALANCED, SIX[:4], steps=orders("xy", "xy", "xy", "xy")), {Doubt.ONE_ORDER: True}),
        (
            Layout(Comparison.COUNTERBALANCED, SIX[:3], steps=orders("xy", "xy", "yx"), asked=IN_ORDER),
            {Doubt.FEW_TEAMS: True},
        ),
        (Layout(Comparison.INTERRUPTED_SERIES, ("a",), points_before=11), {Doubt.FEW_POINTS: True}),
        (Layout(Comparison.INTERRUPTED_SERIES, ("a",), points_before=12), {}),
    ],
)
def test_what_stands_against_a_design(app: Flask, layout: Layout, expected: dict[Doubt, bool]) -> None:
    with app.app_context():
        assert doubts(layout) == expected


def test_permutations_of_few_teams() -> None:
    """Section 3.4: 3 v 3 cannot go under 2/20, 4 v 4 not under 2/70."""
    assert least_p(3, 3) == pytest.approx(0.10)
    assert least_p(4, 4) == pytest.approx(0.029, abs=5e-4)


def test_every_design_says_its_weakness(app: Flask) -> None:
    with app.app_context():
        assert set(DESIGNS) == set(Comparison)
        assert all(str(kind.weakness) and str(kind.strength) for kind in DESIGNS.values())

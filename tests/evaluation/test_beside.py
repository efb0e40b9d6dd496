"""Whoever has the figures of several recommendations about nearly the same people works out nothing of too few."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from lms.evaluation import results
from lms.evaluation.beside import Figure, held_beside
from lms.evaluation.facts import Facts
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.measures.case import Case
from lms.evaluation.population import Population
from lms.evaluation.protocol import FrozenIndicator, FrozenProtocol
from lms.evaluation.verdict import Direction, Reason, Rule
from tests.evaluation.indicators.small import AS_OF, START, facts, outcome, row
from tests.reckoning import leaks

LEAST = 5
FIGURES = ("P1", "P2", "P3")
Atom = tuple[str, frozenset[str]]
"""A team, and the recommendations that ask its people."""


@st.composite
def pilots(draw: st.DrawFn) -> dict[Atom, tuple[str, int, int]]:
    """The shift, the people and the successes of whom the same recommendations ask in a team."""
    asked = st.sets(st.sampled_from(FIGURES), min_size=1).map(frozenset)
    found = {}
    for team in "abcd"[: draw(st.integers(1, 4))]:
        shift = draw(st.sampled_from(["day", "late", ""]))
        for recommendations in draw(st.sets(asked, min_size=1, max_size=3)):
            people = draw(st.sampled_from([1, 3, 5, 6, 9, 14]))
            found[team, recommendations] = shift, people, draw(st.integers(0, people))
    return found


def figures(plant: dict[Atom, tuple[str, int, int]], *, sensitive: bool) -> list[Figure]:
    definition = replace(INDICATORS["R1"], sensitive=sensitive)
    own: dict[str, list[Case]] = {name: [] for name in FIGURES}
    person = 0
    for (team, recommendations), (shift, people, done) in sorted(plant.items(), key=str):
        for place in range(people):
            person += 1
            for name in recommendations:
                own[name].append(Case(person, team, shift or None, place < done))
    asked = dict.fromkeys(range(1, person + 1), [frozenset({"m1"})])
    return [Figure(name, definition, LEAST, cases, asked) for name, cases in own.items() if _alone(cases, sensitive)]


def _alone(cases: Sequence[Case], sensitive: bool) -> bool:
    done = sum(bool(case.success) for case in cases)
    return len(cases) >= (2 * LEAST if sensitive and done in (0, len(cases)) else LEAST)


def told(one: Figure, plant: dict[Atom, tuple[str, int, int]]) -> Iterator[frozenset[Atom]]:
    """Yield of whom a number is told: all, each team and each shift that is not held back."""
    within = [atom for atom in plant if one.code in atom[1]]
    teams, shifts, _ = one.held
    yield frozenset(within)
    for team in {team for team, _ in within} - teams:
        yield frozenset(atom for atom in within if atom[0] == team)
    for shift in {plant[atom][0] for atom in within} - shifts:
        yield frozenset(atom for atom in within if plant[atom][0] == shift)


@settings(max_examples=60)
@given(pilots(), st.booleans())
def test_no_figure_of_a_recommendation_gives_another_away(
    plant: dict[Atom, tuple[str, int, int]], sensitive: bool
) -> None:
    wanted = figures(plant, sensitive=sensitive)
    held = held_beside((), wanted)
    shown = [cell for one in wanted if one.code not in held for cell in told(one, plant)]
    counts = {atom: (done, people) for atom, (_, people, done) in plant.items()}
    assert leaks(shown, counts, LEAST, sensitive=sensitive) == []
    assert not wanted or wanted[0].code not in held


def rule(code: str, recommendation: str) -> FrozenIndicator:
    found = Rule(0.5, Direction.GE, n_min=5, min_teams=1, icc0=0.1)
    return FrozenIndicator(
        f"{code}-{recommendation}", INDICATORS[code], recommendation, (), {}, found, None, critical=True, primary=True
    )


def evaluated(found: Facts) -> dict[str, dict]:
    recommendations = tuple({"code": code, "testable": "yes"} for code in ("P1", "P2"))
    rules = FrozenProtocol(
        START, AS_OF, ("a",), (), "Europe/Paris", LEAST, 10, tuple(rule("R3", one["code"]) for one in recommendations),
        recommendations,
    )  # fmt: skip
    rows = results.figures(rules, Population(found.assigned, 0, 0, 0, 0, 0, found.members), found)["indicators"]
    return {one["recommendation"]: one for one in rows}


def test_two_who_are_asked_by_one_recommendation_alone_do_not_follow_from_both() -> None:
    """Twenty are asked by both and two more by the second: all less the twenty would be these two."""
    both = [row(person, recommendation=code, plan=code) for person in range(20) for code in ("P1", "P2")]
    few = [row(person, recommendation="P2", plan="P2") for person in (20, 21)]
    many = [row(person, recommendation="P2", plan="P2") for person in range(20, 26)]
    came = {(person, "m1"): outcome(1) for person in (*range(15), 20)}
    told = evaluated(facts([*both, *few], came))
    assert told["P1"]["numerator"] == 15
    assert (told["P2"]["value"], told["P2"]["n"], told["P2"]["cells"]) == (None, None, None)
    assert told["P2"]["reason"] == Reason.BESIDE_ANOTHER
    assert evaluated(facts([*both, *many], came))["P2"]["numerator"] == 16
    assert evaluated(facts(both, came))["P2"]["numerator"] == 15, "of the same people the same is told twice"

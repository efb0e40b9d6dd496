"""What a stranger gets to recompute with, and what nobody gets."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from lms.evaluation.cells.every import cells
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.measures.case import Case
from lms.evaluation.protocol import FrozenIndicator
from lms.evaluation.verdict import Direction, Rule
from tests.evaluation.test_measures import people, teams


def entry(code: str = "R1", *, sensitive: bool = False) -> FrozenIndicator:
    definition = replace(INDICATORS[code], sensitive=sensitive)
    rule = Rule(0.8, Direction.GE, n_min=30, min_teams=3, icc0=0.1)
    return FrozenIndicator(code, definition, "P1", (), {}, rule, None, critical=True, primary=True)


def shown(cases: Sequence[Case], **wish: bool) -> dict[str, tuple]:
    found = cells(entry(**wish), cases, 5)["teams"]
    return {row["team"]: (row["successes"], row["members"], row["missing"]) for row in found}


def test_teams_with_their_counts() -> None:
    cases = [*people("a", 8, 12, unseen=2), *people("b", 9, 12)]
    assert shown(cases) == {"a": (8, 10, 2), "b": (9, 12, 0)}
    assert cells(entry(), cases, 5)["persons"] == []


def test_a_small_team_takes_the_next_smallest_with_it() -> None:
    cases = teams(("a", 8, 12), ("b", 9, 11), ("c", 1, 3))
    assert shown(cases) == {"a": (8, 12, 0), "b": (None, None, None), "c": (None, None, None)}


def test_a_team_of_failures_only_is_not_told_where_failing_is_sensitive() -> None:
    cases = teams(("a", 8, 12), ("b", 9, 11), ("c", 0, 7))
    assert shown(cases)["c"] == (0, 7, 0)
    assert shown(cases, sensitive=True)["c"] == (None, None, None)


def test_a_team_without_any_outcome_is_told_with_no_other() -> None:
    found = cells(entry(), [*people("a", 8, 12), *people("b", 0, 6, unseen=6)], 5)
    assert [row["team"] for row in found["teams"]] == ["a"]
    assert found["without_outcome"] == 6


def test_persons_with_several_cases() -> None:
    twice = [replace(case, success=done) for case in people("a", 0, 6) for done in (True, case.person % 2 == 0)]
    assert cells(entry(), twice, 5)["persons"] == [
        {"successes": 1, "members": 2, "persons": 3},
        {"successes": 2, "members": 2, "persons": 3},
    ]
    assert cells(entry(), [*twice, *people("a", 2, 2, start=9000)], 5)["persons"] is None


def test_a_gap_tells_its_groups_and_their_teams() -> None:
    cases = [replace(case, group=case.shift) for case in teams(("a", 8, 12), ("b", 9, 12), ("c", 2, 12))]
    found = cells(entry("Q1"), cases, 5)["groups"]
    assert [(row["group"], row["successes"], row["members"], row["deff"]) for row in found] == [
        ("evening", 9, 12, 2.1),
        ("morning", 8, 12, 2.1),
        ("night", 2, 12, 2.1),
    ]
    assert found[0]["teams"] == [{"team": "b", "successes": 9, "members": 12}]


def test_teams_of_a_gap_stay_untold_when_one_is_small_or_of_two_groups() -> None:
    small = [replace(case, group="x" if case.team < "c" else "y") for case in teams(("a", 8, 12), ("b", 2, 3))]
    small += [replace(case, group="y") for case in teams(("d", 8, 12))]
    assert all(row["teams"] == [] for row in cells(entry("Q1"), small, 5)["groups"])
    mixed = [replace(case, group="xy"[case.person % 2]) for case in teams(("a", 8, 12), ("b", 9, 12))]
    assert all(row["teams"] == [] and row["deff"] for row in cells(entry("Q1"), mixed, 5)["groups"])


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 9)), min_size=1, max_size=6), st.booleans())
def test_no_subtraction_gives_a_small_team(counts: list[tuple[int, int]], sensitive: bool) -> None:
    """From the total and the teams told, at least two teams or nobody is left, and five people or none."""
    told = [(name, min(wins, size), size) for name, (size, wins) in zip("abcdef", counts, strict=False)]
    cases = teams(*told)
    if len(cases) < 5:
        return
    found = [row for row in cells(entry(sensitive=sensitive), cases, 5)["teams"] if row["masked"]]
    hidden = sum(size for name, _, size in told if name in {row["team"] for row in found})
    assert not found or (hidden >= 5 and (len(found) > 1 or len([1 for _, _, size in told if size]) == 1))
    assert all(row["members"] >= 5 for row in cells(entry(), cases, 5)["teams"] if not row["masked"])

"""Small groups stay hidden, by what is not shown and by what can be reckoned."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.kernel.suppression import hidden, hidden_counts, hidden_groups, hidden_people, reveals_everyone


def test_the_golden_case() -> None:
    """`suppress` in evaluation-golden.json: morning 21/25, afternoon 19/24, night 2/3."""
    assert hidden_groups({"matin": 25, "apres-midi": 24, "nuit": 3}, 5) == {"apres-midi", "nuit"}


def test_breakdowns_by_hand() -> None:
    assert hidden_groups({"a": 3, "b": 2, "c": 30}, 5) == {"a", "b"}  # five people behind two cells
    assert hidden_groups({"a": 3, "b": 1, "c": 30}, 5) == {"a", "b", "c"}  # four are too few: c goes too
    assert hidden_groups({"a": 5, "b": 0}, 5) == frozenset()  # nobody is nobody's secret
    cells = {"a": {"a"}, "b": {"b"}, "c": {"c"}, "day": {"a", "b"}, "night": {"c"}, "all": {"a", "b", "c"}}
    sizes = {"a": 20, "b": 3, "c": 10}
    assert hidden({name: frozenset(leaves) for name, leaves in cells.items()}, sizes, 5) == {"a", "b"}
    cells = {"a": {"a"}, "b": {"b"}, "c": {"c"}, "d": {"d"}, "n": {"n"}} | {"day": {"a", "b"}, "late": {"c", "d"}}
    cells |= {"night": {"n"}, "all": set("abcdn")}
    held = hidden({k: frozenset(v) for k, v in cells.items()}, {"a": 18, "b": 14, "c": 17, "d": 12, "n": 3}, 5)
    assert held == {"n", "night", "d", "late"}  # one team and its shift stand before the night
    assert hidden({"all": frozenset("ab")}, {"a": 2, "b": 2}, 5) == {"all"}


def test_a_group_of_which_all_failed_is_revealing() -> None:
    assert reveals_everyone(9, 9, 5)
    assert reveals_everyone(0, 9, 5)
    assert not reveals_everyone(8, 9, 5)
    assert not reveals_everyone(10, 10, 5)


def reckonable(target: list[int], known: list[list[int]]) -> bool:
    """Whether a sum is a combination of known sums (Gauss, exactly)."""

    def rank(rows: list[list[int]]) -> int:
        matrix = [[Fraction(value) for value in row] for row in rows]
        found = 0
        for column in range(len(target)):
            pivot = next((row for row in matrix[found:] if row[column]), None)
            if pivot is None:
                continue
            matrix.remove(pivot)
            matrix.insert(found, pivot)
            for row in matrix[found + 1 :]:
                factor = row[column] / pivot[column]
                row[:] = [value - factor * other for value, other in zip(row, pivot, strict=True)]
            found += 1
        return found

    return rank([*known, target]) == rank(known)


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 2)), min_size=1, max_size=7))
def test_no_small_group_can_be_reckoned(teams: list[tuple[int, int]]) -> None:
    sizes = {place: size for place, (size, _) in enumerate(teams)}
    cells = {f"team {place}": frozenset([place]) for place in sizes}
    for shift in range(3):
        cells[f"shift {shift}"] = frozenset(place for place, (_, of) in enumerate(teams) if of == shift)
    cells["all"] = frozenset(sizes)
    held = hidden(cells, sizes, 5)

    def vector(leaves: frozenset[int]) -> list[int]:
        return [int(place in leaves) for place in sizes]

    known = [vector(leaves) for name, leaves in cells.items() if name not in held]
    for leaves in cells.values():
        if 0 < sum(sizes[place] for place in leaves) < 5:
            assert not reckonable(vector(leaves), known)


@given(st.lists(st.frozensets(st.integers(1, 20)), max_size=6))
def test_people_of_several_groups_are_counted_once(groups: list[frozenset[int]]) -> None:
    held = hidden_people(dict(enumerate(groups)), 5)
    left_over = frozenset[int]().union(*(groups[place] for place in held))
    assert not 0 < len(left_over) < 5 or len(frozenset().union(*groups)) < 5
    assert all(len(people) >= 5 or not people for place, people in enumerate(groups) if place not in held)


REFERENCE = {"matin": (21, 25), "apres-midi": (19, 24), "nuit": (2, 3)}


@pytest.mark.parametrize(
    ("counts", "sensitive", "expected"),
    [
        (REFERENCE, False, {"apres-midi", "nuit"}),  # golden row "suppress" of the evaluation reference
        ({"a": (3, 5), "b": (3, 6)}, False, set()),  # five is enough
        ({"a": (9, 9), "b": (3, 20), "c": (9, 30)}, True, {"a", "b"}),  # everybody: it tells on everyone
        ({"a": (0, 9), "b": (3, 20), "c": (9, 30)}, True, {"a", "b"}),  # nobody: likewise
        ({"a": (10, 10), "b": (3, 20)}, True, set()),  # ten are twice five
        ({"a": (9, 9), "b": (3, 20)}, False, set()),  # only where it is sensitive
        ({"a": (1, 1), "b": (1, 1), "c": (9, 9), "d": (9, 9)}, False, {"a", "b", "c"}),  # two groups hide only 2
        ({"only": (1, 2)}, False, {"only"}),
        # Nobody of the nine of b and c: what is left of all without a and d would say it of each of them.
        ({"a": (5, 30), "b": (0, 5), "c": (0, 4), "d": (2, 12)}, True, {"b", "c", "d"}),
    ],
)
def test_counts_that_must_not_be_shown(counts: dict, sensitive: bool, expected: set[str]) -> None:
    assert hidden_counts(counts, 5, sensitive=sensitive) == expected
